"""Marks what was found in the original text: its width, case and brackets stay as they were written."""

import dataclasses
import functools
import html
import re
import unicodedata
from collections.abc import Iterable, Sequence

from gongkai.groundwork.search import words

OPEN, CLOSE, GAP = "<mark>", "</mark>", "…"
LONGEST_TEXT = 200_000
"""A snippet is sought in so many characters from the start; attachments can be books."""
LETTER = "[0-9a-z]"
Span = tuple[int, int]

_number = re.compile(rf"〔({words.YEAR})〕(\d+)号")
_space = re.compile(r"\s+")


@dataclasses.dataclass(frozen=True, slots=True)
class Snippet:
    html: str
    """Escaped, with the hits in <mark>."""
    found: bool
    """False where no word occurs, so that the snippet is merely the beginning."""


def marked(text: str, marks: Iterable[str]) -> str:
    """The whole text as safe HTML with every hit marked: for titles and numbers."""
    return _render(text, _spans(text, marks), 0, len(text))


def snippet(text: str, marks: Sequence[str], *, length: int = 120, windows: int = 2) -> Snippet:
    """Up to so many windows around the hits, together about `length` characters of the text."""
    text = text[:LONGEST_TEXT]
    spans = _spans(text, marks)
    if not spans:
        return Snippet(_tidy(html.escape(text[:length])) + (GAP if len(text) > length else ""), found=False)
    shown = _windows(text, spans, length=length, windows=windows)
    pieces = [_render(text, spans, start, end) for start, end in shown]
    before, after = shown[0][0] > 0, shown[-1][1] < len(text)
    return Snippet((GAP if before else "") + GAP.join(map(_tidy, pieces)) + (GAP if after else ""), found=True)


def _spans(text: str, marks: Iterable[str]) -> list[Span]:
    """Where the marks occur, in order and without overlap."""
    patterns = [_pattern(mark) for mark in sorted(set(marks), key=len, reverse=True) if mark]
    return [hit.span() for hit in re.finditer("|".join(patterns), _folded(text))] if patterns else []


def _pattern(mark: str) -> str:
    """A mark as a regular expression over folded text; names may be padded, numbers have any brackets."""
    number = _number.search(mark)
    if number:
        head = re.escape(mark[: number.start()])
        year = rf"[{words.OPENING}]?\s*{number[1]}\s*年?\s*[{words.CLOSING}]?"
        return rf"{head}\s*{year}\s*第?\s*0*{number[2]}(?:\s*号|(?!\d))"
    if words.is_character(mark):
        return r"\s{0,2}".join(mark)
    # A run of letters and digits is one word: '27' is not in '127'.
    before = rf"(?<!{LETTER})" if mark[0].isascii() else ""
    after = rf"(?!{LETTER})" if mark[-1].isascii() else ""
    return before + re.escape(mark) + after


def _folded(text: str) -> str:
    """The text in one width and case with every character in its place.

    What unfolds to several characters (㎡, …) keeps the first only: places matter more here than such hits.
    """
    return text.translate({ord(character): _plain(character) for character in set(text)})


@functools.lru_cache(maxsize=1 << 16)
def _plain(character: str) -> str:
    return unicodedata.normalize("NFKC", character).lower()[:1]


def _windows(text: str, spans: list[Span], *, length: int, windows: int) -> list[Span]:
    """Stretches around hits: the first of each different word, then others, in the text's order."""
    each = max(length // windows, 1) if len(spans) > 1 else length
    different = {text[start:end]: (start, end) for start, end in reversed(spans)}.values()
    chosen: list[Span] = []
    for start, end in [*sorted(different), *spans]:
        if len(chosen) == windows:
            break
        if not any(first <= start < last for first, last in chosen):
            chosen.append(_around(start, end, len(text), each))
    return _joined(sorted(chosen))


def _around(start: int, end: int, size: int, length: int) -> Span:
    """About `length` characters with the hit in the first third."""
    first = max(0, min(start - (length - (end - start)) // 3, size - length))
    return max(0, min(first, start)), min(size, max(first + length, end))


def _joined(stretches: list[Span]) -> list[Span]:
    joined = stretches[:1]
    for start, end in stretches[1:]:
        if start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _render(text: str, spans: list[Span], start: int, end: int) -> str:
    pieces, place = list[str](), start
    for first, last in spans:
        if last <= start or first >= end:
            continue
        first, last = max(first, start), min(last, end)
        pieces += [html.escape(text[place:first]), OPEN, html.escape(text[first:last]), CLOSE]
        place = last
    return "".join([*pieces, html.escape(text[place:end])])


def _tidy(shown: str) -> str:
    return _space.sub(" ", shown).strip()
