"""Stages of review (三审) as an agency chooses them, and who may decide at the next one.

The floor that no scheme can lower: nobody who wrote in a record reviews, signs or clears it. A scheme says how many
different persons must have had their hands in it, the drafter included. A town of three that hold all posts can
work under the default: one drafts, one reviews, one signs, and either of the latter two clears.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from gongkai.accounts.domain.posts import Post

SIGN_OFF = "sign_off"
CLEARANCE = "secrecy_clearance"
REVIEW_POSTS = (Post.SECTION_HEAD, Post.DISCLOSURE_OFFICER, Post.LEADER)


class UnsoundScheme(ValueError):
    """The stages cannot be worked with; the message says why, in Chinese."""


@dataclass(frozen=True)
class Stage:
    """One step of review: its code, the post that decides and the name staff see."""

    code: str
    post: str
    label: str

    @property
    def is_sign_off(self) -> bool:
        return self.code == SIGN_OFF


@dataclass(frozen=True)
class Scheme:
    """Stages in order, the last one being the sign-off, and the least number of different persons."""

    stages: tuple[Stage, ...]
    distinct_persons: int

    def __post_init__(self) -> None:
        if not self.stages or self.stages[-1].code != SIGN_OFF:
            raise UnsoundScheme("最后一个环节必须是签发。")
        if self.stages[-1].post != Post.LEADER:
            raise UnsoundScheme("签发由单位负责人作出。")
        codes = [stage.code for stage in self.stages]
        if len(set(codes)) != len(codes) or CLEARANCE in codes:
            raise UnsoundScheme("各环节的代码不能重复，保密审查不是其中的环节。")
        if any(stage.post not in REVIEW_POSTS for stage in self.stages):
            raise UnsoundScheme("审核环节的岗位只能是科室负责人、公开工作机构人员或者单位负责人。")
        if not 2 <= self.distinct_persons <= len(self.stages) + 1:
            raise UnsoundScheme(f"不同人员数应在2到{len(self.stages) + 1}之间。")

    @classmethod
    def read(cls, stages: Iterable[Mapping[str, str]], distinct_persons: int) -> "Scheme":
        """From the form kept in the database. Raises `UnsoundScheme`."""
        return cls(tuple(Stage(row["code"], row["post"], row["label"]) for row in stages), distinct_persons)

    def as_rows(self) -> list[dict[str, str]]:
        return [{"code": stage.code, "post": stage.post, "label": stage.label} for stage in self.stages]

    @property
    def first(self) -> Stage:
        return self.stages[0]

    def stage(self, code: str) -> Stage:
        return self.stages[self._place(code)]

    def after(self, code: str) -> Stage | None:
        """The next stage; None after the sign-off."""
        rest = self.stages[self._place(code) + 1 :]
        return rest[0] if rest else None

    def objection(
        self, code: str, *, person: int, post: str, writers: Collection[int], approvers: Collection[int] | None
    ) -> str:
        """Why this person may not decide at this stage, in Chinese; empty if they may.

        ``approvers`` are those who have already approved this submission; None where approving is not the question.
        The number of persons counts the writers as one, since one of them is enough, and leaves room for the stages
        still to come.
        """
        stage = self.stage(code)
        if stage.post != post:
            return f"当前环节是“{stage.label}”，由{Post(stage.post).label}办理。"
        if person in writers:
            return "您起草或者修改过这条信息，不能由您审核或者签发。"
        if approvers is None:
            return ""
        to_come = len(self.stages) - self._place(code) - 1
        persons = 1 + len({*approvers, person}) + to_come
        if persons < self.distinct_persons:
            return f"本单位的审核流程要求至少{self.distinct_persons}个人经手，您已经审核过，请由其他同志办理。"
        return ""

    def _place(self, code: str) -> int:
        return next(place for place, stage in enumerate(self.stages) if stage.code == code)


DEFAULT = Scheme(
    stages=(
        Stage("section_head", Post.SECTION_HEAD.value, "科室负责人审核"),
        Stage(SIGN_OFF, Post.LEADER.value, "单位负责人签发"),
    ),
    distinct_persons=3,
)
