"""Mobile numbers of the mainland: eleven digits of an allotted range, optionally after +86."""

import re

from gongkai.law.identifiers import spelling
from gongkai.law.identifiers.invalid import Invalid, Reason, holds

_COUNTRY = re.compile(r"(?:\+|00)86")
_RANGES = re.compile(r"1(?:3[0-9]|4[014-9]|5[0-35-9]|6[2567]|7[0-8]|8[0-9]|9[0-35-9])[0-9]{8}")


def compact(text: str) -> str:
    """Eleven digits without country code."""
    number = spelling.plain(text)
    return _COUNTRY.sub("", number, count=1) if number.startswith(("+86", "0086")) else number


def validate(text: str) -> str:
    """The compact number. Raises `Invalid`."""
    number = compact(text)
    if not (number.isascii() and number.isdigit()):
        raise Invalid(Reason.FORMAT, "手机号码只能由数字组成。")
    if len(number) != 11:
        raise Invalid(Reason.LENGTH, "手机号码应为11位。")
    if not _RANGES.fullmatch(number):
        raise Invalid(Reason.COMPONENT, "手机号码的号段不存在。")
    return number


def is_valid(text: str) -> bool:
    return holds(validate, text)
