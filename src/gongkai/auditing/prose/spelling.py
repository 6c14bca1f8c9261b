"""Wrong and dropped characters in words of the law (TXT-11). A question at most: names may look alike."""

import dataclasses
import functools
import importlib.resources
import itertools
import re
from collections.abc import Iterator, Sequence

import yaml

from gongkai.auditing import characters
from gongkai.auditing.document import Grid, Paragraph, origins
from gongkai.auditing.model import FilledReport, Passage
from gongkai.auditing.prose.sentences import Sentence
from gongkai.auditing.recognition import labels
from gongkai.law import forms, wrong_words
from gongkai.law.findings import Finding, Severity, Status

SHORTEST_LABEL = 6
ALIKE = 0.85
MOST_MISSING = 3
LONGEST_LABEL = 60
REACH = 6
_BETWEEN_NUMBERS = re.compile(r"[\d\s.,/()\-]+")


def check(report: FilledReport, sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Slips in sentences and in the printed labels of the tables."""
    slips = _slips()
    for sentence in sentences:
        for match in slips.pattern.finditer(sentence.text):
            if slips.honest(sentence.text, match.span()):
                continue
            yield _slip(sentence, match.span(), slips.known[match.group()])
        for hit in _typos().find(sentence.text):
            yield _slip(sentence, (hit.start, hit.end), hit.word.right)
    if report.form is not None:
        yield from _labels(report)


def _slip(sentence: Sentence, span: tuple[int, int], right: str) -> Finding:
    message = f"“{sentence.text[slice(*span)]}”疑为“{right}”之误"
    return _finding((sentence.where(*span),), message)


@functools.cache
def _typos() -> wrong_words.Matcher:
    return wrong_words.Matcher(word for word in wrong_words.base() if word.kind is wrong_words.Kind.TYPO)


@dataclasses.dataclass(frozen=True)
class _Slips:
    """Wrong → right, what finds the wrong, and words that are right in spite of it."""

    known: dict[str, str]
    pattern: re.Pattern[str]
    right: re.Pattern[str]

    def honest(self, text: str, span: tuple[int, int]) -> bool:
        """True if the stretch is a part of an honest word, or reaches into one."""
        near = self.right.finditer(text, max(span[0] - REACH, 0), span[1] + REACH)
        return any(word.start() < span[1] and word.end() > span[0] for word in near)


@functools.cache
def _slips() -> _Slips:
    source = importlib.resources.files("gongkai.auditing.prose") / "spelling.yaml"
    data = yaml.safe_load(source.read_text(encoding="utf-8"))
    known: dict[str, str] = dict(data["wrong"])
    terms = [term for line in data["terms"] for term in line]
    for term in terms:
        known.update({v: term for v in _variants(term) if v not in known and not any(v in other for other in terms)})
    words = [re.escape(word) for word in sorted(known, key=len, reverse=True)]
    for piece, (term, following) in data["pieces"].items():
        known[piece] = term
        words.append(f"{piece}(?=[\u4e00-\u9fff])(?![{following}])")
    return _Slips(known, re.compile("|".join(words)), re.compile("|".join(map(re.escape, data["right"]))))


def _variants(term: str) -> Iterator[str]:
    """One inner character dropped, or two neighbours exchanged. The first stays: it may end the word before."""
    for i in range(1, len(term) - 1):
        yield term[:i] + term[i + 1 :]
        yield term[:i] + term[i + 1] + term[i] + term[i + 2 :]


def _labels(report: FilledReport) -> Iterator[Finding]:
    """Rows whose printed label is nearly, but not quite, that of the form. One finding, however many there are."""
    right = _right_labels(report.edition)
    slips: dict[str, str] = {}
    for text in itertools.chain(_boxes(report), _run_together(report)):
        printed = characters.squeezed(text) if len(text) <= LONGEST_LABEL else ""
        wanted = _meant(characters.key(printed), right)
        if wanted:
            slips[printed] = wanted
    if slips:
        words = "、".join(f"“{printed}”(规定为“{right[wanted]}”)" for printed, wanted in slips.items())
        cells = tuple(dict.fromkeys(_first_cell(report.edition, right[wanted]) for wanted in slips.values()))
        yield _finding(cells, f"表格行名疑有错字或漏字:{words}")


def _boxes(report: FilledReport) -> Iterator[str]:
    for block in report.document.blocks:
        if isinstance(block, Grid):
            for y, row in enumerate(block.rows):
                yield from (slot.text for slot in origins(row, y))


def _run_together(report: FilledReport) -> Iterator[str]:
    """The words between the numbers of tables that were read from running text: what is left without the prose."""
    prose: dict[int, list[Passage]] = {}
    for passage in report.passages:
        prose.setdefault(passage.block, []).append(passage)
    places = [reading.place for reading in report.cells.values() if reading.place is not None and reading.place.row < 0]
    for number in range(min((p.block for p in places), default=0), max((p.block for p in places), default=-1) + 1):
        block = report.document.blocks[number]
        if isinstance(block, Paragraph):
            text = block.plain
            for passage in reversed(prose.get(number, [])):
                text = text[: passage.offset] + "\n" + text[passage.offset + len(passage.text) :]
            yield from _BETWEEN_NUMBERS.split(text)


@functools.cache
def _right_labels(edition: str) -> dict[str, str]:
    """Key → label of every row that is long enough to be recognised in spite of a slip."""
    rows = (entry.row for entry in forms.form(edition).cells.values())
    return {characters.key(label): row.label for row in rows for label in row.labels}


@functools.lru_cache(maxsize=4096)
def _like(name: str, edition_labels: tuple[str, ...]) -> str:
    close = [other for other in edition_labels if abs(len(other) - len(name)) <= MOST_MISSING]
    best = max(close, key=lambda other: labels.likeness(name, other), default="")
    return best if best and labels.likeness(name, best) >= ALIKE else ""


def _meant(name: str, right: dict[str, str]) -> str:
    long_ones = tuple(known for known in right if len(known) >= SHORTEST_LABEL)
    if len(name) < SHORTEST_LABEL or any(name in known or known in name for known in long_ones):
        return ""
    return _like(name, long_ones)


def _first_cell(edition: str, label: str) -> str:
    return next(cell for cell, entry in forms.form(edition).cells.items() if entry.row.label == label)


def _finding(where: tuple[str, ...], message: str) -> Finding:
    return Finding("TXT-11", Severity.WARNING, Status.UNCERTAIN, where, message)
