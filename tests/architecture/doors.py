"""Every URL of the desk with the door in front of its view, found by walking the URL configuration."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

DESK = "desk/"


@dataclass(frozen=True)
class DeskUrl:
    """One pattern below /desk/: its route, its full name, the names of its arguments, its view."""

    route: str
    name: str
    arguments: tuple[str, ...]
    view: Callable[..., Any]

    @property
    def access(self) -> object:
        """What the door demands; None when there is no door."""
        return getattr(self.view, "access", None)

    @property
    def is_of_an_agency(self) -> bool:
        return "agency_code" in self.arguments

    def __str__(self) -> str:
        return self.route


def desk_urls() -> list[DeskUrl]:
    """All of them, in the order in which Django tries them."""
    return [url for url in _walk(get_resolver().url_patterns, "", "") if url.route.startswith(DESK)]


def _walk(patterns: list[URLPattern | URLResolver], route: str, namespace: str) -> Iterator[DeskUrl]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, here, inner)
        else:
            arguments = tuple(re.findall(r"<(?:\w+:)?(\w+)>", here))
            yield DeskUrl(here, f"{namespace}{pattern.name}", arguments, pattern.callback)
