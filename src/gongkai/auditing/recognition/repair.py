"""A row of digits that no cut makes add up: the row itself is at fault. The columns may still show what it says.

A wrong number in one row leaves the six other columns in order, so among all cuts one breaks a single column and every
other breaks several. Only such a clear case is taken; the row then fails its own identity, which is the finding. Rows
whose borders survived are not cut at all: there a box is lost, not a border.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence

from gongkai.auditing.recognition import found
from gongkai.law import forms

LONGEST = 20
MOST_BROKEN = 2
MARGIN = 2
MOST_TOKENS = 2

Sums = Sequence[tuple[tuple[str, ...], tuple[str, ...]]]


def cut_by_columns(
    rows: Mapping[str, found.RowFound], values: Mapping[str, Sequence[int | None]], sums: Sums, table: forms.Table
) -> dict[str, tuple[int, ...]]:
    """The cut of the only row without one, if the columns single it out; else nothing.

    `values` are the other rows as resolved, `sums` the column identities with every row they need.
    """
    broken = [name for name, row in rows.items() if not row.readings and not row.candidates and row.raw]
    if len(broken) != 1:
        return {}
    (name,) = broken
    if rows[name].place.row >= 0 or len(rows[name].raw.split()) > MOST_TOKENS:
        return {}
    concerned = [pair for pair in sums if name in (*pair[0], *pair[1])]
    width = len(table.columns)
    if not concerned:
        return {}
    scored = sorted((_broken_columns(way, name, values, concerned), way) for way in _cuts(rows[name].raw, width))
    if not scored or scored[0][0] > MOST_BROKEN or (len(scored) > 1 and scored[1][0] - scored[0][0] < MARGIN):
        return {}
    return {name: scored[0][1]}


def _broken_columns(way: tuple[int, ...], name: str, values: Mapping[str, Sequence[int | None]], sums: Sums) -> int:
    count = 0
    for left, right in sums:
        for i, own in enumerate(way):
            sides = [[own if row == name else values[row][i] for row in side] for side in (left, right)]
            known = [[value for value in side if value is not None] for side in sides]
            whole = all(len(a) == len(b) for a, b in zip(sides, known, strict=True))
            count += not whole or sum(known[0]) != sum(known[1])
    return count


def _cuts(raw: str, width: int) -> Iterator[tuple[int, ...]]:
    """Every way to cut the digits into `width` numbers, keeping borders that survived."""
    tokens = raw.split()
    digits = "".join(tokens)
    if not digits.isdigit() or not width <= len(digits) <= LONGEST or len(tokens) > width:
        return
    borders = set(itertools.accumulate(map(len, tokens)))
    for inner in itertools.combinations(range(1, len(digits)), width - 1):
        marks = [0, *inner, len(digits)]
        pieces = [digits[a:b] for a, b in itertools.pairwise(marks)]
        if borders.issubset(marks) and all(piece == "0" or piece[0] != "0" for piece in pieces):
            yield tuple(map(int, pieces))
