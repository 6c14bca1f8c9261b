"""What happens around every request: an id and a log line; sessions and messages only on the desk."""

import logging
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.deprecation import MiddlewareMixin

logger = logging.getLogger("gongkai.requests")
DESK_PREFIX = "/desk/"


def is_desk(request: HttpRequest) -> bool:
    """Whether the request is for the staff side; only that side knows cookies."""
    return request.path_info.startswith(DESK_PREFIX)


class RequestContextMiddleware(MiddlewareMixin):
    """Gives each request an id and writes one log line with path, status and time, never with a query."""

    def process_request(self, request: HttpRequest) -> None:
        request.META["gongkai.request_id"] = uuid.uuid4().hex[:16]
        request.META["gongkai.began"] = time.perf_counter()

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        level = logging.ERROR if response.status_code >= 500 else logging.INFO
        if logger.isEnabledFor(level) and request.path_info != "/healthz":
            began = request.META.get("gongkai.began", time.perf_counter())
            logger.log(
                level,
                "request",
                extra={
                    "request_id": request.META.get("gongkai.request_id", ""),
                    "method": request.method,
                    "path": request.path_info,
                    "status": response.status_code,
                    "milliseconds": round((time.perf_counter() - began) * 1000, 1),
                },
            )
        return response


class DeskOnlySessionMiddleware(SessionMiddleware):
    """Sessions exist below /desk/ only: a page of the portal never sets or reads a cookie."""

    def process_request(self, request: HttpRequest) -> None:
        if is_desk(request):
            super().process_request(request)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        return super().process_response(request, response) if is_desk(request) else response


class DeskOnlyMessageMiddleware(MessageMiddleware):
    """One-time messages ride on the session, so they too exist on the desk only."""

    def process_request(self, request: HttpRequest) -> None:
        if is_desk(request):
            super().process_request(request)


class DeskOnlyCsrfMiddleware(CsrfViewMiddleware):
    """Cookies can be misused on the desk only. The portal has none, so what does not fit there is answered 405."""

    def process_view(
        self, request: HttpRequest, callback: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseForbidden | None:
        return super().process_view(request, callback, args, kwargs) if is_desk(request) else None
