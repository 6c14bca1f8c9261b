"""A clean-up round (清理): everything in force on a day is looked at, and the outcomes are carried out together."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from gongkai.accounts.viewer import Actor
from gongkai.groundwork import bulk
from gongkai.groundwork.audit import trail
from gongkai.records.domain.normative import Finding, Outcome
from gongkai.records.models import CleanUp, CleanUpItem, Record
from gongkai.records.selectors import normative as selector
from gongkai.records.services import acting
from gongkai.records.services.normative import evaluating

BLOCK = 100
"""So many outcomes are carried out in one transaction: other writers wait no longer than that takes."""
MOST_AT_ONCE = 500


class CannotCleanUp(acting.Refused):
    """Another round is open, nothing is in force, the round is closed, or documents are still without an outcome."""


def open_round(*, title: str, cutoff_on: date, actor: Actor, at: datetime) -> CleanUp:
    """Puts every normative document in force on the day on the list.

    Raises:
        CannotCleanUp: see the class.
    """
    with acting.at_own_agency(actor) as agency_id:
        if cutoff_on > timezone.localdate(at):
            raise CannotCleanUp("清理截止日期不能晚于今天。")
        if CleanUp.objects.filter(agency_id=agency_id, closed_at__isnull=True).exists():
            raise CannotCleanUp("上一次清理还没有结束。")
        record_ids = list(selector.in_force(cutoff_on).filter(agency_id=agency_id).values_list("pk", flat=True))
        if not record_ids:
            raise CannotCleanUp("这一天没有现行有效的规范性文件。")
        row = CleanUp.objects.create(
            agency_id=agency_id, title=title.strip(), cutoff_on=cutoff_on, opened_at=at, opened_by=actor.name
        )
        bulk.insert(CleanUpItem(agency_id=agency_id, clean_up=row, record_id=record_id) for record_id in record_ids)
        _note(row, "open", {"documents": len(record_ids), "cutoff_on": cutoff_on.isoformat()}, actor=actor, at=at)
    return row


def decide(*, clean_up_id: int, item_ids: Sequence[int], finding: Finding, actor: Actor, at: datetime) -> int:
    """Writes the outcome beside these documents of an open round; all or none. Returns how many.

    Nothing happens to the documents before the round is closed.

    Raises:
        CannotCleanUp: one of them cannot have this outcome, with its title.
    """
    acting.person(actor)
    with acting.at_own_agency(actor):
        row = _open(clean_up_id)
        items = list(CleanUpItem.objects.filter(clean_up=row, pk__in=item_ids).select_related("record"))
        if not items or len(items) > MOST_AT_ONCE:
            raise CannotCleanUp(f"一次最多{MOST_AT_ONCE}件。" if items else "请先勾选文件。")
        for item in items:
            _check(item.record, finding, at=at)
        CleanUpItem.objects.filter(pk__in=[item.pk for item in items]).update(
            outcome=finding.outcome.value,
            reason=finding.reason.strip(),
            expires_on=finding.expires_on,
            decided_at=at,
            decided_by=actor.name,
        )
        detail = {"outcome": finding.outcome.value, "reason": finding.reason.strip(), "clean_up": row.title}
        trail.write_many([acting.entry_for(item.record, "clean_up", detail) for item in items], actor=actor, at=at)
    return len(items)


def close(*, clean_up_id: int, actor: Actor, at: datetime) -> CleanUp:
    """Carries out every outcome, block by block, and ends the round; one that was cut off goes on where it stopped.

    What meanwhile cannot be carried out is noted beside the document and stops nothing.

    Raises:
        CannotCleanUp: a document has no outcome yet, or the round is closed.
    """
    while _close_block(clean_up_id, actor=actor, at=at):
        pass
    with acting.at_own_agency(actor):
        row = _open(clean_up_id)
        row.closed_at, row.closed_by = at, actor.name
        row.save(update_fields=["closed_at", "closed_by"])
        _note(row, "close", {}, actor=actor, at=at)
    return row


def _close_block(clean_up_id: int, *, actor: Actor, at: datetime) -> bool:
    """Whether there was anything to carry out."""
    with acting.at_own_agency(actor) as agency_id:
        row = _open(clean_up_id)
        missing = CleanUpItem.objects.filter(clean_up=row, outcome="").count()
        if missing:
            raise CannotCleanUp(f"还有{missing}件文件没有清理意见。")
        waiting = CleanUpItem.objects.filter(clean_up=row, carried_out_at__isnull=True).order_by("pk")[:BLOCK]
        items = list(waiting)
        for item in items:
            record = bulk.lock(Record, id=item.record_id, agency_id=agency_id)
            assert record is not None  # records are never deleted
            item.obstacle = _concluded(record, item, row, actor=actor, at=at)
            item.carried_out_at = at
            item.save(update_fields=["obstacle", "carried_out_at"])
    return bool(items)


def _concluded(record: Record, item: CleanUpItem, row: CleanUp, *, actor: Actor, at: datetime) -> str:
    """Why it could not be; empty when it was."""
    try:
        evaluating.check(record, _finding(item), at=at)
    except evaluating.CannotEvaluate as error:
        return error.reason
    evaluating.conclude(record, _finding(item), clean_up=row, actor=actor, at=at)
    return ""


def _finding(item: CleanUpItem) -> Finding:
    return Finding(outcome=Outcome(item.outcome), reason=item.reason, expires_on=item.expires_on)


def _check(record: Record, finding: Finding, *, at: datetime) -> None:
    try:
        evaluating.check(record, finding, at=at)
    except evaluating.CannotEvaluate as error:
        raise CannotCleanUp(f"“{record.title}”：{error.reason}") from error


def _open(clean_up_id: int) -> CleanUp:
    row = CleanUp.objects.select_for_update().filter(pk=clean_up_id).first()
    if row is None:
        raise acting.NoSuchRecord("没有这次清理。")
    if row.closed_at is not None:
        raise CannotCleanUp("这次清理已经结束。")
    return row


def _note(row: CleanUp, act: str, detail: dict[str, object], *, actor: Actor, at: datetime) -> None:
    entry = trail.Entry(
        action=f"clean_up.{act}",
        subject_type="clean_up",
        subject_id=row.pk,
        detail={"title": row.title, **detail},
    )
    trail.write(entry, actor=actor, at=at)
