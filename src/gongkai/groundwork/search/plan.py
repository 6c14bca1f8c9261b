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


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    clauses: tuple[Clause, ...]
    """All must be met."""
    marks: tuple[str, ...]
    reading: contract.Reading
    exact: tuple[str, ...] = ()
    """Numbers that the whole text may be; their documents come first and belong to the hits in any case."""
    begins: tuple[str, ...] = ()
    """The text as the beginning of a number; such documents come after those with the words in the title."""


def plan(text: str) -> Plan:
    cut = text[:LONGEST_TEXT]
    normalised = words.normalise(cut)
    quoted = _quoted.findall(normalised)
    free = _quoted.sub(" ", normalised)
    found = list(_free(free))
    clauses = [phrase for part in quoted for phrase in _phrases(part)]
    marks = [run for part in quoted for run in words.runs(part)]
    clauses += _without_function_words([clause for clause, _ in found], alone=not clauses)
    marks += [mark for _, mark in found]
    exact, begins = ((), ()) if quoted else _numbers(cut)
    return Plan(
        clauses=tuple(dict.fromkeys(clauses))[:MOST_CLAUSES],
        marks=tuple(dict.fromkeys(marks)),
        reading=_reading(cut, clauses, is_number=words.number(cut) is not None and not quoted),
        exact=exact,
        begins=begins,
    )


def parts(whole: Plan) -> Plan | None:
    """The same query with its long words taken apart; None where nothing can be."""
    taken = [piece for clause in whole.clauses for piece in _pieces(clause)]
    clauses = tuple(dict.fromkeys(clause for clause, _ in taken))[: 2 * MOST_CLAUSES]
    if clauses == whole.clauses or whole.reading is contract.Reading.NUMBER:
        return None
    marks = tuple(dict.fromkeys(mark for _, mark in taken))
    return Plan(clauses=clauses, marks=marks, reading=contract.Reading.PARTS)


def _reading(text: str, clauses: list[Clause], *, is_number: bool) -> contract.Reading:
    if not clauses:
        return contract.Reading.NOTHING if text.strip() else contract.Reading.EVERYTHING
    if is_number:
        return contract.Reading.NUMBER
    long = [isinstance(clause, Phrase) and len(clause.grams) > 1 for clause in clauses]
    return contract.Reading.PHRASE if all(long) else contract.Reading.WORDS


def _numbers(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    whole, known = words.compact(text), words.number(text)
    if known and known.serial:
        return tuple(dict.fromkeys((known.key, whole))), ()
    begins = (known.key,) if known else ()
    return ((whole,) if whole else ()), (begins or ((whole,) if whole else ()))


def _phrases(text: str) -> Iterator[Phrase | Word | Character]:
    for run in words.runs(text):
        chain = words.units(run)
        yield Phrase(tuple(words.grams(run))) if len(chain) > 1 else _single(chain[0])


def _single(unit: str) -> Word | Character:
    return Character(unit) if words.is_character(unit) else Word(unit)


def _free(normalised: str) -> Iterator[tuple[Clause, str]]:
    """The clauses of unquoted text, each with what it marks."""
    for run in words.runs(normalised):
        before = ""
        for segment in words.segments(run):
            if not words.is_character(segment[0]):
                if joined := words.split_number(segment):
                    yield Phrase(tuple(words.grams(before + segment))), f"{before}〔{joined[0]}〕{joined[1]}号"
                else:
                    yield Word(segment[: words.LONGEST_UNIT]), segment
                before = segment
                continue
            if words.split_number(before) and segment == "号":
                continue
            yield from _characters(segment, before=before)
            before = segment


def _characters(segment: str, *, before: str) -> Iterator[tuple[Clause, str]]:
    """The words of a stretch of characters; single ones that nothing joins are read together as a phrase."""
    for turn, word in enumerate(_cut(segment)):
        if turn == 0 and len(word) == 1 and before:
            yield Phrase((before[: words.LONGEST_UNIT] + word,)), before + word
        elif len(word) == 1:
            yield Character(word), word
        elif len(word) < words.SHORTEST_WORD or word not in words.dictionary_words(word):
            yield Phrase(tuple(words.grams(word))), word
        else:
            yield Word(word), word


def _cut(segment: str) -> Iterator[str]:
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


def _without_function_words(clauses: list[Clause], *, alone: bool) -> list[Clause]:
    """'和' or '的' between words asks for nothing; by itself it is what was asked."""
    telling = [one for one in clauses if not (isinstance(one, Character) and one.term in FUNCTION_WORDS)]
    return telling if telling or not alone else clauses


def _pieces(clause: Clause) -> Iterable[tuple[Clause, str]]:
    if isinstance(clause, Phrase):
        return [(Phrase((gram,)), gram) for gram in clause.grams]
    if isinstance(clause, Word) and words.is_character(clause.term[0]):
        smaller = [word for word in rjieba.cut_for_search(clause.term) if 1 < len(word) < len(clause.term)]
        smaller = smaller or words.grams(clause.term)
        return [pair for word in smaller for pair in _characters_as_they_are(word)]
    return [(clause, clause.term)]


def _characters_as_they_are(word: str) -> Iterator[tuple[Clause, str]]:
    yield (Word(word) if len(word) >= words.SHORTEST_WORD else Phrase((word,))), word
