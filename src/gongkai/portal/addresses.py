"""Absolute addresses, the same whatever variant of the page is looked at."""

from django.http import HttpRequest
from django.urls import reverse

from gongkai.groundwork.addresses import origin
from gongkai.portal import variants


def canonical(request: HttpRequest) -> str:
    """This page without variant and query."""
    return f"{origin(request)}{variants.plain_prefix()}{request.path_info.lstrip('/')}"


def absolute(request: HttpRequest, name: str, *args: object) -> str:
    """The plain page of this name with its scheme and host."""
    path = reverse(name, args=args)
    here, plain = reverse("portal:home"), variants.plain_prefix()
    return f"{origin(request)}{plain}{path[len(here) :]}"
