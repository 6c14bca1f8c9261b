"""统一社会信用代码 (GB 32100-2015): 18 characters, of which the ninth to the seventeenth are the organisation code."""

import re

from gongkai.law.identifiers import regions, spelling
from gongkai.law.identifiers.invalid import Invalid, Reason, holds

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I, O, S, V, Z
_FORM = re.compile(rf"[{_ALPHABET}]{{2}}[0-9]{{6}}[{_ALPHABET}]{{10}}")
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))


def compact(text: str) -> str:
    """18 characters in capitals without blanks and hyphens."""
    return spelling.plain(text)


def check_character(body: str) -> str:
    """The eighteenth character for the first seventeen."""
    weighted = (weight * _ALPHABET.index(character) for weight, character in zip(_WEIGHTS, body, strict=True))
    return _ALPHABET[-sum(weighted) % 31]


def validate(text: str) -> str:
    """The compact code. Raises `Invalid`."""
    code = compact(text)
    if len(code) != 18:
        raise Invalid(Reason.LENGTH, "统一社会信用代码应为18位。")
    if not _FORM.fullmatch(code):
        raise Invalid(Reason.FORMAT, "统一社会信用代码含有不允许的字符（不使用I、O、S、V、Z）。")
    if code[2:4] not in regions.PROVINCES and code[2:4] != regions.COUNTRY:
        raise Invalid(Reason.COMPONENT, "统一社会信用代码中的行政区划码不存在。")
    if check_character(code[:17]) != code[17]:
        raise Invalid(Reason.CHECKSUM, "统一社会信用代码的校验码不正确。")
    return code


def is_valid(text: str) -> bool:
    return holds(validate, text)


def organisation_code(text: str) -> str:
    """The nine characters of the organisation code inside a valid code. Raises `Invalid`."""
    return validate(text)[8:17]


def region(text: str) -> str:
    """The six digits of the registering division inside a valid code. Raises `Invalid`."""
    return validate(text)[2:8]
