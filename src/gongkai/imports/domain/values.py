"""Cells become values: tidy text, dates in the spellings that offices use."""

import re
import unicodedata
from datetime import date

_BLANKS = re.compile(r"[ \t\u00a0\u3000\u2000-\u200a]+")
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T ]+\d{1,2}:\d{2}(?::\d{2})?.*)?")
_FIRST_YEAR, _LAST_YEAR = 1949, 2099
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")


class NotADate(ValueError):
    """The text is no day of the calendar."""


def tidy(text: str) -> str:
    """One line without control, direction and zero-width characters; runs of blanks become one."""
    # Nearly all cells are plain; only those with something invisible are looked at character by character.
    if text.isprintable():
        return _BLANKS.sub(" ", unicodedata.normalize("NFC", text)).strip()
    visible = "".join(
        " " if character in "\r\n\t\x0b\x0c\u2028\u2029" else character
        for character in unicodedata.normalize("NFC", text)
        if character in "\r\n\t" or unicodedata.category(character) not in {"Cc", "Cf", "Cs"}
    )
    return _BLANKS.sub(" ", visible).strip()


def paragraphs(text: str) -> str:
    """The same for a text of several lines, which stay."""
    return "\n".join(line for line in (tidy(line) for line in text.splitlines()) if line)


def day(text: str) -> date | None:
    """The day; None for an empty cell. Raises NotADate."""
    if not text:
        return None
    match = _DATE.fullmatch(text) or _COMPACT_DATE.fullmatch(text)
    if match is None:
        raise NotADate(text)
    try:
        found = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError as error:
        raise NotADate(text) from error
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise NotADate(text)
    return found


_BETWEEN = re.compile(r"[、，,;；|\s]+")


def several(text: str) -> tuple[str, ...]:
    """The names in a list such as “甲局、乙局”."""
    return tuple(part for part in _BETWEEN.split(text) if part)


def flag(text: str) -> bool:
    """是, yes, true, 1, √ mean yes; everything else no."""
    return text.strip().lower() in {"是", "yes", "true", "1", "√", "y"}
