"""Digits that ran together, cut only where an identity leaves ways to cut them.

Extraction often loses the borders between boxes: `270020130` stands for 27, 0, 0, 2, 0, 1 and 30. White space that
survived is a border that holds. A number never begins with a zero unless it is zero.
"""

import functools
import itertools
import re
from collections.abc import Iterator

LIMIT = 4000
LONGEST = 60


def rows(text: str, columns: int) -> list[tuple[int, ...]]:
    """Every way to read `text` as addends and their sum in the last column. Empty if none or far too many."""
    tokens = _tokens(text)
    if tokens is None or not columns <= sum(map(len, tokens)) <= LONGEST or len(tokens) > columns:
        return []
    if len(tokens) == columns:
        numbers = tuple(int(token) for token in tokens)
        return [numbers] if all(_sound(token) for token in tokens) else []
    return _summing(tokens, columns)


def strip(text: str, *, blocks: int, width: int) -> list[tuple[int, ...]]:
    """Every way to read `text` as `blocks` times `width` numbers, the last of each block being the sum of the rest."""
    tokens = _tokens(text)
    total = blocks * width
    if tokens is None or not total <= sum(map(len, tokens)) <= 2 * LONGEST or len(tokens) > total:
        return []
    if len(tokens) == total:
        return [tuple(int(token) for token in tokens)] if all(_sound(token) for token in tokens) else []
    digits = "".join(tokens)
    borders = _borders(tokens)

    @functools.cache
    def after(start: int, left: int) -> tuple[tuple[int, ...], ...]:
        if left == 0:
            return ((),) if start == len(digits) else ()
        found: list[tuple[int, ...]] = []
        for end in range(start + width, len(digits) - (left - 1) * width + 1):
            pieces = _pieces(digits, borders, start, end)
            if len(pieces) > width:
                break
            tails: tuple[tuple[int, ...], ...] | None = None
            for head in _summing(pieces, width):
                tails = after(end, left - 1) if tails is None else tails
                found.extend(head + tail for tail in tails)
                if len(found) > LIMIT:
                    return tuple(found)
        return tuple(found)

    return list(after(0, blocks))


def plain(text: str, columns: int) -> tuple[int, ...] | None:
    """A run that can be cut in one way only without any identity: as many tokens as columns, or as many zeros.

    Other digits, though as many as columns, may be one number beside boxes that were empty.
    """
    tokens = _tokens(text)
    if tokens is None:
        return None
    if len(tokens) == columns and all(_sound(token) for token in tokens):
        return tuple(int(token) for token in tokens)
    return (0,) * columns if tokens == ["0" * columns] else None


def _tokens(text: str) -> list[str] | None:
    tokens = text.split()
    return tokens if tokens and all(re.fullmatch(r"[0-9]+", token) for token in tokens) else None


def _sound(token: str) -> bool:
    return token == "0" or not token.startswith("0")


def _borders(tokens: list[str]) -> frozenset[int]:
    places, at = set(), 0
    for token in tokens:
        at += len(token)
        places.add(at)
    return frozenset(places)


def _pieces(digits: str, borders: frozenset[int], start: int, end: int) -> list[str]:
    marks = [start, *sorted(mark for mark in borders if start < mark < end), end]
    return [digits[a:b] for a, b in itertools.pairwise(marks)]


def _summing(tokens: list[str], columns: int) -> list[tuple[int, ...]]:
    found: list[tuple[int, ...]] = []
    last = tokens[-1]
    for length in range(1, len(last) + 1):
        tail = last[-length:]
        if not _sound(tail):
            continue
        rest = [*tokens[:-1], last[:-length]] if length < len(last) else tokens[:-1]
        if not rest:
            continue
        for addends in _addends(tuple(rest), columns - 1, int(tail)):
            found.append((*addends, int(tail)))
            if len(found) > LIMIT:
                return []
    return found


def _addends(tokens: tuple[str, ...], count: int, total: int) -> Iterator[tuple[int, ...]]:
    """Cuts the tokens into `count` numbers whose sum is `total`."""
    if not tokens:
        if count == 0 and total == 0:
            yield ()
        return
    length_left = sum(map(len, tokens))
    if count < len(tokens) or length_left < count or length_left > count * len(str(total)):
        return
    first, others = tokens[0], tokens[1:]
    longest = 1 if first[0] == "0" else min(len(first), len(str(total)))
    for length in range(1, longest + 1):
        value = int(first[:length])
        if value > total:
            break
        rest = (first[length:], *others) if length < len(first) else others
        for tail in _addends(rest, count - 1, total - value):
            yield (value, *tail)
