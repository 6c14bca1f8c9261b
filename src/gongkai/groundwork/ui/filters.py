"""Filters that live in the URL: chips, the link of each, and sort heads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict

PLACE = ("after", "before", "page")


@dataclass(frozen=True, kw_only=True)
class Chip:
    """One choice of a filter as a link; ``count`` None means it is not shown."""

    label: str
    url: str
    is_on: bool
    count: int | None = None


@dataclass(frozen=True, kw_only=True)
class FilterGroup:
    """The choices of one filter, the first of which lifts it."""

    label: str
    chips: tuple[Chip, ...]

    @property
    def is_on(self) -> bool:
        return not self.chips[0].is_on


@dataclass(frozen=True, kw_only=True)
class SortHead:
    """A column head that sorts; ``direction`` is ``ascending``, ``descending`` or ``none``, as ARIA says it."""

    label: str
    url: str
    direction: str


def with_params(query: QueryDict, changes: Mapping[str, str]) -> str:
    """``?…`` with these parameters changed (an empty value removes one); the place in the list is left behind."""
    changed = query.copy()
    for name in (*PLACE, *changes):
        changed.pop(name, None)
    for name, value in changes.items():
        if value:
            changed[name] = value
    return "?" + changed.urlencode()


def choice_filter(
    query: QueryDict,
    *,
    param: str,
    label: str,
    options: Iterable[tuple[str, str]],
    counts: Mapping[str, int] | None = None,
) -> FilterGroup:
    """A filter over ``options`` (value and label). The first lifts it: 全部, or the option with an empty value."""
    chosen = query.get(param, "")
    listed = list(options)
    if not listed or listed[0][0]:
        listed.insert(0, ("", "全部"))
    chips = [
        Chip(
            label=text,
            url=with_params(query, {param: value}),
            is_on=value == chosen,
            count=counts.get(value, 0) if counts is not None and value else None,
        )
        for value, text in listed
    ]
    return FilterGroup(label=label, chips=tuple(chips))


def sort_head(query: QueryDict, *, field: str, label: str, default: str = "") -> SortHead:
    """A head for ``?sort=field`` and ``?sort=-field``; a second click turns the order around."""
    current = query.get("sort", default)
    direction = {field: "ascending", f"-{field}": "descending"}.get(current, "none")
    target = f"-{field}" if current == field else field
    return SortHead(label=label, url=with_params(query, {"sort": target}), direction=direction)
