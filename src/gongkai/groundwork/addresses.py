"""Scheme and host under which the public knows this site."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def origin(request: HttpRequest) -> str:
    """As configured (``public_base_url``), else as asked for; without a slash at the end."""
    configured = urlsplit(settings.PUBLIC_BASE_URL)
    if configured.netloc:
        return f"{configured.scheme}://{configured.netloc}"
    return f"{request.scheme}://{request.get_host()}"


def domain(request: HttpRequest) -> str:
    """The host alone, with its port if it has one."""
    return urlsplit(origin(request)).netloc
