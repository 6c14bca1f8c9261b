"""Lists of public entries, newest first, by key: page one thousand costs what page one costs."""

import datetime
import heapq
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Left
from django.utils import timezone

from gongkai.published.models import LISTED, Entry, EntryFile, EntryIssuer, EntryVersion
from gongkai.published.selectors.remembered import Remembered

FIELDS = (
    "id",
    "agency_id",
    "index_number",
    "title",
    "document_number",
    "created_on",
    "published_at",
    "updated_at",
    "validity",
    "node_code",
)
_LISTED_ISSUERS = Q(entry__withdrawn_at__isnull=True)
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_MICROSECOND = datetime.timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list."""

    id: int
    agency_id: int
    index_number: str
    title: str
    document_number: str
    created_on: datetime.date | None
    published_at: datetime.datetime
    updated_at: datetime.datetime
    validity: str
    node_code: str

    @property
    def place(self) -> "Place":
        return Place(self.published_at, self.id)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a list that is sorted by time of publication and id; it survives in a URL."""

    published_at: datetime.datetime
    id: int

    def __str__(self) -> str:
        return f"{(self.published_at - _EPOCH) // _MICROSECOND}-{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Place":
        """Reads what ``str`` wrote; raises ValueError for anything else."""
        microseconds, _, entry_id = text.partition("-")
        if not (microseconds.isascii() and microseconds.isdigit() and entry_id.isascii() and entry_id.isdigit()):
            raise ValueError(text)
        if len(microseconds) > 17 or len(entry_id) > 18:
            raise ValueError(text)
        return cls(_EPOCH + int(microseconds) * _MICROSECOND, int(entry_id))


@dataclass(frozen=True, slots=True)
class Shelf:
    """Which entries a list holds: all of them, those of an agency, of some of its columns, of the library."""

    agency_id: int | None = None
    node_codes: tuple[str, ...] = ()
    in_library: bool = False
    year: int | None = None
    """Year of publication, in local time."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A page of a list."""

    rows: tuple[Row, ...]
    has_newer: bool
    has_older: bool


def newest(shelf: Shelf, *, limit: int, older_than: Place | None = None, newer_than: Place | None = None) -> Slice:
    """The first entries of a shelf, or those that follow a place, or those just before one."""
    if newer_than is not None:
        found = _read(shelf, limit + 1, _Bound(_NEWER, newer_than), ascending=True)
        return Slice(tuple(reversed(found[:limit])), has_newer=len(found) > limit, has_older=True)
    bound = None if older_than is None else _Bound(_OLDER, older_than)
    found = _read(shelf, limit + 1, bound, ascending=False)
    return Slice(tuple(found[:limit]), has_newer=older_than is not None, has_older=len(found) > limit)


def oldest(shelf: Shelf, *, limit: int) -> Slice:
    """The last page of a list."""
    found = _read(shelf, limit + 1, None, ascending=True)
    return Slice(tuple(reversed(found[:limit])), has_newer=len(found) > limit, has_older=False)


def by_ids(ids: Sequence[int]) -> list[Row]:
    """The listed ones of these entries, in the given order."""
    if not ids:
        return []
    found = _fetched(f"{_SELECT} AND id IN ({', '.join(['%s'] * len(ids))})", ids)
    rows = {row.id: row for row in found}
    return [rows[entry_id] for entry_id in ids if entry_id in rows]


def neighbours(entry: Entry) -> tuple[Row | None, Row | None]:
    """The newer and the older one beside an entry in its column."""
    shelf = Shelf(agency_id=entry.agency_id, node_codes=(entry.node_code,))
    place = Place(entry.published_at, entry.pk)
    newer = _read(shelf, 1, _Bound(_NEWER, place), ascending=True)
    older = _read(shelf, 1, _Bound(_OLDER, place), ascending=False)
    return next(iter(newer), None), next(iter(older), None)


def last_change() -> datetime.datetime | None:
    """When anything public last changed."""
    return Entry.objects.order_by("-updated_at", "-id").values_list("updated_at", flat=True).first()


# Written out, because every page asks for a list and putting the same query together anew took longer than
# the database did to answer it.
_SELECT = f"SELECT {', '.join(FIELDS)} FROM {Entry._meta.db_table} WHERE withdrawn_at IS NULL"
_JOINT = (
    f"SELECT {', '.join(f'entry.{name}' for name in FIELDS)} FROM {EntryIssuer._meta.db_table} issuer "
    f"JOIN {Entry._meta.db_table} entry ON entry.id = issuer.entry_id WHERE entry.withdrawn_at IS NULL"
)
_NEWEST, _OLDEST = "ORDER BY published_at DESC, id DESC", "ORDER BY published_at, id"
# The range on the time is what the index uses; of the rows at that very time the second part takes its pick.
_OLDER = "published_at <= %s AND (published_at < %s OR id < %s)"
_NEWER = "published_at >= %s AND (published_at > %s OR id > %s)"


