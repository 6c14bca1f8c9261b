"""Characters and numbers as they stand in reports: full and half width, broken words, blanks that are not zero."""

import functools
import re
import unicodedata
from decimal import Decimal, InvalidOperation


def _table() -> dict[int, str]:
    table: dict[int, str] = {}
    for code in (
        *range(0x00A0, 0x0100),
        *range(0x2000, 0x2070),
        *range(0x2460, 0x2474),
        *range(0x2E80, 0x2FE0),
        *range(0x3000, 0x3040),
        *range(0xF900, 0xFB00),
        *range(0xFE10, 0xFE70),
        *range(0xFF01, 0xFFEF),
    ):
        folded = unicodedata.normalize("NFKC", chr(code))
        if len(folded) == 1 and folded != chr(code):
            table[code] = folded
    for marks, plain_mark in (
        ("−–—﹣－‐‑‒―─", "-"),
        ("〔﹝［【", "["),
        ("〕﹞］】", "]"),
        ("、､", "、"),
        ("“”„‟＂", '"'),
        ("‘’", "'"),
        ("\u200b\ufeff\u00a0\u2002\u2003\u3000\t\x0b\x0c\r", " "),
        ("∶", ":"),
        ("〇", "0"),
        ("．", "."),
    ):
        for mark in marks:
            table[ord(mark)] = plain_mark
    return table


_PLAIN = _table()
BLANKS = frozenset(
    {"", "-", "--", "---", "/", "\\", "//", "N/A", "NA", "n/a", "无", "空", "*", ".", "_", "-/-", "·", "…"}
)
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_UNIT = re.compile(r"(?:万元|元|人次|件次|件|条|次|个|项|人|篇|份|宗|起)$")
_MARK = re.compile(
    r"^(?:[\((]?[一二三四五六七八九十]{1,3}[\))]|[一二三四五六七八九十]{1,3}[、,.]|[\((]?\d{1,2}[\))]|\d{1,2}[、.,:]|其中[::]?)+"
)
_NOT_WORD = re.compile(r"[^\u3400-\u9fffA-Za-z0-9/]+")


@functools.lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """One character for one character: full-width forms, dashes, brackets and blanks folded. Length is kept."""
    return text.translate(_PLAIN)


@functools.lru_cache(maxsize=4096)
def squeezed(text: str) -> str:
    """Without any white space."""
    return "".join(plain(text).split())


@functools.lru_cache(maxsize=4096)
def key(label: str) -> str:
    """A label reduced to what identifies it: no numbering, no marks, no white space."""
    return _NOT_WORD.sub("", _MARK.sub("", squeezed(label)))


def is_blank(text: str) -> bool:
    """Blank or a sign that stands for nothing filled in. Never a zero."""
    return squeezed(text) in BLANKS


@functools.lru_cache(maxsize=4096)
def number(text: str) -> Decimal | None:
    """The value of a box that holds exactly one number (a unit may follow); None for anything else."""
    folded = plain(text).strip()
    if any(part.isspace() for part in folded):
        pieces = folded.split()
        if sum(bool(re.search(r"\d", piece)) for piece in pieces) != 1:
            return None
        folded = "".join(pieces)
    folded = _UNIT.sub("", folded)
    if folded == "零":
        return Decimal(0)
    if not _NUMBER.fullmatch(folded) or len(folded) > 24:
        return None
    try:
        return Decimal(folded.replace(",", ""))
    except InvalidOperation:
        return None


@functools.lru_cache(maxsize=4096)
def has_words(text: str) -> bool:
    """True if the box speaks (a label), false for numbers, blanks and units."""
    folded = _UNIT.sub("", squeezed(text))
    return folded not in BLANKS and folded != "零" and bool(re.search(r"[\u3400-\u9fffA-Za-z]", folded))


def json_number(value: Decimal) -> int | float:
    """An integer where it is one, else a float for JSON."""
    return int(value) if value == value.to_integral_value() else float(value)


def printed(value: Decimal | int) -> str:
    """As an officer writes it: no exponent, no trailing zeros."""
    value = Decimal(value)
    return str(int(value)) if value == value.to_integral_value() else format(value.normalize(), "f")
