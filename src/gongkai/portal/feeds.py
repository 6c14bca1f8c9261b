"""Atom feeds of the site, of an agency and of a column (RFC 4287)."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape as xml_escape
from xml.sax.saxutils import quoteattr

from django.http import Http404, HttpRequest, HttpResponse

from gongkai.portal import addresses, caching, frame
from gongkai.published.selectors import catalogue, directory, listing
from gongkai.published.selectors.listing import Row, Shelf

NEWEST = 30


@dataclass(frozen=True, slots=True)
class Feed:
    title: str
    page: str
    """Absolute address of the page that shows the same."""
    own: str


@caching.shared
def site(request: HttpRequest) -> HttpResponse:
    name = frame.site_name(directory.directory().root)
    feed = Feed(name, addresses.absolute(request, "portal:latest"), addresses.absolute(request, "portal:feed"))
    return _answer(request, feed, Shelf())


@caching.shared
def agency(request: HttpRequest, code: str) -> HttpResponse:
    body = directory.body_by_code(code)
    if body is None:
        raise Http404
    feed = Feed(
        f"{body.name}政府信息公开",
        addresses.absolute(request, "portal:agency", code),
        addresses.absolute(request, "portal:agency_feed", code),
    )
    return _answer(request, feed, Shelf(agency_id=body.id))


@caching.shared
def column(request: HttpRequest, code: str, node: str) -> HttpResponse:
    body = directory.body_by_code(code)
    found = catalogue.tree(body.id).by_code.get(node) if body else None
    if body is None or found is None:
        raise Http404
    feed = Feed(
        f"{found.title} - {body.name}",
        addresses.absolute(request, "portal:column", code, node),
        addresses.absolute(request, "portal:column_feed", code, node),
    )
    return _answer(request, feed, Shelf(agency_id=body.id, node_codes=found.codes))


def _answer(request: HttpRequest, feed: Feed, shelf: Shelf) -> HttpResponse:
    rows = listing.newest(shelf, limit=NEWEST).rows
    changed_at = max((row.updated_at for row in rows), default=datetime.datetime(2008, 5, 1, tzinfo=datetime.UTC))
    text = "".join(_document(request, feed, rows, changed_at))
    response = HttpResponse(text, content_type="application/atom+xml; charset=utf-8")
    return caching.stamped(response, listing.last_change())


def _document(request: HttpRequest, feed: Feed, rows: Iterable[Row], changed_at: datetime.datetime) -> Iterable[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">'
    yield f"<title>{_text(feed.title)}</title><id>{_text(feed.own)}</id><updated>{changed_at.isoformat()}</updated>"
    yield f'<link rel="self" type="application/atom+xml" href={quoteattr(feed.own)}/>'
    yield f"<link href={quoteattr(feed.page)}/>"
    for row in rows:
        url = addresses.absolute(request, "portal:entry", row.id)
        number = f"<summary>{_text(row.document_number)}</summary>" if row.document_number else ""
        yield (
            f"<entry><title>{_text(row.title)}</title><id>{_text(url)}</id><link href={quoteattr(url)}/>"
            f"<author><name>{_text(directory.body_by_id(row.agency_id).name)}</name></author>"
            f"<published>{row.published_at.isoformat()}</published><updated>{row.updated_at.isoformat()}</updated>"
            f"{number}</entry>"
        )
    yield "</feed>\n"


def _text(value: str) -> str:
    """Escaped, and without the control characters that XML cannot say."""
    return xml_escape("".join(character for character in value if character >= " " or character in "\t\n"))
