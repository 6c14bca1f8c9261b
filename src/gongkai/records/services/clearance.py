"""Secrecy clearance (保密审查): a decision of its own, bound to the digest of what would be published."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from gongkai.accounts.viewer import Actor
from gongkai.groundwork import bulk
from gongkai.records.domain.lifecycle import Act
from gongkai.records.domain.stages import CLEARANCE
from gongkai.records.models import Decision, Record, RecordVersion
from gongkai.records.services import acting, checking, deciding
from gongkai.records.services.checking import Occasion


class Verdict(StrEnum):
    """The conclusion on the review slip (保密审查单)."""

    PUBLISH = "publish"
    EXEMPT = "exempt"
    REFER = "refer"

    @property
    def label(self) -> str:
        return {"publish": "可以公开", "exempt": "免于公开", "refer": "需报审"}[self.value]


class CannotClear(acting.Refused):
    """Wrong state or post, an own draft, changed content, a file nobody has read, or no opinion given."""


class Conclusion(NamedTuple):
    """What the reviewer concludes about the content with this digest, which must be the one they have read."""

    digest: str
    verdict: Verdict
    opinion: str = ""


def clear(*, record_id: int, conclusion: Conclusion, actor: Actor, at: datetime) -> Record:
    """Concludes the secrecy review of exactly this content; a new conclusion replaces the one before.

    Raises:
        CannotClear: see the class.
    """
    with acting.on_record(record_id, actor=actor) as record:
        acting.allow(record, Act.CLEAR, actor=actor, refusal=CannotClear)
        if acting.person(actor) in record.writers:
            raise CannotClear("您起草或者修改过这条信息，不能由您作保密审查。")
        conclude(record, conclusion, None, actor=actor, at=at)
        acting.note(record, Act.CLEAR, actor=actor, at=at, detail=conclusion._asdict())
    return record


def conclude(
    record: Record, conclusion: Conclusion, paper: deciding.Paper | None, *, actor: Actor, at: datetime
) -> None:
    """Puts the conclusion in the place of the one before. Runs in the transaction of the act. Raises `CannotClear`."""
    _check(record, conclusion)
    if conclusion.verdict is Verdict.PUBLISH:
        assert record.submitted_id is not None  # only what was submitted is cleared
        version = RecordVersion.objects.get(pk=record.submitted_id)
        checking.refuse_if(checking.gate(record, version, Occasion.CLEAR, actor=actor, at=at), CannotClear)
    if record.clearance:
        standing = Decision.objects.filter(record=record, stage=CLEARANCE, digest=record.digest, is_valid=True)
        standing.update(is_valid=False)
    ruling = deciding.Ruling(CLEARANCE, conclusion.verdict.value, conclusion.opinion, paper)
    deciding.decide(record, ruling, actor=actor, at=at, refusal=CannotClear)
    record.clearance = conclusion.verdict.value
    record.changed_at = at
    bulk.change(record, ["clearance", "changed_at"])


def _check(record: Record, conclusion: Conclusion) -> None:
    verdict, has_opinion = conclusion.verdict, bool(conclusion.opinion.strip())
    if conclusion.digest != record.digest:
        raise CannotClear("内容已经更新，请刷新页面，看过最新内容后再作结论。")
    if not has_opinion and verdict is not Verdict.PUBLISH:
        raise CannotClear(f"结论为“{verdict.label}”的，要写明意见。")
    if not has_opinion and record.clearance and record.clearance != verdict:
        raise CannotClear("改变已有的保密审查结论，要写明意见。")
