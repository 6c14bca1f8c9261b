"""Where a page tells that it is being read. It adds a line to a file; the worker adds the lines up. Nobody is known."""

import os
import time
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.groundwork import addresses
from gongkai.published.domain.readings import Reading, is_bot
from gongkai.published.services.counting import BATCH_FILE

_LONGEST = 64
_LARGEST_FILE = 4 * 1024 * 1024
"""Some 200,000 readings: if nobody collects them for so long, further ones are not counted."""
_MOST_A_SECOND = 200


@require_POST
def tell(request: HttpRequest) -> HttpResponse:
    """Counts one reading, if the reader does not mind; answers nothing in any case."""
    if settings.VIEWS_FROM != "beacon":
        raise Http404
    if int(request.headers.get("Content-Length") or 0) > _LONGEST:
        return HttpResponse(status=413)
    reading = _reading(request)
    if reading is not None and _is_welcome(request) and _second.has_room():
        _append(f"{reading}\n")
    answer = HttpResponse(status=204)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _reading(request: HttpRequest) -> Reading | None:
    entry, file = request.POST.get("entry", ""), request.POST.get("file", "0")
    if not (entry.isdecimal() and file.isdecimal() and entry.isascii() and file.isascii()):
        return None
    if len(entry) > 18 or len(file) > 6:
        return None
    return Reading(int(entry), int(file), timezone.localdate())


def _is_welcome(request: HttpRequest) -> bool:
    """From a page of ours, in a browser that asks not to be left alone (DNT, GPC)."""
    headers = request.headers
    if "1" in (headers.get("DNT"), headers.get("Sec-GPC")) or is_bot(headers.get("User-Agent", "")):
        return False
    if headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    return headers.get("Origin", addresses.origin(request)) == addresses.origin(request)


def _append(line: str) -> None:
    """One short write: lines of several processes never mix. Without the worker's folder nothing is counted."""
    folder = Path(settings.VIEWS_ROOT)
    path = folder / BATCH_FILE
    if not folder.is_dir() or (path.exists() and path.stat().st_size > _LARGEST_FILE):
        return
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, line.encode())
    finally:
        os.close(descriptor)


class _Second:
    """How many were let through in the present second, by this process. Threads may err by a few."""

    def __init__(self) -> None:
        self._second = 0
        self._count = 0

    def has_room(self) -> bool:
        now = int(time.monotonic())
        if now != self._second:
            self._second, self._count = now, 0
        self._count += 1
        return self._count <= _MOST_A_SECOND


_second = _Second()
