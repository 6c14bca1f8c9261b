"""Tables whose every box stands on a line of its own, closed by a bar.

Extraction tools write them so when the boxes of the page held paragraphs. Rows are filled up with bars to one
width, and some tools open each row with a bar. Both must be found out before the boxes can be told apart.
"""

import re

from gongkai.auditing import characters

_PIPES = {0xFF5C: "|", 0x2502: "|", 0x2503: "|"}
_PART = re.compile(r"[^|]*\|+|\|+")
_CHAPTER = re.compile(r"[一二三四五六七八九十]{1,3}、(?!本年新收|上年结转|本年度办理|结转)")
WIDTHS = range(2, 17)
FEWEST_LINES = 4
MOST_OPEN = 4
LONGEST_WORDS = 40
LONGEST_LINE = 120


def is_part(line: str) -> bool:
    """True for a line that is one box and its bars, or bars only."""
    folded = line.translate(_PIPES).strip()
    return "|" in folded and len(folded) <= LONGEST_LINE and bool(_PART.fullmatch(folded))


def is_open(lines: list[str]) -> bool:
    """True if the first line is words of a box whose bar follows on a line of its own."""
    for line in lines:
        folded = line.translate(_PIPES).strip()
        if "|" in folded:
            return folded.startswith("|") and line is not lines[0] and bool(_PART.fullmatch(folded))
        if len(folded) > LONGEST_WORDS or folded.endswith(("。", ":", "!")) or _CHAPTER.match(folded):
            return False
    return False


def rows(text: str) -> list[list[str]]:
    """The rows of such a table; rows of a single box each if no width fits."""
    stream = [box.strip() for box in text.translate(_PIPES).replace("\n", " ").split("|")[:-1]]
    best, score = [[box] for box in stream], 0.0
    for width in WIDTHS:
        for opened in (False, True):
            cut = _cut(stream, width, opened=opened)
            value = _score(cut, width)
            if value > score:
                best, score = cut, value
    return best


def _cut(stream: list[str], width: int, *, opened: bool) -> list[list[str]]:
    """Rows of `width` boxes; with `opened` an empty box goes before each row."""
    step = width + opened
    cut = [stream[i : i + step] for i in range(0, len(stream), step)]
    if opened:
        if any(row[0] for row in cut):
            return []
        cut = [row[1:] for row in cut]
    return [row for row in cut if row]


def _score(cut: list[list[str]], width: int) -> float:
    """The share of rows that open with words. A remainder that does not fill a row counts against the width."""
    if len(cut) < 2:
        return 0.0
    opening = sum(bool(row[0]) and characters.has_words(row[0]) for row in cut)
    return opening / len(cut) - 0.001 * width - (0.05 if len(cut[-1]) != width else 0.0)
