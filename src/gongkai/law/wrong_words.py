"""Wrong, outdated and unfit words in a text, found in one pass however long the lists are.

A word that stands inside a longer right one (末经 in 期末经营) is no hit: the right words run along in the same
automaton, and the leftmost longest of all wins.
"""

import dataclasses
import datetime
import enum
import functools
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import ahocorasick_rs

from gongkai.law import datafiles
from gongkai.law.findings import Severity


class Kind(enum.StrEnum):
    """Why a word is on a list."""

    TYPO = "typo"
    USAGE = "usage"
    OUTDATED_NAME = "outdated_name"
    OUTDATED_LAW = "outdated_law"
    WORDING = "wording"
    OWN = "own"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Kind.TYPO: "疑似错别字",
    Kind.USAGE: "不是规范写法",
    Kind.OUTDATED_NAME: "机构名称已经变化",
    Kind.OUTDATED_LAW: "所引依据已经废止",
    Kind.WORDING: "用语不当",
    Kind.OWN: "在词表中",
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One wrong word; `right` is what to write instead, empty where it is only to be looked at."""

    wrong: str
    right: str = ""
    kind: Kind = Kind.OWN
    severity: Severity = Severity.WARNING
    fine: tuple[str, ...] = ()
    since: datetime.date | None = None
    basis: str = ""


class Hit(NamedTuple):
    """A word where it stands: half-open character range."""

    start: int
    end: int
    word: Word


class Matcher:
    """Looks for all words at once; made once for a set of words and used for many texts."""

    def __init__(self, words: Iterable[Word]) -> None:
        self._words = {word.wrong: word for word in words}
        fine = {longer for word in self._words.values() for longer in word.fine} - self._words.keys()
        self._patterns = [*self._words, *sorted(fine)]
        self._automaton = ahocorasick_rs.AhoCorasick(self._patterns, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)

    def find(self, text: str, *, written_on: datetime.date | None = None) -> Iterator[Hit]:
        """All hits in their order; a name that went out of date after ``written_on`` is left alone."""
        for pattern, start, end in self._automaton.find_matches_as_indexes(text):
            word = self._words.get(self._patterns[pattern])
            if word is not None and (word.since is None or written_on is None or written_on >= word.since):
                yield Hit(start, end, word)


@functools.cache
def base() -> tuple[Word, ...]:
    """The list that comes with the product."""
    return tuple(_read())


def _read() -> Iterator[Word]:
    for kind, group in datafiles.read_mapping("wrong_words.yaml").items():
        for entry in group["words"]:
            for wrong in entry["wrong"]:
                yield Word(
                    wrong=wrong,
                    right=entry["right"],
                    kind=Kind(kind),
                    severity=Severity(entry.get("severity", group["severity"])),
                    fine=tuple(entry.get("fine", ())),
                    since=entry.get("since"),
                    basis=entry.get("basis", ""),
                )
