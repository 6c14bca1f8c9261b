"""What a report says in words of its own: without what law and form prescribe, without names, figures and marks."""

import dataclasses
import functools
import importlib.resources
import re
import zlib
from collections.abc import Iterator, Sequence

import yaml

from gongkai.auditing.model import FilledReport, Passage

GRAM = 13
# One mark in so many grams is kept, the same ones in every report; at most so many in all.
SAMPLED = 16
MOST_MARKS = 1_000
_SENTENCE = re.compile(r"[^。!?;\n]+")
_CLAUSE = re.compile(r"[^,、]+[,、]?")
_FIGURE = re.compile(r"\d")
_ONE_SELF = re.compile(r"[我本全各该][省市县区州旗盟镇乡街局委厅院办处]")
_HANZI = re.compile(r"[\u4e00-\u9fff]")
_HEADING = re.compile(r"\s*(?:[((]?[一二三四五六七八九十]{1,3}[))、.]|\d{1,2}[、.])?\s*[^。;,]{0,36}\s*")


@dataclasses.dataclass(frozen=True)
class OwnWords:
    """Characters that count, in order. `at[i]` says in which passage and where in it the i-th stands."""

    text: str
    at: Sequence[tuple[int, int]]
    passages: tuple[Passage, ...]

    @functools.cached_property
    def grams(self) -> frozenset[str]:
        return frozenset(self.text[i : i + GRAM] for i in range(len(self.text) - GRAM + 1))

    def place(self, start: int, end: int) -> tuple[Passage, int, int]:
        """The passage in which a stretch begins, and the stretch there, names and figures between included."""
        number, first = self.at[start]
        last = next(at for n, at in reversed(self.at[start:end]) if n == number)
        return self.passages[number], first, last + 1


def of(report: FilledReport) -> OwnWords:
    """The report's own words."""
    name = _own_name(report.agency)
    text: list[str] = []
    at: list[tuple[int, int]] = []
    for number, passage in enumerate(report.passages):
        if _HEADING.fullmatch(passage.text):
            continue
        for start, end in _stretches(passage.text, name):
            for match in _HANZI.finditer(passage.text, start, end):
                text.append(match.group())
                at.append((number, match.start()))
    return OwnWords("".join(text), at, report.passages)


def marks(report: FilledReport) -> tuple[int, ...]:
    """A small sample of the runs of characters in the report's own words: alike in reports that say the same."""
    code = of(report).text.encode("utf-16-le")
    hashes = (zlib.crc32(code[i : i + 2 * GRAM]) for i in range(0, len(code) - 2 * GRAM + 1, 2))
    return tuple(sorted({value for value in hashes if value % SAMPLED == 0})[:MOST_MARKS])


def _stretches(text: str, name: re.Pattern[str] | None) -> Iterator[tuple[int, int]]:
    """Where in a passage words of one's own stand."""
    whole, inside = _prescribed()
    for sentence in _SENTENCE.finditer(text):
        if whole.search(re.sub(r"\s+", "", sentence.group())):
            continue
        for clause in _CLAUSE.finditer(text, *sentence.span()):
            if not _FIGURE.search(clause.group()):
                yield from _without(text, clause.span(), [p for p in (inside, _ONE_SELF, name) if p])


def _without(text: str, span: tuple[int, int], patterns: Sequence[re.Pattern[str]]) -> Iterator[tuple[int, int]]:
    at = span[0]
    for start, end in sorted(match.span() for pattern in patterns for match in pattern.finditer(text, *span)):
        if start > at:
            yield at, start
        at = max(at, end)
    if at < span[1]:
        yield at, span[1]


def _own_name(agency: str) -> re.Pattern[str] | None:
    bare = re.sub(r"(?:人民政府|管委会|管理委员会|办事处)$", "", agency)
    return re.compile("|".join(re.escape(name) for name in (agency, bare))) if len(bare) >= 2 else None


@functools.cache
def _prescribed() -> tuple[re.Pattern[str], re.Pattern[str]]:
    source = importlib.resources.files("gongkai.auditing.prose") / "prescribed.yaml"
    data = yaml.safe_load(source.read_text(encoding="utf-8"))
    return re.compile("|".join(data["sentences"])), re.compile("|".join(data["phrases"]))
