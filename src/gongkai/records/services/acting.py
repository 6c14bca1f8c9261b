"""What every act on a record shares: the actor's agency as scope, one transaction, the locked row, the table."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from gongkai.accounts.viewer import Actor
from gongkai.groundwork import bulk, events, scoping
from gongkai.groundwork.audit import trail
from gongkai.law import secrecy_marks, tables
from gongkai.law.findings import Finding
from gongkai.records.domain.lifecycle import TABLE, Act, State
from gongkai.records.events import RecordMoved
from gongkai.records.models import Record

SUBJECT = "record"
# Where a record stands: an act that moves it writes all of these.
PLACE = ("state", "stage", "stage_post", "held_at")


class Refused(Exception):
    """An act on a record did not happen. ``reason`` says why in Chinese, ``findings`` where."""

    def __init__(self, reason: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.findings = tuple(findings)


class NoSuchRecord(Refused):
    """The agency of the actor has no such record; that another one has it is nobody's business."""


@contextmanager
def at_own_agency(actor: Actor) -> Iterator[int]:
    """One transaction that sees the actor's agency only; yields its id. Raises `NoSuchRecord` without an agency."""
    if actor.agency_id is None:
        raise NoSuchRecord("没有找到这条信息。")
    with scoping.narrow_to([actor.agency_id]), transaction.atomic():
        yield actor.agency_id


@contextmanager
def on_record(record_id: int, *, actor: Actor) -> Iterator[Record]:
    """The record, locked until the end of the transaction. Raises `NoSuchRecord`."""
    with at_own_agency(actor) as agency_id:
        record = bulk.lock(Record, id=record_id, agency_id=agency_id)
        if record is None:
            raise NoSuchRecord("没有找到这条信息。")
        yield record


@contextmanager
def at_stage(record_id: int, *, actor: Actor) -> Iterator[Record]:
    """As `on_record`, but also opens the one record that is right now at a stage which the actor's agency holds.

    Raises `NoSuchRecord` for anything else of a subordinate agency.
    """
    if actor.agency_id is None:
        raise NoSuchRecord("没有找到这条信息。")
    with transaction.atomic():
        record = bulk.lock(Record, id=record_id, agency_id=actor.agency_id)
        record = record or bulk.lock(Record, id=record_id, held_at_id=actor.agency_id, state=State.IN_REVIEW.value)
        if record is None:
            raise NoSuchRecord("没有找到这条信息。")
        with scoping.narrow_to([record.agency_id]):
            yield record


def allow(record: Record, act: Act, *, actor: Actor, refusal: type[Refused]) -> tables.Transition:
    """The line of the table for this act. Raises ``refusal`` with the table's reason."""
    try:
        return TABLE.require(act, state=record.state, posts={actor.post})
    except tables.NotAllowed as error:
        raise refusal(f"{error}。") from error


def move(record: Record, line: tables.Transition) -> None:
    """Puts the record where the line leads; leaving the review ends its stage."""
    if line.target is not None:
        record.state = State(line.target)
    if record.state != State.IN_REVIEW:
        record.stage = record.stage_post = ""
        record.held_at = None


def note(record: Record, act: Act, *, actor: Actor, at: datetime, detail: Mapping[str, object] | None = None) -> None:
    """The line in the audit trail, and the event for rooms above."""
    trail.write(entry_for(record, act, detail), actor=actor, at=at)
    events.emit(
        RecordMoved(
            record_id=record.pk,
            agency_id=record.agency_id,
            act=act.value,
            state=str(record.state),
            stage=record.stage,
            at=at,
        )
    )


def entry_for(record: Record, act: Act | str, detail: Mapping[str, object] | None = None) -> trail.Entry:
    """The same line for bulk acts, which write their trail themselves."""
    return trail.Entry(action=f"record.{act}", subject_type=SUBJECT, subject_id=record.pk, detail=detail or {})


def person(actor: Actor) -> int:
    """The actor's id; the system itself writes, reviews and signs nothing. Raises `Refused`."""
    if actor.user_id is None:
        raise Refused("此项操作须由具体人员作出。")
    return actor.user_id


def words_of(text: str, missing: str, refusal: type[Refused]) -> str:
    """A reason that will be public, without blanks around it. Raises ``refusal``: empty, too long, or marked secret."""
    words = text.strip()
    if not words:
        raise refusal(missing)
    if len(words) > 300:
        raise refusal(f"最多300个字，现有{len(words)}个字。")
    if secrecy_marks.is_marked(words):
        raise refusal("内容带有国家秘密标志，未保存。本系统为非涉密系统，不得存储、处理涉密信息。")
    return words
