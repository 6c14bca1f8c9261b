"""Noting where else a public record appeared: one at a time, or a pasted table at once."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime

from django.utils import timezone

from gongkai.accounts.viewer import Actor
from gongkai.groundwork import bulk
from gongkai.groundwork.audit import trail
from gongkai.records.domain import channels
from gongkai.records.domain.channels import Line, Posting
from gongkai.records.models import GazetteIssue, Record, RecordChannel
from gongkai.records.services import acting

BLOCK = 500


class CannotNoteChannel(acting.Refused):
    """The record was never public, the posting is incomplete or known already, or lies ahead."""


class CannotNoteLines(acting.Refused):
    """Some lines of a table cannot be noted; ``lines`` says which and why. Nothing was noted."""

    def __init__(self, reason: str, lines: Sequence[Line] = ()) -> None:
        super().__init__(reason)
        self.lines = tuple(lines)


def note(*, record_id: int, posting: Posting, actor: Actor, at: datetime) -> RecordChannel:
    """Notes one appearance of a public record.

    Raises:
        CannotNoteChannel: see the class.
    """
    wrong = channels.objection(posting, today=timezone.localdate(at))
    if wrong:
        raise CannotNoteChannel(wrong)
    with acting.on_record(record_id, actor=actor) as record:
        if record.entry_id is None:
            raise CannotNoteChannel("这条信息还没有公开，公开后再登记其他渠道。")
        same = RecordChannel.objects.filter(
            record=record, channel=posting.channel, name=posting.name, published_on=posting.published_on
        )
        if same.exists():
            raise CannotNoteChannel("这个渠道已经登记过了。")
        row = _row(record, posting, actor=actor, at=at)
        row.save()
        trail.write(_entry(record, posting), actor=actor, at=at)
    return row


def remove(*, record_id: int, channel_id: int, actor: Actor, at: datetime) -> None:
    """Takes back what was noted by mistake; the trail keeps it.

    Raises:
        CannotNoteChannel: the row came with an issue of a gazette.
        NoSuchRecord: the record has no such row.
    """
    with acting.on_record(record_id, actor=actor) as record:
        row = RecordChannel.objects.filter(record=record, pk=channel_id).first()
        if row is None:
            raise acting.NoSuchRecord("没有这条渠道登记。")
        if row.issue_id is not None:
            raise CannotNoteChannel("这条登记来自政府公报，请在公报中修改。")
        detail = {"channel": row.channel, "name": row.name, "published_on": row.published_on.isoformat()}
        row.delete()
        trail.write(acting.entry_for(record, "channel_removed", detail), actor=actor, at=at)


def note_lines(*, lines: Sequence[Line], actor: Actor, at: datetime) -> int:
    """Notes all lines of a table or none; what is noted already stays as it is. Returns how many are new.

    Raises:
        CannotNoteLines: see the class.
    """
    if not lines or len(lines) > BLOCK:
        raise CannotNoteLines(f"一次最多登记{BLOCK}行。" if lines else "没有可以登记的内容。")
    with acting.at_own_agency(actor):
        found = _public_records(line.index_number for line in lines)
        wrong = [_checked(line, found) for line in lines]
        if any(line.objection for line in wrong):
            raise CannotNoteLines("有的行不能登记，全部没有保存。", [line for line in wrong if line.objection])
        return put(
            [(found[line.index_number], line.posting) for line in lines if line.posting is not None],
            actor=actor,
            at=at,
        )


def put(
    pairs: Sequence[tuple[Record, Posting]], *, actor: Actor, at: datetime, issue: GazetteIssue | None = None
) -> int:
    """Notes what is not yet noted, each with its line in the trail. Runs in the caller's transaction and scope."""
    known = set(
        RecordChannel.objects.filter(record__in={record.pk for record, _ in pairs}).values_list(
            "record_id", "channel", "name", "published_on"
        )
    )
    fresh = {
        key: (record, posting)
        for record, posting in pairs
        if (key := (record.pk, posting.channel.value, posting.name, posting.published_on)) not in known
    }
    rows = [_row(record, posting, actor=actor, at=at) for record, posting in fresh.values()]
    for row in rows:
        row.issue = issue
    bulk.insert(rows)
    for record, posting in fresh.values():
        trail.write(_entry(record, posting), actor=actor, at=at)
    return len(fresh)


def _public_records(numbers: Iterable[str]) -> dict[str, Record]:
    asked = {number for number in numbers if number}
    rows = Record.objects.filter(index_number__in=asked, entry_id__isnull=False).only("pk", "agency_id", "index_number")
    return {record.index_number: record for record in rows}


def _checked(line: Line, found: dict[str, Record]) -> Line:
    if line.objection or line.index_number in found:
        return line
    return Line(number=line.number, objection=f"本单位没有索引号为“{line.index_number[:80]}”的公开信息。")


def _row(record: Record, posting: Posting, *, actor: Actor, at: datetime) -> RecordChannel:
    return RecordChannel(
        agency_id=record.agency_id,
        record_id=record.pk,
        entered_by_id=actor.user_id,
        entered_by=actor.name,
        entered_at=at,
        **asdict(posting),
    )


def _entry(record: Record, posting: Posting) -> trail.Entry:
    detail = {"channel": posting.channel.value, "name": posting.name, "published_on": posting.published_on.isoformat()}
    return acting.entry_for(record, "channel_noted", detail)
