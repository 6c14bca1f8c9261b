"""How text becomes search terms, the same way for documents and for queries.

A text is a chain of units: one CJK character or one run of other letters and digits. Three kinds of term
come of it: grams (each two neighbouring units, in order, so that any piece of text can be found as a phrase),
words (runs of letters and digits, and *all* dictionary words of three and more characters however the text
around them would be cut; two-character words are grams already), and single characters. So a word of a query
finds every text that contains it.
"""

import dataclasses
import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence

import rjieba

CJK = "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
WHOLE = "="
"""Stands before a key that is a number in full, so that its beginning is not taken for one."""
LONGEST_UNIT = 64

OPENING, CLOSING = r"〔\[(【{", r"〕\])】}"
YEAR = r"(?:19|20)\d\d"

_gap = re.compile(r"[\W_]+")
_run = re.compile(r"[^\W_]+")
_unit = re.compile(rf"[{CJK}]|[^\W_{CJK}]{{1,{LONGEST_UNIT}}}")
_unit_or_gap = re.compile(rf"[ {CJK}]|[^\W_{CJK}]{{1,{LONGEST_UNIT}}}")
_characters = re.compile(rf"[{CJK}]+")
_letters = re.compile(rf"[^\W_{CJK}]{{1,{LONGEST_UNIT}}}")
_segment = re.compile(rf"[{CJK}]+|[^\W_{CJK}]{{1,{LONGEST_UNIT}}}")
_padding = re.compile(rf"(?<=[{CJK}])[ \t]{{1,2}}(?=[{CJK}])")
_line_end = re.compile(rf"(?<=[{CJK}])[ \t]*\r?\n[ \t]*(?=[{CJK}])")
_number = re.compile(rf"[{OPENING}]\s*({YEAR})\s*年?\s*[{CLOSING}]\s*(?:第\s*)?0*(\d{{1,6}})(?!\d)")
_joined_number = re.compile(rf"({YEAR})n(\d{{1,6}})")
_loose_number = re.compile(
    rf"([{CJK}]{{2,20}})\s*[{OPENING}]?\s*({YEAR})\s*[{CLOSING}]?\s*(?:(?:n|\s|(?<=[{CLOSING}])第?|第)\s*0*(\d{{1,6}})\s*号?)?"
)


@dataclasses.dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a text, joined with spaces as the engine takes them."""

    grams: str
    words: str
    characters: str


def normalise(text: str) -> str:
    """One form for all ways of writing the same: width, case, brackets of document numbers.

    Traditional characters stay what they are.
    """
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    return _number.sub(r"\1n\2", text.lower())


def close_padding(normalised: str) -> str:
    """Take out the spaces that tables and signatures put inside short names ('王 伟').

    For documents only: between the words of a query a space separates.
    """
    return _padding.sub("", normalised) if " " in normalised or "\t" in normalised else normalised


def unwrap(text: str) -> str:
    """Join lines that end inside a sentence, as text taken from pages has them."""
    return _line_end.sub("", text) if "\n" in text else text


def terms(*texts: str) -> Terms:
    """The terms of several texts that belong together; no gram reaches over punctuation or from text to text."""
    spaced = _gap.sub(" ", "\n".join(["", *(close_padding(normalise(text)) for text in texts if text), ""]))
    letters = _letters.findall(spaced)
    # A gap stands in the chain as a space, so that the units beside it become terms of one unit.
    chain: Sequence[str] = _unit_or_gap.findall(spaced) if letters else spaced
    characters = " ".join(_characters.findall(spaced)) if letters else spaced
    return Terms(
        grams=" ".join([former + latter for former, latter in itertools.pairwise(chain)]),
        words=" ".join([*_words_of_letters(letters), *dictionary_words(characters)]),
        characters=" ".join(set(characters)),
    )


def units(run: str) -> list[str]:
    return _unit.findall(run)


def runs(normalised: str) -> list[str]:
    """Stretches of letters, digits and characters without punctuation or space between them."""
    return _run.findall(normalised)


def segments(run: str) -> list[str]:
    """A run cut where characters meet letters or digits."""
    return _segment.findall(run)


def is_character(unit: str) -> bool:
    return _characters.fullmatch(unit) is not None


def split_number(letters: str) -> tuple[str, str] | None:
    """Year and serial number of the unit that `normalise` makes of '〔2023〕27'."""
    found = _joined_number.fullmatch(letters)
    return (found[1], found[2]) if found else None


def grams(run: str) -> list[str]:
    """Neighbouring units by twos; a run of one unit stands for itself."""
    chain = units(run)
    return [former + latter for former, latter in itertools.pairwise(chain)] if len(chain) > 1 else chain


def dictionary_words(characters: str) -> list[str]:
    """All dictionary words of three and more characters anywhere in the text, overlapping ones too."""
    return [word for word in rjieba.cut_all(characters) if len(word) > 2]


def compact(text: str) -> str:
    """A text without punctuation and spaces: how numbers are compared whole."""
    return "".join(runs(normalise(text)))


@dataclasses.dataclass(frozen=True, slots=True)
class Number:
    """A document number of the usual form: issuer's mark, year, serial number."""

    mark: str
    year: str
    serial: str | None

    @property
    def key(self) -> str:
        return f"{self.mark}{self.year}" + (f"n{self.serial}" if self.serial else "")


def number(text: str) -> Number | None:
    """Read a number in any bracket style or in none ('国办发 2023 27'); None if it is something else."""
    normalised = normalise(text).strip()
    found = _loose_number.fullmatch(normalised.removesuffix("号") if "n" in normalised else normalised)
    return Number(*found.groups()) if found else None


def number_keys(text: str) -> list[str]:
    """What the number of a document is found by: itself, its mark, and its mark with the year."""
    known = number(text)
    begins = [known.mark, known.mark + known.year] if known else []
    return [*begins, *whole_keys(text)]


def whole_keys(text: str) -> list[str]:
    """What a number is found by when it is asked in full; empty where it holds nothing that counts."""
    known = number(text)
    keys = [known.key if known else "", compact(text)]
    return [WHOLE + key for key in dict.fromkeys(keys) if key]


def _words_of_letters(letters: list[str]) -> Iterator[str]:
    for word in letters:
        yield word
        yield from split_number(word) or ()
