"""What was asked for in the address, checked: a value that cannot be meant is refused with 400, never guessed."""

import re

from django.core.exceptions import BadRequest
from django.http import HttpRequest

from gongkai.published.selectors.listing import Place

LONGEST_TEXT = 200
_control = re.compile(r"[\x00-\x1f\x7f]+")


def text(request: HttpRequest, name: str) -> str:
    """The words of a parameter without control characters and outer spaces.

    Raises:
        BadRequest: they are longer than anyone would type.
    """
    value = _control.sub(" ", request.GET.get(name, "")).strip()
    if len(value) > LONGEST_TEXT:
        raise BadRequest("搜索内容过长")
    return value


def whole(request: HttpRequest, name: str, *, first: int, last: int) -> int | None:
    """A whole number between two others; None when it is absent.

    Raises:
        BadRequest: it is something else.
    """
    value = request.GET.get(name, "")
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) < 10 and first <= int(value) <= last):
        raise BadRequest(f"参数“{name}”不正确")
    return int(value)


def place(request: HttpRequest, name: str) -> Place | None:
    """A place in a list.

    Raises:
        BadRequest: it is not one that a list gave out.
    """
    value = request.GET.get(name, "")
    if not value:
        return None
    try:
        return Place.parse(value)
    except (ValueError, OverflowError) as error:
        raise BadRequest("翻页参数不正确") from error
