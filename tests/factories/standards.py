"""Standard tables in a state, brought there by the acts of the cast."""

from datetime import datetime
from typing import Any

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.domain.posts import Post
from gongkai.accounts.models import User
from gongkai.records.domain.standard_tables import Matter
from gongkai.records.models import StandardTable
from gongkai.records.services import standard_tables
from gongkai.records.services.standard_tables import Approval, Draft
from tests import cast as casting
from tests.cast import AT, Cast

FIELD = "social_assistance"


def matter(l1: str = "最低生活保障", l2: str = "政策法规文件", **values: Any) -> Matter:
    defaults: dict[str, Any] = {
        "seq": "1",
        "content": "文件名称、文号、内容",
        "basis": "《条例》",
        "time_limit": "自形成之日起20个工作日内",
        "subject": "甲局",
        "channels": ("website",),
        "audience": ("everybody",),
        "mode": ("proactive",),
        "level": ("county",),
    }
    return Matter(matter_l1=l1, matter_l2=l2, **defaults | values)


MATTERS = (matter(), matter(l2="审核审批信息"), matter(l1="临时救助", l2="行政事业性收费"))


def brought(cast: Cast, *matters: Matter, at: datetime = AT, **values: Any) -> StandardTable:
    defaults: dict[str, Any] = {
        "field": FIELD,
        "title": "社会救助领域基层政务公开标准目录",
        "file_name": "目录.xlsx",
        "matters": matters or MATTERS,
    }
    actor = cast.chen.acting(Duty.KEEP_CATALOGUE)
    return standard_tables.bring(draft=Draft(**defaults | values), actor=actor, at=at)


def cleared(cast: Cast, *matters: Matter, at: datetime = AT, **values: Any) -> StandardTable:
    """陈 brought it, so somebody else clears it."""
    table = brought(cast, *matters, at=at, **values)
    return standard_tables.clear(
        table_id=table.pk, digest=table.digest, actor=reviewer(cast).acting(Duty.CLEAR_SECRECY), at=at
    )


def in_force(cast: Cast, *matters: Matter, at: datetime = AT, **values: Any) -> StandardTable:
    table = cleared(cast, *matters, at=at, **values)
    actor = cast.zhao.acting(Duty.SIGN_RECORDS)
    return standard_tables.approve(table_id=table.pk, approval=approval(table), actor=actor, at=at)


def approval(table: StandardTable, **values: Any) -> Approval:
    defaults: dict[str, Any] = {
        "digest": table.digest,
        "approved_by": "市政务公开领导小组",
        "approval_number": "某政公开〔2026〕2号",
        "approved_on": AT.date(),
    }
    return Approval(**defaults | values)


def reviewer(cast: Cast) -> casting.Person:
    """A second secrecy reviewer, 孙."""
    found = User.objects.filter(username=f"{cast.agency.code}-孙").first()
    user = found or casting.person("孙", post=Post.SECRECY_REVIEWER, agency=cast.agency)
    return casting.Person(user, cast.agency)