@dataclass(frozen=True, slots=True)
class _Bound:
    """Where a page begins."""

    condition: str
    place: Place

    @property
    def of_issuer(self) -> str:
        """The same condition on the index of issuers."""
        return self.condition.replace("published_at", "issuer.published_at").replace(" id ", " issuer.entry_id ")

    @property
    def values(self) -> list[object]:
        moment = _to_database(self.place.published_at)
        return [moment, moment, self.place.id]


def _read(shelf: Shelf, limit: int, bound: _Bound | None, *, ascending: bool) -> list[Row]:
    own = _read_own(shelf, limit, bound, ascending=ascending)
    if shelf.agency_id is None or not issued_jointly(shelf.agency_id):
        return own
    return _merged([own, _read_joint(shelf, limit, bound, ascending=ascending)], limit, ascending=ascending)


def _read_joint(shelf: Shelf, limit: int, bound: _Bound | None, *, ascending: bool) -> list[Row]:
    """What the agency issued under the lead of another; off the index of its issuers."""
    conditions: list[str] = ["issuer.agency_id = %s"]
    values: list[object] = [shelf.agency_id]
    if shelf.node_codes:
        conditions.append(f"issuer.node_code IN ({', '.join(['%s'] * len(shelf.node_codes))})")
        values += shelf.node_codes
    if shelf.in_library:
        conditions.append("entry.in_library")
    if shelf.year is not None:
        conditions.append("issuer.published_at >= %s AND issuer.published_at < %s")
        values += map(_to_database, year_bounds(shelf.year))
    if bound:
        conditions.append(bound.of_issuer)
        values += bound.values
    order = "issuer.published_at, issuer.entry_id" if ascending else "issuer.published_at DESC, issuer.entry_id DESC"
    return _fetched(f"{_JOINT} AND {' AND '.join(conditions)} ORDER BY {order} LIMIT %s", [*values, limit])


def _merged(parts: Sequence[list[Row]], limit: int, *, ascending: bool) -> list[Row]:
    rows: Iterable[Row] = heapq.merge(*parts, key=lambda row: row.place, reverse=not ascending)
    return list(itertools.islice(rows, limit))


def _read_own(shelf: Shelf, limit: int, bound: _Bound | None, *, ascending: bool) -> list[Row]:
    conditions, values = _conditions(shelf)
    if bound:
        conditions.append(bound.condition)
        values += bound.values
    order = _OLDEST if ascending else _NEWEST
    if len(shelf.node_codes) < 2:
        conditions += ["node_code = %s"] * len(shelf.node_codes)
        return _fetched(f"{_and(conditions)} {order} LIMIT %s", [*values, *shelf.node_codes, limit])
    # Each column is read by its index and the short lists are merged: one query over all would have to sort.
    sql = f"{_and([*conditions, 'node_code = %s'])} {order} LIMIT %s"
    parts = [_fetched(sql, [*values, code, limit]) for code in shelf.node_codes]
    return _merged(parts, limit, ascending=ascending)


def _conditions(shelf: Shelf) -> tuple[list[str], list[object]]:
    conditions: list[str] = []
    values: list[object] = []
    if shelf.agency_id is not None:
        conditions.append("agency_id = %s")
        values.append(shelf.agency_id)
    if shelf.in_library:
        conditions.append("in_library")
    if shelf.year is not None:
        conditions.append("published_at >= %s AND published_at < %s")
        values += map(_to_database, year_bounds(shelf.year))
    return conditions, values


def _and(conditions: Iterable[str]) -> str:
    return " AND ".join([_SELECT, *conditions])


