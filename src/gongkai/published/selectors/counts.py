"""How often entries were read and their files fetched."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum

from gongkai.published.models import DailyCount, Entry

MOST = 50
_PAGE, _FILES = Q(position=0), Q(position__gt=0)


@dataclass(frozen=True, slots=True)
class Counts:
    views: int
    downloads: int


@dataclass(frozen=True, slots=True)
class MostRead:
    """An entry with its numbers in the period; a withdrawn one has no title any more."""

    entry: Entry
    counts: Counts


def of_entry(entry_id: int) -> Counts:
    """Since counting began. One query."""
    return _counts(DailyCount.objects.filter(entry_id=entry_id))


def of_agency(agency_id: int, *, since: date, until: date) -> Counts:
    return _counts(_rows(agency_id, since, until))


def most_read(agency_id: int, *, since: date, until: date) -> list[MostRead]:
    """The `MOST` most read entries of the agency in these days. Two queries."""
    rows = _rows(agency_id, since, until).values("entry_id")
    summed = rows.annotate(views=_VIEWS, downloads=_DOWNLOADS).order_by("-views", "-downloads", "entry_id")[:MOST]
    found = [(row["entry_id"], Counts(row["views"], row["downloads"])) for row in summed]
    entries = Entry.objects.in_bulk([entry_id for entry_id, _ in found])
    return [MostRead(entries[entry_id], numbers) for entry_id, numbers in found]


def by_day(agency_id: int, *, since: date, until: date) -> Mapping[date, int]:
    """Pages read on each day on which any was."""
    rows = _rows(agency_id, since, until).filter(_PAGE).order_by().values("day").annotate(views=Sum("number"))
    return {row["day"]: row["views"] for row in rows}


_VIEWS, _DOWNLOADS = (Sum("number", filter=which, default=0) for which in (_PAGE, _FILES))


def _rows(agency_id: int, since: date, until: date) -> QuerySet[DailyCount]:
    return DailyCount.objects.filter(entry__agency_id=agency_id, day__gte=since, day__lte=until)


def _counts(rows: QuerySet[DailyCount]) -> Counts:
    return Counts(**rows.aggregate(views=_VIEWS, downloads=_DOWNLOADS))
