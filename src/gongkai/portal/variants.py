"""Page variants differ by URL, never by cookie: ``/elder/…`` is the same page in 长者模式."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import get_script_prefix, set_script_prefix

ELDER_PREFIX = "/elder/"


def is_elder(request: HttpRequest) -> bool:
    """Whether the page was asked for in large type."""
    return bool(getattr(request, "is_elder", False))


def plain_prefix() -> str:
    """Where the portal is mounted, whatever the variant; begins and ends with a slash."""
    prefix = get_script_prefix()
    return prefix.removesuffix(ELDER_PREFIX.lstrip("/")) if prefix.endswith(ELDER_PREFIX) else prefix


class VariantMiddleware:
    """Strips the variant's prefix and makes every link of the page keep it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked = request.path_info
        # The desk has no variants: its cookies would not reach it there.
        has_variant = asked.startswith(ELDER_PREFIX) and not asked.startswith(f"{ELDER_PREFIX}desk/")
        request.is_elder = has_variant  # type: ignore[attr-defined]
        if not has_variant:
            return self.get_response(request)
        request.path_info = "/" + asked.removeprefix(ELDER_PREFIX)
        before = get_script_prefix()
        set_script_prefix(before.rstrip("/") + ELDER_PREFIX)
        try:
            return self.get_response(request)
        finally:
            set_script_prefix(before)
