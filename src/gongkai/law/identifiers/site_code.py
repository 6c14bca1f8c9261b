"""政府网站标识码: ten characters. Governments: six-digit division and serial; ministries: bm; other bodies: N."""

import enum
import re

from gongkai.law.identifiers import regions, spelling
from gongkai.law.identifiers.invalid import Invalid, Reason, holds


class Owner(enum.StrEnum):
    """What kind of body runs the site."""

    GOVERNMENT = "government"
    MINISTRY = "ministry"
    OTHER = "other"


_FORMS = {
    Owner.GOVERNMENT: re.compile(r"[0-9]{10}"),
    Owner.MINISTRY: re.compile(r"bm[0-9]{8}"),
    Owner.OTHER: re.compile(r"N[0-9]{9}"),
}


def compact(text: str) -> str:
    """Ten characters; `bm` in small letters, `N` as a capital, as the register writes them."""
    code = spelling.plain(text)
    return f"bm{code[2:]}" if code.startswith("BM") else code


def validate(text: str) -> str:
    """The compact code. Raises `Invalid`."""
    code = compact(text)
    if len(code) != 10:
        raise Invalid(Reason.LENGTH, "网站标识码应为10位。")
    owner = next((kind for kind, form in _FORMS.items() if form.fullmatch(code)), None)
    if owner is None:
        raise Invalid(Reason.FORMAT, "网站标识码应为10位数字，或以bm、N开头。")
    if owner is Owner.GOVERNMENT and code[:2] not in regions.PROVINCES:
        raise Invalid(Reason.COMPONENT, "网站标识码中的行政区划码不存在。")
    return code


def is_valid(text: str) -> bool:
    return holds(validate, text)


def owner(text: str) -> Owner:
    """Who runs the site with this valid code. Raises `Invalid`."""
    code = validate(text)
    return next(kind for kind, form in _FORMS.items() if form.fullmatch(code))
