"""The columns of table 3 by their headings: true positions in laid-out grids, printed order in counted ones."""

import itertools

from gongkai.auditing import characters
from gongkai.auditing.document import Grid
from gongkai.auditing.recognition import labels
from gongkai.law import forms


def positions(grid: Grid, table: forms.Table) -> dict[int, str] | None:
    """Grid column → form column, from the heading rows of an aligned grid; None if the heading is not there."""
    if not grid.aligned:
        return None
    known = labels.index(table.columns)
    result: dict[int, str] = {}
    for row in itertools.islice(grid.rows, 8):
        if any(characters.number(slot.text) is not None for slot in row):
            break
        for x, slot in enumerate(row):
            name = known.get(characters.key(slot.text))
            alone = sum(other == slot for other in row) == 1
            if name and alone:
                result[x] = name[0]
    return _completed(result, [column.id for column in table.columns])


def _completed(result: dict[int, str], order: list[str]) -> dict[int, str] | None:
    """All columns, or None; one or two misspelt headings between known neighbours are filled in by order."""
    if len(set(result.values())) != len(result):
        return None
    if len(result) == len(order):
        return result
    if len(result) < len(order) - 2 or not result:
        return None
    starts = {x - order.index(name) for x, name in result.items()}
    if len(starts) != 1:
        return None
    start = starts.pop()
    return {start + i: name for i, name in enumerate(order)} if start >= 0 else None


def printed_order(grid: Grid, table: forms.Table) -> tuple[str, ...] | None:
    """The order of the columns as the heading of a counted grid prints it, if it prints them all."""
    known = labels.index(table.columns)
    names = [column.id for column in table.columns]
    outer: list[str] = []
    inner: list[str] = []
    for row in itertools.islice(grid.rows, 8):
        if any(characters.number(slot.text) is not None for slot in row):
            break
        here = [known[name][0] for slot in row if (name := characters.key(slot.text)) in known]
        if sorted(here) == sorted(names):
            return tuple(here)
        if len(here) == len(names) - 2:
            inner = here
        elif here:
            outer = here
    if len(outer) == 2 and sorted(outer + inner) == sorted(names):
        return (outer[0], *inner, outer[1])
    return None
