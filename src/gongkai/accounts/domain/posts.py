"""Posts (岗位) that a person can hold at an agency."""

from enum import StrEnum


class Post(StrEnum):
    DRAFTER = "drafter"
    SECTION_HEAD = "section_head"
    LEADER = "leader"
    SECRECY_REVIEWER = "secrecy_reviewer"
    DISCLOSURE_OFFICER = "disclosure_officer"
    SUPERVISOR = "supervisor"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"

    @property
    def label(self) -> str:
        return _LABELS[self]


# 三员分立: the three administrators watch each other and hold no casework post.
ADMINISTRATORS = frozenset({Post.SYSTEM_ADMIN, Post.SECURITY_ADMIN, Post.AUDIT_ADMIN})
CASEWORK = frozenset(Post) - ADMINISTRATORS

_LABELS = {
    Post.DRAFTER: "承办人",
    Post.SECTION_HEAD: "承办科室负责人",
    Post.LEADER: "单位负责人",
    Post.SECRECY_REVIEWER: "保密审查员",
    Post.DISCLOSURE_OFFICER: "政府信息公开工作机构人员",
    Post.SUPERVISOR: "公开工作主管部门人员",
    Post.SYSTEM_ADMIN: "系统管理员",
    Post.SECURITY_ADMIN: "安全管理员",
    Post.AUDIT_ADMIN: "审计管理员",
}


def may_be_combined(posts: frozenset[Post]) -> bool:
    """Whether one person may hold these posts: casework posts freely, an administrator's post only alone."""
    return not posts & ADMINISTRATORS or len(posts) == 1
