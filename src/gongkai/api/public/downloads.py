"""The whole catalogue in one file, streamed: all listed entries with their main metadata."""

import json
from collections.abc import Iterator

from django.http import HttpRequest, StreamingHttpResponse

from gongkai.api.public import shapes
from gongkai.groundwork import caching, csv_text
from gongkai.published.domain import vocabulary
from gongkai.published.selectors import listing, normative
from gongkai.published.selectors.listing import Row
from gongkai.published.selectors.normative import Term

PIECE = 2_000
COLUMNS = (
    *("索引号", "标题", "文号", "机关", "成文日期", "发布时间", "有效性", "网址"),
    *("规范性文件", "施行日期", "失效日期"),
)


def as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """UTF-8 with byte order mark, so that spreadsheets read it; cells that look like formulas are disarmed."""
    return _attachment(_csv(shapes.entry_base(request)), "text/csv; charset=utf-8", "catalogue.csv")


def as_json(request: HttpRequest) -> StreamingHttpResponse:
    """An array of the lines that the list of entries gives, with the dates between which a document holds."""
    return _attachment(_json(shapes.entry_base(request)), "application/json", "catalogue.json")


def _csv(base: str) -> Iterator[str]:
    yield csv_text.BYTE_ORDER_MARK + csv_text.line(COLUMNS)
    for row, term in _rows():
        line = shapes.catalogue_line(row, term, base)
        yield csv_text.line(
            (
                line.index_number,
                line.title,
                line.document_number,
                line.agency,
                line.created_on or "",
                line.published_at,
                vocabulary.label(line.validity),
                line.url,
                "是" if line.is_normative else "否",
                line.effective_on or "",
                line.invalid_since or "",
            )
        )


def _json(base: str) -> Iterator[str]:
    separator = "["
    for row, term in _rows():
        yield separator + json.dumps(shapes.catalogue_line(row, term, base).dict(), ensure_ascii=False)
        separator = ",\n"
    yield "]" if separator != "[" else "[]"


def _rows() -> Iterator[tuple[Row, Term]]:
    """Page by page by key: a slow reader holds no long transaction."""
    place = None
    while True:
        found = listing.newest(listing.Shelf(), limit=PIECE, older_than=place)
        known = normative.terms([row.id for row in found.rows])
        yield from ((row, known[row.id]) for row in found.rows if row.id in known)
        if not found.has_older:
            return
        place = found.rows[-1].place


def _attachment(pieces: Iterator[str], content_type: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse((piece.encode() for piece in pieces), content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = caching.SHARED
    return response
