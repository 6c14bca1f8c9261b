"""The stored deadlines counted anew: calendars and parameters change, and the stored day is only a cache."""

from datetime import datetime

from django.db import transaction

from gongkai.accounts.viewer import Actor
from gongkai.groundwork import scoping
from gongkai.groundwork.audit import trail
from gongkai.records.domain import deadlines
from gongkai.records.domain.lifecycle import State
from gongkai.records.models import Record
from gongkai.records.services import drafting

BLOCK = 500
_OPEN = (State.DRAFT, State.IN_REVIEW, State.RETURNED, State.SIGNED)


def recount_deadlines(*, actor: Actor, at: datetime) -> int:
    """Counts the deadlines of all records that are not public yet; returns how many days moved.

    Each record whose day moved gets a line in the trail with both days.
    """
    moved, last = 0, 0
    with scoping.everywhere(because="the nightly recount serves every agency"):
        while True:
            with transaction.atomic():
                rows = Record.objects.select_for_update().filter(pk__gt=last, state__in=_OPEN, entry_id__isnull=True)
                block = list(rows.order_by("pk")[:BLOCK])
                moved += _recount(block, actor=actor, at=at)
            if len(block) < BLOCK:
                return moved
            last = block[-1].pk


def _recount(block: list[Record], *, actor: Actor, at: datetime) -> int:
    notes = []
    for record in block:
        deadline = deadlines.publication(drafting.content_of(record))
        due_on, edition = (deadline.due_on, deadline.edition) if deadline else (None, "")
        if (record.due_on, record.due_edition) == (due_on, edition):
            continue
        if record.due_on != due_on:
            notes.append(_note(record, str(due_on or "")))
        Record.objects.filter(pk=record.pk).update(due_on=due_on, due_edition=edition)
    trail.write_many(notes, actor=actor, at=at)
    return len(notes)


def _note(record: Record, due_on: str) -> trail.Entry:
    return trail.Entry(
        action="record.deadline_moved",
        subject_type="record",
        subject_id=record.pk,
        detail={"from": str(record.due_on or ""), "to": due_on},
    )