def _fetched(sql: str, values: Sequence[Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found = cursor.fetchall()
    if connection.vendor == "sqlite":
        # Times are kept without an offset there, in UTC.
        found = [(*row[:6], _in_utc(row[6]), _in_utc(row[7]), *row[8:]) for row in found]
    return [Row(*row) for row in found]


def _to_database(moment: datetime.datetime) -> object:
    return connection.ops.adapt_datetimefield_value(moment)


def _in_utc(moment: datetime.datetime) -> datetime.datetime:
    return moment.replace(tzinfo=datetime.UTC)


def year_bounds(year: int) -> tuple[datetime.datetime, datetime.datetime]:
    zone = timezone.get_default_timezone()
    return datetime.datetime(year, 1, 1, tzinfo=zone), datetime.datetime(year + 1, 1, 1, tzinfo=zone)


def count_by_column(agency_id: int) -> dict[str, int]:
    """How many listed entries each column of the agency holds, joint ones included; at most a minute old."""
    return _column_counts(agency_id)


def count_by_agency() -> dict[int, int]:
    """How many listed entries each agency shows, joint ones included; at most five minutes old."""
    own, joint = _agency_counts(None), _joint_counts(None)
    return {agency_id: own.get(agency_id, 0) + joint.get(agency_id, 0) for agency_id in own.keys() | joint.keys()}


def issued_jointly(agency_id: int) -> bool:
    """Whether the agency has entries that another one leads; at most five minutes old."""
    return agency_id in _joint_counts(None)


def count_all() -> int:
    """How many entries are listed: a joint one once, with its lead."""
    return sum(_agency_counts(None).values())


def _read_column_counts(agency_id: int) -> dict[str, int]:
    own = _grouped(Entry.objects.filter(LISTED, agency_id=agency_id), "node_code")
    if not issued_jointly(agency_id):
        return own
    joint = _grouped(EntryIssuer.objects.filter(_LISTED_ISSUERS, agency_id=agency_id), "node_code")
    return {code: own.get(code, 0) + joint.get(code, 0) for code in own.keys() | joint.keys()}


def _read_agency_counts(_: None) -> dict[int, int]:
    return _grouped(Entry.objects.filter(LISTED), "agency_id")


def _read_joint_counts(_: None) -> dict[int, int]:
    return _grouped(EntryIssuer.objects.filter(_LISTED_ISSUERS), "agency_id")


def _grouped(rows: "QuerySet[Entry] | QuerySet[EntryIssuer]", name: str) -> dict:  # type: ignore[type-arg]
    return dict(rows.order_by().values_list(name).annotate(Count("pk")))


_column_counts = Remembered(_read_column_counts, seconds=60, sooner_if_cheap=True)
_joint_counts = Remembered(_read_joint_counts, seconds=300, sooner_if_cheap=True)
_agency_counts = Remembered(_read_agency_counts, seconds=300, sooner_if_cheap=True)


def years(shelf: Shelf) -> tuple[int, ...]:
    """The years from the newest entry of a shelf back to the oldest; at most five minutes old."""
    return _years(shelf)


def _read_years(shelf: Shelf) -> tuple[int, ...]:
    first, last = newest(shelf, limit=1).rows, oldest(shelf, limit=1).rows
    if not first:
        return ()
    zone = timezone.get_default_timezone()
    newest_year, oldest_year = (rows[0].published_at.astimezone(zone).year for rows in (first, last))
    return tuple(range(newest_year, oldest_year - 1, -1))


_years = Remembered(_read_years, seconds=300, sooner_if_cheap=True)


SNIPPET_SOURCE = 20_000
"""A snippet is sought in so many characters of a text."""


def texts(ids: Sequence[int]) -> dict[int, str]:
    """The beginning of the current text of each entry."""
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(f"{_TEXTS} WHERE entry.id IN ({', '.join(['%s'] * len(ids))})", [SNIPPET_SOURCE, *ids])
        return dict(cursor.fetchall())


_TEXTS = (
    f"SELECT entry.id, substr(version.body_text, 1, %s) FROM {Entry._meta.db_table} entry "
    f"JOIN {EntryVersion._meta.db_table} version "
    "ON version.entry_id = entry.id AND version.number = entry.version_number"
)


def attached_texts(ids: Sequence[int]) -> dict[int, str]:
    """The beginning of the texts of the files of each entry."""
    found: dict[int, str] = {}
    rows = EntryFile.objects.filter(
        version__entry_id__in=ids, version__number=F("version__entry__version_number")
    ).order_by("version_id", "position")
    for entry_id, text in rows.values_list("version__entry_id", Left("text", SNIPPET_SOURCE)):
        found[entry_id] = f"{found.get(entry_id, '')}\n{text}".strip()
    return found


def highest_id() -> int:
    return Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def ids_between(after: int, until: int) -> list[tuple[int, datetime.datetime]]:
    """Id and last change of the listed entries in a stretch of ids."""
    rows = Entry.objects.filter(LISTED, pk__gt=after, pk__lte=until).order_by("pk")
    return list(rows.values_list("pk", "updated_at"))
