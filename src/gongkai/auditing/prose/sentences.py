"""Sentences and the quantities in them, with their places."""

import dataclasses
import functools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from gongkai.auditing.model import FilledReport, Passage
from gongkai.auditing.rules import places

UNIT = "人次|件次|万元|件|条|份|次|个|项|篇|起|宗|例|人|元|期|场|部|家|批|封|通|户|处|名|类"
_QUANTITY = re.compile(
    r"(?P<before>约|近|逾|超过?|不足|大约|将近)?(?<![\d.A-Za-z/\[])(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?P<wan>万)?"
    rf"(?P<vague>余|多|几)?(?P<unit>{UNIT})(?P<after>以上|左右|以内)?(?![年月日])"
)
_GAP = re.compile(r"[^\S\n]+")
_END = re.compile(r"[。!?\n]")


@dataclasses.dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit; `label` is the words before it since the last mark, `vague` marks 余, 约 and the like."""

    value: Decimal
    unit: str
    label: str
    start: int
    end: int
    vague: bool


@dataclasses.dataclass(frozen=True)
class Sentence:
    """A sentence without white space. `at` leads from its characters to those of the passage."""

    text: str
    at: Sequence[int]
    passage: Passage
    number: int

    def where(self, start: int, end: int) -> str:
        """The place of a stretch for a finding."""
        return places.prose(self.passage, self.at[start], self.at[min(end, len(self.at)) - 1] + 1)

    @property
    def whole(self) -> str:
        return self.where(0, len(self.text))

    @functools.cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        return tuple(_quantities(self.text))


def of_report(report: FilledReport) -> list[Sentence]:
    """All sentences of the prose, in order."""
    return [sentence for passage in report.passages for sentence in _sentences(passage)]


def _sentences(passage: Passage) -> Iterator[Sentence]:
    kept, text = _squeezed(passage.text)
    start = 0
    number = 0
    for end in [match.end() for match in _END.finditer(text)] + [len(text)]:
        if end > start and text[start:end].strip():
            yield Sentence(text[start:end], kept[start:end], passage, number)
            number += 1
        start = end


def _squeezed(source: str) -> tuple[Sequence[int], str]:
    """Without white space, with a bar where it parts two numbers, and where each character came from."""
    gaps = list(_GAP.finditer(source))
    if not gaps:
        return range(len(source)), source
    kept: list[int] = []
    pieces: list[str] = []
    last = 0
    for gap in gaps:
        kept.extend(range(last, gap.start()))
        pieces.append(source[last : gap.start()])
        if _between_digits(source, gap.start(), gap.end()):
            kept.append(gap.start())
            pieces.append("|")
        last = gap.end()
    kept.extend(range(last, len(source)))
    pieces.append(source[last:])
    return kept, "".join(pieces)


def _between_digits(text: str, start: int, end: int) -> bool:
    return start > 0 and end < len(text) and text[start - 1].isdigit() and text[end].isdigit()


def _quantities(text: str) -> Iterator[Quantity]:
    last = 0
    for match in _QUANTITY.finditer(text):
        number = Decimal(match["number"].replace(",", ""))
        if match["wan"]:
            number *= 10000
        begin = max(last, *(text.rfind(mark, 0, match.start()) + 1 for mark in ",;、:。(“"))
        label = text[begin : match.start()]
        vague = bool(match["before"] or match["vague"] or match["after"] or match["wan"])
        yield Quantity(number, match["unit"], label.strip("”\"' "), match.start(), match.end(), vague)
        last = match.end()
