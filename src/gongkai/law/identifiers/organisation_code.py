"""组织机构代码 (GB 11714): eight characters and a check character, written with or without a hyphen before it."""

import re

from gongkai.law.identifiers import spelling
from gongkai.law.identifiers.invalid import Invalid, Reason, holds

_FORM = re.compile(r"[0-9A-Z]{8}[0-9X]")
_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def compact(text: str) -> str:
    """Nine characters without hyphen."""
    return spelling.plain(text)


def check_character(body: str) -> str:
    """The ninth character for the first eight."""
    rest = 11 - sum(weight * int(character, 36) for weight, character in zip(_WEIGHTS, body, strict=True)) % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def validate(text: str) -> str:
    """The compact code. Raises `Invalid`."""
    code = compact(text)
    if len(code) != 9:
        raise Invalid(Reason.LENGTH, "组织机构代码应为9位。")
    if not _FORM.fullmatch(code):
        raise Invalid(Reason.FORMAT, "组织机构代码只能由数字和大写字母组成。")
    if check_character(code[:8]) != code[8]:
        raise Invalid(Reason.CHECKSUM, "组织机构代码的校验码不正确。")
    return code


def is_valid(text: str) -> bool:
    return holds(validate, text)


def display(text: str) -> str:
    """With the hyphen, as on old certificates."""
    code = compact(text)
    return f"{code[:8]}-{code[8:]}"
