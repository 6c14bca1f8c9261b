"""The whole catalogue in one file, streamed: all listed entries with their main metadata."""

import json
from collections.abc import Iterator

from django.http import HttpRequest, StreamingHttpResponse

from gongkai.api.public import shapes
from gongkai.groundwork import caching, csv_text
from gongkai.published.domain import vocabulary
from gongkai.published.selectors import listing
from gongkai.published.selectors.listing import Row

PIECE = 2_000
COLUMNS = ("索引号", "标题", "文号", "机关", "成文日期", "发布时间", "有效性", "网址")


def as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """UTF-8 with byte order mark, so that spreadsheets read it; cells that look like formulas are disarmed."""
    return _attachment(_csv(shapes.entry_base(request)), "text/csv; charset=utf-8", "catalogue.csv")


def as_json(request: HttpRequest) -> StreamingHttpResponse:
    """An array of the same lines that the list of entries gives."""
    return _attachment(_json(shapes.entry_base(request)), "application/json", "catalogue.json")


def _csv(base: str) -> Iterator[str]:
    yield csv_text.BYTE_ORDER_MARK + csv_text.line(COLUMNS)
    for row in _rows():
        line = shapes.line_of_row(row, base)
        yield csv_text.line(
            (
                line.index_number,
                line.title,
                line.document_number,
                line.agency,
                f"{row.created_on or ''}",
                line.published_at,
                vocabulary.label(line.validity),
                line.url,
            )
        )


def _json(base: str) -> Iterator[str]:
    separator = "["
    for row in _rows():
        yield separator + json.dumps(shapes.line_of_row(row, base).dict(), ensure_ascii=False)
        separator = ",\n"
    yield "]" if separator != "[" else "[]"


def _rows() -> Iterator[Row]:
    """Page by page by key: a slow reader holds no long transaction."""
    place = None
    while True:
        found = listing.newest(listing.Shelf(), limit=PIECE, older_than=place)
        yield from found.rows
        if not found.has_older:
            return
        place = found.rows[-1].place


def _attachment(pieces: Iterator[str], content_type: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse((piece.encode() for piece in pieces), content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = caching.SHARED
    return response
