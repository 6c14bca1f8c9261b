"""Where the public finds things, for rooms that name addresses without serving them. The portal is held to it."""

from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest

from gongkai.groundwork import addresses


def entry(request: HttpRequest, entry_id: int) -> str:
    return _absolute(request, f"entries/{entry_id}/")


def column(request: HttpRequest, agency_code: str, node_code: str) -> str:
    return _absolute(request, f"agencies/{quote(agency_code)}/columns/{quote(node_code)}/")


def requests(request: HttpRequest) -> str:
    """The entrance for requests, which all agencies share."""
    return _absolute(request, "requests/")


def _absolute(request: HttpRequest, path: str) -> str:
    return f"{addresses.origin(request)}{settings.FORCE_SCRIPT_NAME or ''}/{path}"
