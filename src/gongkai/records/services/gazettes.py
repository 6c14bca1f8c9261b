"""An issue of a gazette: entered with all it carries, it gives each of the agency's records its channel row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from gongkai.accounts.viewer import Actor
from gongkai.groundwork.audit import trail
from gongkai.published.models import LISTED, Entry
from gongkai.published.services import gazettes as public_gazettes
from gongkai.records.domain import channels as channel_rules
from gongkai.records.domain.channels import Channel, Posting
from gongkai.records.models import GazetteIssue, GazetteItem, Record, RecordChannel
from gongkai.records.services import acting, channels

ITEM_LIMIT = 300


class CannotKeepGazette(acting.Refused):
    """Name, number or day is missing or taken, or an index number is no public entry."""


@dataclass(frozen=True, kw_only=True)
class Issue:
    """What is said about one issue. The index numbers stand in its order and may be those of other agencies."""

    name: str
    year: int
    number: int
    published_on: date
    address: str = ""
    index_numbers: Sequence[str] = ()


def enter(*, issue: Issue, actor: Actor, at: datetime) -> GazetteIssue:
    """Enters an issue, shows it to the public, and notes the channel of every own record in it.

    Raises:
        CannotKeepGazette: see the class.
    """
    with acting.at_own_agency(actor) as agency_id:
        row = GazetteIssue(agency_id=agency_id, entered_by=actor.name, entered_at=at)
        return _put(row, issue, "entered", actor=actor, at=at)


def change(*, issue_id: int, issue: Issue, actor: Actor, at: datetime) -> GazetteIssue:
    """Puts an issue right; channel rows that came from it follow.

    Raises:
        CannotKeepGazette: see the class.
        NoSuchRecord: the agency has no such issue.
    """
    with acting.at_own_agency(actor):
        row = GazetteIssue.objects.select_for_update().filter(pk=issue_id).first()
        if row is None:
            raise acting.NoSuchRecord("没有这期公报。")
        return _put(row, issue, "changed", actor=actor, at=at)


def _put(row: GazetteIssue, issue: Issue, act: str, *, actor: Actor, at: datetime) -> GazetteIssue:
    posting = Posting(
        channel=Channel.GAZETTE,
        name=issue.name.strip(),
        published_on=issue.published_on,
        address=issue.address.strip(),
        place=f"{issue.year}年第{issue.number}期",
    )
    if wrong := channel_rules.objection(posting, today=timezone.localdate(at)):
        raise CannotKeepGazette(wrong)
    same = GazetteIssue.objects.filter(name=posting.name, year=issue.year, number=issue.number)
    if same.exclude(pk=row.pk).exists():
        raise CannotKeepGazette(f"{posting.name}{posting.place}已经登记过了。")
    entries = _entries(issue.index_numbers)
    row.name, row.year, row.number = posting.name, issue.year, issue.number
    row.published_on, row.address, row.changed_at = issue.published_on, posting.address, at
    row.save()
    _carry(row, entries, posting, actor=actor, at=at)
    _show(row, entries, actor=actor, at=at)
    detail = {"name": row.name, "label": row.label, "items": len(entries)}
    entry = trail.Entry(action=f"gazette.{act}", subject_type="gazette", subject_id=row.pk, detail=detail)
    trail.write(entry, actor=actor, at=at)
    return row


def _entries(index_numbers: Sequence[str]) -> list[Entry]:
    wanted = list(dict.fromkeys(number.strip() for number in index_numbers if number.strip()))
    if not wanted or len(wanted) > ITEM_LIMIT:
        raise CannotKeepGazette(f"请填写刊载信息的索引号，最多{ITEM_LIMIT}个。")
    found = {entry.index_number: entry for entry in Entry.objects.filter(LISTED, index_number__in=wanted)}
    if missing := [number for number in wanted if number not in found]:
        raise CannotKeepGazette(f"没有索引号为“{'”“'.join(missing[:5])}”的公开信息，请核对。")
    return [found[number] for number in wanted]


def _carry(row: GazetteIssue, entries: Sequence[Entry], posting: Posting, *, actor: Actor, at: datetime) -> None:
    own = {record.entry_id: record for record in Record.objects.filter(entry_id__in=[entry.pk for entry in entries])}
    RecordChannel.objects.filter(issue=row).delete()
    GazetteItem.objects.filter(issue=row).delete()
    GazetteItem.objects.bulk_create(
        GazetteItem(
            agency_id=row.agency_id,
            issue=row,
            position=place,
            entry_id=entry.pk,
            index_number=entry.index_number,
            record=own.get(entry.pk),
        )
        for place, entry in enumerate(entries, 1)
    )
    pairs = [(own[entry.pk], posting) for entry in entries if entry.pk in own]
    channels.put(pairs, actor=actor, at=at, issue=row)


def _show(row: GazetteIssue, entries: Sequence[Entry], *, actor: Actor, at: datetime) -> None:
    shown = public_gazettes.Issue(
        agency_id=row.agency_id,
        issue_id=row.pk,
        name=row.name,
        label=row.label,
        year=row.year,
        number=row.number,
        published_on=row.published_on,
        address=row.address,
        entry_ids=[entry.pk for entry in entries],
    )
    public_gazettes.release(issue=shown, actor=actor, at=at)
