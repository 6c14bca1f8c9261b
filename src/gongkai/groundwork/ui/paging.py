"""Pages by key: the next page begins after the last row, so that page 10,000 costs as much as page 1."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, Q, QuerySet
from django.http import QueryDict

from gongkai.groundwork.ui.filters import with_params

_ModelT = TypeVar("_ModelT", bound=Model)
PAGE_SIZE = 50


@dataclass(frozen=True, kw_only=True)
class KeysetPage(Generic[_ModelT]):
    """Some rows, and the links to the rows before and after; an empty link means there are none."""

    items: tuple[_ModelT, ...]
    first_url: str = ""
    earlier_url: str = ""
    later_url: str = ""


def keyset_page(
    rows: QuerySet[_ModelT], *, order: Sequence[str], query: QueryDict, size: int = PAGE_SIZE
) -> KeysetPage[_ModelT]:
    """One page of ``rows`` by own, non-null columns such as ``("-changed_at", "-id")``; the last must be unique.

    The place is read from ``?after=`` or ``?before=``; one that cannot be read means the first page.
    """
    backwards = "before" in query and "after" not in query
    place = _read_place(rows, order, query.get("before" if backwards else "after", ""))
    direction = [_turned(name) for name in order] if backwards else list(order)
    wanted = rows.order_by(*direction)
    if place is not None:
        wanted = wanted.filter(_beyond(direction, place))
    found = list(wanted[: size + 1])
    more = len(found) > size
    if backwards and (place is None or not more):
        # Nothing lies further up: show the first page whole instead of a short rest of it.
        return keyset_page(rows, order=order, query=_without_place(query), size=size)
    items = tuple(found[:size][::-1] if backwards else found[:size])
    return KeysetPage(
        items=items,
        first_url=with_params(query, {}) if place is not None else "",
        earlier_url=_link(query, "before", order, items[0]) if place is not None and items else "",
        later_url=_link(query, "after", order, items[-1]) if (more or backwards) and items else "",
    )


def _without_place(query: QueryDict) -> QueryDict:
    rest = query.copy()
    rest.pop("before", None)
    return rest


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _beyond(direction: Sequence[str], place: Sequence[Any]) -> Q:
    # (a, b) > (x, y) written out: a > x, or a = x and b > y. The redundant a >= x lets the database use an index.
    first = direction[0].removeprefix("-")
    bound = Q(**{f"{first}__{'lte' if direction[0].startswith('-') else 'gte'}": place[0]})
    step = Q()
    for number, name in enumerate(direction):
        same = Q(**{direction[i].removeprefix("-"): place[i] for i in range(number)})
        compare = "lt" if name.startswith("-") else "gt"
        step |= same & Q(**{f"{name.removeprefix('-')}__{compare}": place[number]})
    return bound & step


def _link(query: QueryDict, param: str, order: Sequence[str], row: Model) -> str:
    values = [getattr(row, name.removeprefix("-")) for name in order]
    text = json.dumps(values, cls=_ExactEncoder, ensure_ascii=False)
    return with_params(query, {param: base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")})


class _ExactEncoder(DjangoJSONEncoder):
    """Keeps microseconds, which Django's encoder cuts off: a page would then begin with the last row again."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if hasattr(o, "isoformat") else super().default(o)


def _read_place(rows: QuerySet[Any], order: Sequence[str], text: str) -> list[Any] | None:
    if not text:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if not isinstance(values, list) or len(values) != len(order):
            return None
        fields = [rows.model._meta.get_field(name.removeprefix("-")) for name in order]
        return [field.to_python(value) for field, value in zip(fields, values, strict=True)]
    except (ValueError, TypeError, ValidationError):
        return None
