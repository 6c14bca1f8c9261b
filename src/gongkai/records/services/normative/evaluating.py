"""Looking at a normative document again: it continues, is to be amended, is repealed or declared invalid."""

from datetime import datetime

from django.utils import timezone

from gongkai.accounts.viewer import Actor
from gongkai.groundwork import bulk
from gongkai.groundwork.audit import trail
from gongkai.law import secrecy_marks
from gongkai.published.domain.vocabulary import Validity
from gongkai.published.services import validity
from gongkai.records.domain import normative
from gongkai.records.domain.lifecycle import State
from gongkai.records.domain.normative import Finding, Outcome
from gongkai.records.models import CleanUp, Evaluation, Record
from gongkai.records.services import acting
from gongkai.records.services.normative import registering


class CannotEvaluate(acting.Refused):
    """The document is not public or holds no longer, is being corrected, or something is missing in the finding."""


def evaluate(*, record_id: int, finding: Finding, renumber: bool = False, actor: Actor, at: datetime) -> Evaluation:
    """Keeps the finding as evidence and carries it out: another last day, or the end of the document.

    With ``renumber`` a document that continues gets a new registration number.

    Raises:
        CannotEvaluate: see the class.
    """
    with acting.on_record(record_id, actor=actor) as record:
        kept = conclude(record, finding, actor=actor, at=at)
        if renumber and finding.outcome is Outcome.CONTINUE:
            number = registering.draw(record, at=at)
            if not number:
                raise CannotEvaluate("本单位还没有设定登记号规则，不能重新编号。")
            registering.give(record, number, actor=actor, at=at)
    return kept


def check(record: Record, finding: Finding, *, at: datetime) -> None:
    """Raises `CannotEvaluate` with what stands against the finding for this document."""
    if not record.is_normative or record.entry_id is None or record.withdrawn_at is not None:
        raise CannotEvaluate("只有公开的规范性文件才能评估。")
    if record.validity not in (*normative.IN_FORCE, Validity.NOT_YET_EFFECTIVE):
        raise CannotEvaluate("这份文件已经不再有效。")
    if finding.expires_on is not None and record.state != State.PUBLISHED:
        raise CannotEvaluate("这份文件正在更正，请办结后再延长有效期。")
    wrong = normative.objection(finding, today=timezone.localdate(at))
    if wrong:
        raise CannotEvaluate(wrong)
    if secrecy_marks.is_marked(finding.reason):
        raise CannotEvaluate("内容带有国家秘密标志，未保存。本系统为非涉密系统，不得存储、处理涉密信息。")


def conclude(
    record: Record, finding: Finding, *, clean_up: CleanUp | None = None, actor: Actor, at: datetime
) -> Evaluation:
    """The same for a record that is locked, in the transaction of the act. Raises `CannotEvaluate`."""
    check(record, finding, at=at)
    kept = Evaluation(
        agency_id=record.agency_id,
        record=record,
        clean_up=clean_up,
        outcome=finding.outcome.value,
        reason=finding.reason.strip(),
        expired_on=record.expires_on,
        expires_on=finding.expires_on,
        evaluated_at=at,
        evaluator_id=acting.person(actor),
        evaluator_name=actor.name,
        post=actor.post,
        as_deputy=actor.as_deputy,
    )
    kept.save(force_insert=True)
    _carry_out(record, finding, actor=actor, at=at)
    detail = {
        "outcome": finding.outcome.value,
        "reason": kept.reason,
        "expires_on": str(finding.expires_on or ""),
        "clean_up": clean_up.title if clean_up else "",
    }
    trail.write(acting.entry_for(record, "evaluate", detail), actor=actor, at=at)
    return kept


def _carry_out(record: Record, finding: Finding, *, actor: Actor, at: datetime) -> None:
    ended = finding.outcome.validity
    if ended is None and finding.expires_on is None:
        return
    assert record.entry_id is not None  # checked
    change = validity.Change(
        validity=ended or Validity(record.validity),
        since=timezone.localdate(at),
        basis=finding.reason.strip(),
        expires_on=finding.expires_on,
    )
    try:
        validity.change_validity(entry_id=record.entry_id, change=change, actor=actor, at=at)
    except validity.CannotChangeValidity as error:
        raise CannotEvaluate(f"{error}。") from error
    record.refresh_from_db(fields=["validity", "invalid_since"])
    record.expires_on, record.changed_at = finding.expires_on or record.expires_on, at
    bulk.change(record, ["expires_on", "changed_at"])
