"""Pieces that several screens show."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from gongkai.published.domain import vocabulary
from gongkai.published.selectors import directory
from gongkai.published.selectors.listing import Row, Slice

PAGE = 20


@dataclass(frozen=True, slots=True)
class Crumb:
    title: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The tags of a list page (政府网站发展指引)."""

    name: str
    description: str
    keywords: str
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The further tags of a page about one item."""

    title: str
    published: str
    source: str
    keywords: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the frame must know of a page."""

    title: str
    section: str = ""
    crumbs: tuple[Crumb, ...] = ()
    column: Column | None = None
    article: Article | None = None
    feed_url: str = ""
    is_indexed: bool = True
    """False for pages that search engines should leave out."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in a list, ready to show."""

    url: str
    title: str
    index_number: str
    document_number: str
    agency: str
    published_on: str
    validity: str
    """Empty while the document simply holds."""
    has_ended: bool


@dataclass(frozen=True, slots=True)
class Pager:
    """Ways through a list by key. An empty address means: not from here."""

    first: str
    newer: str
    older: str
    last: str
    total: int | None

    @property
    def is_needed(self) -> bool:
        return bool(self.newer or self.older)


def lines(rows: Iterable[Row]) -> tuple[Line, ...]:
    base = entry_base()
    agencies = directory.directory().by_id
    return tuple(_line(row, base, agencies) for row in rows)


def _line(row: Row, base: str, agencies: dict[int, directory.Body]) -> Line:
    body = agencies.get(row.agency_id) or directory.body_by_id(row.agency_id)
    return Line(
        f"{base}{row.id}/",
        row.title,
        row.index_number,
        row.document_number,
        body.short_name,
        day(row.published_at),
        "" if row.validity == vocabulary.Validity.VALID else vocabulary.label(row.validity),
        row.validity in _ENDED,
    )


_ENDED = frozenset(state.value for state in vocabulary.Validity if state.has_ended)


def has_ended(validity: str) -> bool:
    return validity in _ENDED


def entry_base() -> str:
    """The common beginning of all addresses of entries; reversing each would cost more than the query."""
    return reverse("portal:entry", args=[1]).removesuffix("1/")


def pager(found: Slice, url: str, *, total: int | None, **kept: object) -> Pager:
    """The links of a list page. ``kept`` are the other parameters of its address."""
    if not found.rows:
        return Pager("", "", "", "", total)

    def at(**place: object) -> str:
        query = urlencode({**{name: value for name, value in kept.items() if value}, **place})
        return f"{url}?{query}" if query else url

    return Pager(
        first=at() if found.has_newer else "",
        newer=at(newer=found.rows[0].place) if found.has_newer else "",
        older=at(older=found.rows[-1].place) if found.has_older else "",
        last=at(last=1) if found.has_older else "",
        total=total,
    )


def day(moment: datetime.datetime) -> str:
    return moment.astimezone(timezone.get_default_timezone()).strftime("%Y-%m-%d")


def minute(moment: datetime.datetime) -> str:
    return moment.astimezone(timezone.get_default_timezone()).strftime("%Y-%m-%d %H:%M")


def chinese_day(value: datetime.date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"


def size(count: int) -> str:
    """A file's size as people say it."""
    if count < 1024:
        return f"{count} B"
    if count < 1024 * 1024:
        return f"{count / 1024:.0f} KB"
    return f"{count / 1024 / 1024:.1f} MB"
