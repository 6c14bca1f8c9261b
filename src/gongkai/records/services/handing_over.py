"""What one drafter has open goes to another in one act."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from gongkai.accounts.viewer import Actor
from gongkai.groundwork import bulk
from gongkai.groundwork.audit import trail
from gongkai.records.domain.lifecycle import UNFINISHED
from gongkai.records.models import Decision, Record
from gongkai.records.services import acting

LIMIT = 500
"""Rows of one act: no transaction holds the database for longer."""


class CannotHandOver(acting.Refused):
    """There is nothing to hand over, or giver and receiver are one."""


@dataclass(frozen=True, kw_only=True)
class Parties:
    """From whom to whom, by id; the receiver's name goes into the records."""

    from_id: int
    to_id: int
    to_name: str


@dataclass(frozen=True, kw_only=True)
class HandedRecord:
    """What became of one record: where it stood and when it is due, or why it stayed (empty: it went over)."""

    record_id: int
    state: str
    due_on: date | None
    stayed_because: str = ""


def hand_over(*, parties: Parties, actor: Actor, at: datetime) -> list[HandedRecord]:
    """Makes the receiver the drafter of everything that the giver has open at the actor's agency.

    What the receiver has already reviewed, signed or cleared stays: nobody decides on their own record. At most
    `LIMIT` records go over at once, those that are due first before the others.

    Raises:
        CannotHandOver: see the class.
    """
    if parties.from_id == parties.to_id:
        raise CannotHandOver("移交人和接收人不能是同一人。")
    with acting.at_own_agency(actor) as agency_id:
        rows = Record.objects.select_for_update().filter(agency_id=agency_id, drafter_id=parties.from_id)
        records = list(rows.filter(state__in=UNFINISHED).order_by(F("due_on").asc(nulls_last=True), "id")[:LIMIT])
        if not records:
            raise CannotHandOver("移交人手头没有在办事项。")
        decided = _decided_by(parties.to_id, records)
        lines = [_line(record, has_decided=record.pk in decided) for record in records]
        going = [record for record in records if record.pk not in decided]
        for record in going:
            _give(record, parties, at=at)
        detail = {"from": parties.from_id, "to": parties.to_name}
        trail.write_many([acting.entry_for(r, "hand_over", detail) for r in going], actor=actor, at=at)
    return lines


def _decided_by(person_id: int, records: Sequence[Record]) -> set[int]:
    """Those on whose present content the person has decided."""
    digests = {record.pk: record.digest for record in records}
    rows = Decision.objects.filter(record__in=list(digests), decider_id=person_id, is_valid=True)
    return {record_id for record_id, digest in rows.values_list("record_id", "digest") if digests[record_id] == digest}


def _line(record: Record, *, has_decided: bool) -> HandedRecord:
    return HandedRecord(
        record_id=record.pk,
        state=str(record.state),
        due_on=record.due_on,
        stayed_because="接收人已经对它作出过审核、签发或者保密审查意见" if has_decided else "",
    )


def _give(record: Record, parties: Parties, *, at: datetime) -> None:
    record.drafter_id, record.drafter_name, record.changed_at = parties.to_id, parties.to_name, at
    record.lock_version += 1
    if parties.to_id not in record.writers:
        record.writers = [*record.writers, parties.to_id]
    bulk.change(record, ["drafter_id", "drafter_name", "changed_at", "lock_version", "writers"])
