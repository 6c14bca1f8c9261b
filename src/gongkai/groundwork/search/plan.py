"""How the text of a query is read: which terms a document must hold, and what to mark in it.

The text never meets a query language: it becomes clauses of literal terms, whatever it contains.
"""

import dataclasses
import re
from collections.abc import Iterable, Iterator

import rjieba

from gongkai.groundwork.search import contract, words

LONGEST_TEXT = 200
MOST_CLAUSES = 16
FUNCTION_WORDS = frozenset("的和与及等在对了为于是之其或并将被把从向以就也而")

_quoted = re.compile(r'["“”「『]([^"“”「」『』]+)["“”」』]')


@dataclasses.dataclass(frozen=True, slots=True)
class Word:
    """A run of letters and digits, or a dictionary word of three and more characters."""

    term: str


@dataclasses.dataclass(frozen=True, slots=True)
class Character:
    term: str


@dataclasses.dataclass(frozen=True, slots=True)
class Phrase:
    """Grams that follow each other; a single gram is a plain term."""

    grams: tuple[str, ...]


Clause = Word | Character | Phrase
Pair = tuple[Clause, str]
"""A clause with what it marks in the text."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    clauses: tuple[Clause, ...]
    """All must be met."""
    marks: tuple[str, ...]
    reading: contract.Reading
    exact: tuple[str, ...] = ()
    """Numbers that the whole text may be; their documents come first and belong to the hits in any case."""
    begins: tuple[str, ...] = ()
    """The text as the beginning of a number; such documents belong to the hits too."""
    whole: Phrase | None = None
    """The text as it stands, where it was read as several words; titles with it come before others."""


def plans(text: str) -> Iterator[Plan]:
    """The ways to read a text, strictest first; each next one is for when the one before finds nothing."""
    cut = text[:LONGEST_TEXT]
    number = words.number(cut)
    as_words = _plan_of_words(cut)
    if number and number.serial and not _quoted.search(words.normalise(cut)):
        yield _plan_of_number(cut, number)
    elif number:
        as_words = dataclasses.replace(as_words, reading=contract.Reading.NUMBER)
    yield as_words
    if apart := _taken_apart(as_words):
        yield apart


def plan(text: str) -> Plan:
    """The strictest reading."""
    return next(plans(text))


def number_filter(text: str) -> tuple[str, ...]:
    """The keys under which documents of a number, or of numbers that begin so, are found."""
    begin = words.number(text)
    beginning = begin.key if begin else words.compact(text)
    return (*words.whole_keys(text), *([beginning] if beginning else []))


def _plan_of_number(text: str, number: words.Number) -> Plan:
    unit = f"{number.year}n{number.serial}"
    return Plan(
        clauses=(Phrase(tuple(words.grams(number.mark + unit))),),
        marks=(f"{number.mark}〔{number.year}〕{number.serial}号",),
        reading=contract.Reading.NUMBER,
        exact=tuple(words.whole_keys(text)),
    )


def _plan_of_words(text: str) -> Plan:
    normalised = words.normalise(text)
    quoted = [pair for part in _quoted.findall(normalised) for pair in _phrases(part)]
    free = list(_free(_quoted.sub(" ", normalised)))
    pairs = [*quoted, *_without_function_words(free, alone=not quoted)]
    return Plan(
        clauses=tuple(dict.fromkeys(clause for clause, _ in pairs))[:MOST_CLAUSES],
        marks=tuple(dict.fromkeys(mark for _, mark in pairs)),
        reading=_reading(text, [clause for clause, _ in pairs]),
        exact=() if quoted else tuple(words.whole_keys(text)),
        begins=() if quoted else number_filter(text)[-1:],
        whole=_whole(normalised) if len(pairs) > 1 and not quoted else None,
    )


def _taken_apart(whole: Plan) -> Plan | None:
    """The same with its long words in pieces; None where nothing is long."""
    taken = [piece for clause in whole.clauses for piece in _pieces(clause)]
    clauses = tuple(dict.fromkeys(clause for clause, _ in taken))[: 2 * MOST_CLAUSES]
    if clauses == whole.clauses:
        return None
    marks = tuple(dict.fromkeys(mark for _, mark in taken))
    return Plan(clauses=clauses, marks=marks, reading=contract.Reading.PARTS)


def _whole(normalised: str) -> Phrase | None:
    runs = words.runs(normalised)
    return Phrase(tuple(words.grams(runs[0]))) if len(runs) == 1 else None


def _reading(text: str, clauses: list[Clause]) -> contract.Reading:
    if not clauses:
        return contract.Reading.NOTHING if text.strip() else contract.Reading.EVERYTHING
    long = [isinstance(clause, Phrase) and len(clause.grams) > 1 for clause in clauses]
    return contract.Reading.PHRASE if all(long) else contract.Reading.WORDS


def _phrases(quoted: str) -> Iterator[Pair]:
    for run in words.runs(quoted):
        chain = words.units(run)
        yield (Phrase(tuple(words.grams(run))) if len(chain) > 1 else _single(chain[0])), run


def _single(unit: str) -> Clause:
    return Character(unit) if words.is_character(unit) else Word(unit)


def _free(normalised: str) -> Iterator[Pair]:
    """The clauses of unquoted text, each with what it marks."""
    for run in words.runs(normalised):
        before = ""
        for token in _tokens(run):
            if year_and_serial := words.split_number(token):
                yield Phrase(tuple(words.grams(before + token))), before + "〔{}〕{}号".format(*year_and_serial)
            elif len(token) == 1 and before and not words.is_character(before):
                # '2023年' and '27号' belong together; 年 and 号 alone would say nothing.
                if not words.split_number(before):
                    yield Phrase((before + token,)), before + token
            else:
                yield _clause(token), token
            before = token


def _clause(token: str) -> Clause:
    if len(token) == 1:
        return _single(token)
    known = not words.is_character(token) or token in words.dictionary_words(token)
    return Word(token) if known else Phrase(tuple(words.grams(token)))


def _tokens(run: str) -> Iterator[str]:
    """The words of a run; single characters that no word joins are taken together."""
    for segment in words.segments(run):
        if not words.is_character(segment):
            yield segment[: words.LONGEST_UNIT]
            continue
        single = ""
        for word in rjieba.cut(segment):
            if len(word) == 1 and word not in FUNCTION_WORDS:
                single += word
                continue
            if single:
                yield single
            single = ""
            yield word
        if single:
            yield single


def _without_function_words(pairs: list[Pair], *, alone: bool) -> list[Pair]:
    """'和' or '的' between words asks for nothing; by itself it is what was asked."""
    telling = [(clause, mark) for clause, mark in pairs if mark not in FUNCTION_WORDS]
    return telling if telling or not alone else pairs


def _pieces(clause: Clause) -> Iterable[Pair]:
    """Compounds are mostly two and two: 人民政府 is 人民 and 政府; of an odd rest the last two go together."""
    match clause:
        case Word(term) if words.is_character(term):
            grams = words.grams(term)
        case Phrase(grams):
            pass
        case _:
            return [(clause, clause.term)]
    taken = dict.fromkeys([*grams[::2], grams[-1]])
    return [(Phrase((gram,)), gram) for gram in taken]
