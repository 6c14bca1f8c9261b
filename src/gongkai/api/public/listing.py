"""The three ways to list entries: by the index, without one from the database, and as changes from the feed."""

import datetime
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from gongkai.api.public import shapes
from gongkai.api.public.schemas import EntryList, EntryQuery
from gongkai.groundwork import addresses
from gongkai.groundwork.feed.reading import Cursor, ForeignCursor
from gongkai.groundwork.search import contract
from gongkai.published import indexing
from gongkai.published.selectors import changes, filtering, listing

FIRST_YEAR, LAST_YEAR = 1949, 9000
FACETS = ("agency", "topic", "genre", "year", "validity")
_NAMES = {"agency": "agency", "topic": "topic", "genre": "genre", "validity": "validity", "column": "node"}


class Refused(Exception):
    """The question cannot be answered as it was asked. ``status`` is that of HTTP."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail


def entries(request: HttpRequest, asked: EntryQuery, *, at: datetime.datetime) -> EntryList:
    """One page of the list.

    Raises:
        Refused: a page behind the last hit that can be reached, or words without an index.
    """
    if any("\x00" in value for value in asked.dict().values() if isinstance(value, str)):
        raise Refused(400, "参数中有不能使用的字符")
    if asked.updated_since is not None or asked.cursor:
        return _changed(request, asked)
    if (asked.page - 1) * asked.page_size >= contract.PAGED_HITS:
        raise Refused(400, f"最多翻看前{contract.PAGED_HITS}条，请缩小范围，或者用updated_since读取全部")
    try:
        return _found(request, asked, at=at)
    except contract.IndexUnavailable as error:
        if asked.q:
            raise Refused(503, "搜索暂时不能使用，不带检索词的列表不受影响") from error
        return _from_database(request, asked)


def _found(request: HttpRequest, asked: EntryQuery, *, at: datetime.datetime) -> EntryList:
    filters = {name: (value,) for own, name in _NAMES.items() if (value := getattr(asked, own))}
    if asked.year is not None:
        filters["year"] = (str(asked.year),)
    default = contract.Sort.RELEVANCE if asked.q else contract.Sort.DATE
    query = contract.SearchQuery(
        text=asked.q,
        number=asked.document_number,
        filters=filters,
        sort=contract.Sort(asked.sort) if asked.sort else default,
        at=int(at.timestamp()),
        offset=(asked.page - 1) * asked.page_size,
        limit=asked.page_size,
        facets=FACETS,
    )
    result = indexing.reader().search(query)
    base = shapes.entry_base(request)
    return EntryList(
        count=result.total,
        results=[shapes.line_of_row(row, base) for row in listing.by_ids(result.keys)],
        facets=shapes.facets(result),
        next=_next(request, asked) if asked.page * asked.page_size < result.pageable else None,
        cursor=None,
    )


def _from_database(request: HttpRequest, asked: EntryQuery) -> EntryList:
    conditions = filtering.Conditions(
        agency_code=asked.agency,
        topic=asked.topic,
        genre=asked.genre,
        year=asked.year,
        validity=asked.validity,
        node_code=asked.column,
        document_number=asked.document_number,
    )
    first = (asked.page - 1) * asked.page_size
    count, rows = filtering.newest(conditions, first=first, limit=asked.page_size)
    base = shapes.entry_base(request)
    return EntryList(
        count=count,
        results=[shapes.line_of_row(row, base) for row in rows],
        facets={},
        next=_next(request, asked) if asked.page * asked.page_size < min(count, contract.PAGED_HITS) else None,
        cursor=None,
    )


def _changed(request: HttpRequest, asked: EntryQuery) -> EntryList:
    since = _local(asked.updated_since) if asked.updated_since else None
    cursor = Cursor.parse(asked.cursor) if asked.cursor or since is None else changes.cursor_at(since)
    try:
        found = changes.after(cursor, limit=asked.page_size)
    except ForeignCursor as error:
        raise Refused(400, "cursor已经失效，请用updated_since重新读取") from error
    base = shapes.entry_base(request)
    more = bool(changes.after(found.cursor, limit=1).entries)
    return EntryList(
        count=changes.count_since(since) if since else len(found.entries),
        results=[shapes.line_of_entry(entry, base) for entry in found.entries],
        facets={},
        next=_next(request, asked, cursor=str(found.cursor)) if more else None,
        cursor=str(found.cursor),
    )


def _local(moment: datetime.datetime) -> datetime.datetime:
    """With an offset, and inside the years in which every offset can be counted."""
    zone = timezone.get_default_timezone()
    if moment.year < FIRST_YEAR:
        return datetime.datetime(FIRST_YEAR, 1, 1, tzinfo=zone)
    if moment.year > LAST_YEAR:
        return datetime.datetime(LAST_YEAR, 1, 1, tzinfo=zone)
    # The database knows fewer offsets than ISO 8601 allows, so it is asked in our own.
    return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)


def _next(request: HttpRequest, asked: EntryQuery, **changed: object) -> str:
    """The address of the next page: by cursor for changes, else by number."""
    values = request.GET.dict() | {name: str(value) for name, value in (changed or {"page": asked.page + 1}).items()}
    return f"{addresses.origin(request)}{reverse('public_api:entries')}?{urlencode(values)}"
