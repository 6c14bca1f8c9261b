"""Everything that the page of one entry shows, in as few queries as there are tables."""

import datetime
from dataclasses import dataclass

from django.db import connection
from django.db.models import F
from django.utils import timezone

from gongkai.published.models import LISTED, Entry, EntryFile, EntryIssuer, EntryVersion, ValidityChange
from gongkai.published.selectors import listing


@dataclass(frozen=True, slots=True)
class Link:
    """Another entry, named beside this one."""

    id: int
    title: str
    document_number: str
    validity: str


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an entry's history."""

    on: datetime.date
    what: str
    """``released``, ``corrected`` or a validity."""
    note: str = ""
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Whole:
    """An entry with its current content."""

    entry: Entry
    version: EntryVersion
    files: tuple[EntryFile, ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around the content: what replaced it, what it replaced, its history and its neighbours."""

    successors: tuple[Link, ...]
    """What took its place, then what took the place of that; the last one holds today."""
    predecessors: tuple[Link, ...]
    history: tuple[Step, ...]
    newer: listing.Row | None
    older: listing.Row | None


LONGEST_CHAIN = 10


def head(entry_id: int) -> Entry | None:
    """The head alone; a withdrawn entry too."""
    return Entry.objects.filter(pk=entry_id).first()


def whole(entry_id: int) -> Whole | None:
    """The entry with its content; of a withdrawn one the caller shows the tombstone only."""
    version = (
        EntryVersion.objects.select_related("entry")
        .filter(entry_id=entry_id, number=F("entry__version_number"))
        .first()
    )
    if version is None:
        return None
    files = (
        tuple(EntryFile.objects.filter(version_id=version.pk).defer("text").order_by("position"))
        if (version.file_count)
        else ()
    )
    return Whole(version.entry, version, files)


def surroundings(entry: Entry) -> Surroundings:
    newer, older = listing.neighbours(entry)
    return Surroundings(
        successors=_successors(entry),
        predecessors=tuple(_links("successor_id", entry.pk)),
        history=_history(entry),
        newer=newer,
        older=older,
    )


def joint_agency_ids(entry_id: int) -> tuple[int, ...]:
    """The bodies that issued the entry beside its lead."""
    rows = EntryIssuer.objects.filter(entry_id=entry_id).order_by("id")
    return tuple(rows.values_list("agency_id", flat=True))


def link(entry_id: int) -> Link | None:
    """A listed entry by name."""
    return next(iter(_links("id", entry_id)), None)


def public_file(entry_id: int, position: int) -> EntryFile | None:
    """A file of the current version of a listed entry; of nothing else."""
    return (
        EntryFile.objects.filter(
            version__entry_id=entry_id,
            version__number=F("version__entry__version_number"),
            version__entry__withdrawn_at__isnull=True,
            position=position,
        )
        .defer("text")
        .first()
    )


_LINK = f"SELECT id, title, document_number, validity FROM {Entry._meta.db_table} WHERE withdrawn_at IS NULL"


def _links(condition: str, value: int) -> list[Link]:
    """Written out for speed: every entry page asks."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_LINK} AND {condition} = %s ORDER BY published_at DESC, id DESC LIMIT 20", [value])
        return [Link(*row) for row in cursor.fetchall()]


def _successors(entry: Entry) -> tuple[Link, ...]:
    chain: list[Link] = []
    following = entry.successor_id
    while following is not None and len(chain) < LONGEST_CHAIN:
        row = (
            Entry.objects.filter(LISTED, pk=following)
            .values_list("id", "title", "document_number", "validity", "successor_id")
            .first()
        )
        if row is None:
            break
        chain.append(Link(*row[:4]))
        following = row[4]
    return tuple(chain)


def _history(entry: Entry) -> tuple[Step, ...]:
    steps = [Step(_day(entry.published_at), "released")]
    if entry.version_number > 1:
        versions = EntryVersion.objects.filter(entry=entry, number__gt=1).values_list("released_at", "reason")
        steps += [Step(_day(released_at), "corrected", reason) for released_at, reason in versions]
    if entry.has_history:
        changes = ValidityChange.objects.filter(entry=entry).order_by("at").select_related("successor")
        steps += [Step(change.since, change.validity, change.basis, _successor_of(change)) for change in changes]
    return tuple(sorted(steps, key=lambda step: step.on))


def _day(moment: datetime.datetime) -> datetime.date:
    return moment.astimezone(timezone.get_default_timezone()).date()


def _successor_of(change: ValidityChange) -> Link | None:
    successor = change.successor
    if successor is None or successor.is_withdrawn:
        return None
    return Link(successor.pk, successor.title, successor.document_number, successor.validity)
