"""Attachments: the bytes of a current version of a listed entry, and of nothing else."""

import io

import segno
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from gongkai.groundwork import caching as kept
from gongkai.groundwork.files import store
from gongkai.portal import addresses, caching
from gongkai.published.selectors import entry_page

# What a browser may show itself. Everything else, above all HTML and SVG, is only ever saved.
SHOWN_IN_PLACE = {"application/pdf", "image/png", "image/jpeg", "image/gif"}
_NOTHING_RUNS = "default-src 'none'; sandbox"


@require_safe
def file(request: HttpRequest, entry_id: int, position: int) -> HttpResponseBase:
    """Streams the file under its public name. The digest is its tag: the bytes of a tag never change."""
    found = entry_page.public_file(entry_id, position)
    if found is None or not store.holds(found.digest):
        raise Http404
    etag = f'"{found.digest}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None and unchanged.status_code == 304:
        return unchanged
    in_place = found.media_type in SHOWN_IN_PLACE
    response = FileResponse(
        store.opened(found.digest),
        as_attachment=not in_place,
        filename=found.file_name,
        content_type=found.media_type if in_place else _saved_type(found.media_type),
    )
    response.headers["Content-Length"] = str(found.size)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = kept.SHARED
    response.headers["X-Content-Type-Options"] = "nosniff"
    if found.media_type != "application/pdf":
        response.headers["Content-Security-Policy"] = _NOTHING_RUNS
    return response


def _saved_type(media_type: str) -> str:
    """The true type, unless a browser could run it."""
    runs = any(word in media_type for word in ("html", "xml", "script", "svg"))
    return "application/octet-stream" if runs and "openxml" not in media_type else media_type


@caching.shared
def qr_code(request: HttpRequest, entry_id: int) -> HttpResponse:
    """The address of an entry as a picture to point a phone at."""
    if entry_page.head(entry_id) is None:
        raise Http404
    picture = io.BytesIO()
    address = addresses.absolute(request, "portal:entry", entry_id)
    segno.make_qr(address, error="m").save(picture, kind="svg", scale=4, border=2, xmldecl=False)
    response = HttpResponse(picture.getvalue(), content_type="image/svg+xml")
    response.headers["Cache-Control"] = "s-maxage=86400, max-age=86400"
    return response
