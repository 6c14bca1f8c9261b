"""Pages that a shared cache may keep for a minute, with a strong answer to "has it changed?"."""

import functools
import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date
from django.views.decorators.http import require_safe

from gongkai.groundwork import caching

_Args = ParamSpec("_Args")
_View = Callable[Concatenate[HttpRequest, _Args], HttpResponseBase]

# Text of agencies is shown as it is released; whatever slips through sanitising still finds no script to run.
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def shared(view: _View[_Args]) -> Callable[..., HttpResponseBase]:
    """For GET and HEAD: tags the answer of the view and lets shared caches carry it; 304 where nothing changed."""

    @require_safe
    @functools.wraps(view)
    def cached(request: HttpRequest, *args: _Args.args, **kwargs: _Args.kwargs) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["Content-Security-Policy"] = CONTENT_POLICY
        if not isinstance(response, HttpResponse) or response.status_code != 200:
            return response
        response.headers.setdefault("Cache-Control", caching.SHARED)
        etag = f'"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
        response.headers["ETag"] = etag
        return get_conditional_response(request, etag, _changed(response), response) or response

    return cached


def _changed(response: HttpResponse) -> int | None:
    stamp = response.headers.get("Last-Modified")
    return parse_http_date(stamp) if stamp else None


def stamped(response: HttpResponse, changed_at: datetime | None) -> HttpResponse:
    """Says when the content last changed. The tag decides; the time is for those who do not send it back."""
    if changed_at is not None:
        response.headers["Last-Modified"] = http_date(changed_at.timestamp())
    return response


def not_kept(response: HttpResponse) -> HttpResponse:
    """For an answer that is true for the moment only."""
    response.headers["Cache-Control"] = caching.NOT_KEPT
    return response
