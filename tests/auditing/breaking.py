"""Damage done to printed tables on purpose, as extraction and careless editing do it.

Each break changes how a table looks, or takes something away; what remains legible keeps its true value.
"""

import random
from collections.abc import Callable

from tests.auditing import synthetic

Break = Callable[[synthetic.Grid, random.Random], None]


def _numeric_rows(grid: synthetic.Grid) -> list[int]:
    return [y for y, row in enumerate(grid) if sum(_is_number(text) for text, _, _ in row) >= 1]


def _is_number(text: str) -> bool:
    return text.replace(".", "").isdigit()


def _wide_rows(grid: synthetic.Grid) -> list[int]:
    return [y for y in _numeric_rows(grid) if sum(_is_number(text) for text, _, _ in grid[y]) >= 3]


def _numbers(row: list[synthetic.Box]) -> list[int]:
    return [x for x, (text, _, _) in enumerate(row) if _is_number(text)]


def lost_box(grid: synthetic.Grid, chance: random.Random) -> None:
    """One value box of a row is gone; the others move up."""
    row = grid[chance.choice(_wide_rows(grid))]
    del row[chance.choice(_numbers(row))]


def extra_box(grid: synthetic.Grid, chance: random.Random) -> None:
    """An empty box slipped in among the values."""
    row = grid[chance.choice(_wide_rows(grid))]
    row.insert(chance.choice(_numbers(row)), ("", 1, 1))


def glued_boxes(grid: synthetic.Grid, chance: random.Random) -> None:
    """Two neighbouring values ran together in one box."""
    row = grid[chance.choice(_wide_rows(grid))]
    x = chance.choice(_numbers(row)[:-1])
    row[x : x + 2] = [(row[x][0] + row[x + 1][0], 1, 1)]


def blanked(grid: synthetic.Grid, chance: random.Random) -> None:
    """Values replaced by nothing or by signs for nothing."""
    for _ in range(4):
        row = grid[chance.choice(_numeric_rows(grid))]
        x = chance.choice(_numbers(row) or [len(row) - 1])
        row[x] = (chance.choice(("", "/", "-", "—", "\u3000", "无")), *row[x][1:])


def lost_row(grid: synthetic.Grid, chance: random.Random) -> None:
    """A whole row is missing (one that begins no merged box)."""
    rows = [y for y in _numeric_rows(grid) if all(down == 1 for _, down, _ in grid[y])]
    if len(rows) > 1:
        del grid[chance.choice(rows)]


def broken_labels(grid: synthetic.Grid, chance: random.Random) -> None:
    """Blanks and line breaks inside words."""
    for row in grid:
        for x, (text, down, across) in enumerate(row):
            if len(text) > 2 and not _is_number(text) and chance.random() < 0.5:
                at = chance.randrange(1, len(text))
                row[x] = (text[:at] + chance.choice((" ", "  ", "\u3000")) + text[at:], down, across)


def misspelt(grid: synthetic.Grid, chance: random.Random) -> None:
    """A character of a long label is lost or wrong."""
    for row in grid:
        for x, (text, down, across) in enumerate(row):
            if len(text) > 7 and not text[0].isdigit() and chance.random() < 0.2:
                at = chance.randrange(3, len(text) - 1)
                row[x] = (text[:at] + chance.choice(("", "的")) + text[at + 1 :], down, across)


def full_width(grid: synthetic.Grid, chance: random.Random) -> None:
    """Digits of full width."""
    table = str.maketrans("0123456789.", "0123456789.")
    for row in grid:
        for x, (text, down, across) in enumerate(row):
            if _is_number(text) and chance.random() < 0.5:
                row[x] = (text.translate(table), down, across)


def thousands(grid: synthetic.Grid, chance: random.Random) -> None:
    """Commas between thousands, blanks around numbers."""
    for row in grid:
        for x, (text, down, across) in enumerate(row):
            if text.isdigit():
                row[x] = (f" {int(text):,} ", down, across)


def with_units(grid: synthetic.Grid, chance: random.Random) -> None:
    """Units behind numbers."""
    for row in grid:
        for x, (text, down, across) in enumerate(row):
            if text.isdigit() and chance.random() < 0.3:
                row[x] = (f"{text}件", down, across)


def swapped_columns(grid: synthetic.Grid, chance: random.Random) -> None:
    """Two columns of applicants exchanged, heading and all."""
    for row in grid:
        if any(text == "商业企业" for text, _, _ in row):
            x = next(i for i, (text, _, _) in enumerate(row) if text == "商业企业")
            row[x], row[x + 1] = row[x + 1], row[x]
        elif len(_numbers(row)) == 7:
            x = _numbers(row)[1]
            row[x], row[x + 1] = row[x + 1], row[x]


def lost_heading(grid: synthetic.Grid, chance: random.Random) -> None:
    """The heading rows are gone."""
    first = min(_numeric_rows(grid))
    if len(grid) > 10:
        del grid[:first]


BREAKS: dict[str, Break] = {
    name: value
    for name, value in globals().items()
    if callable(value) and getattr(value, "__module__", "") == __name__ and not name.startswith("_") and name != "Break"
}


def written(each: synthetic.Report, layout: str, name: str) -> bytes:
    """The file of a report whose tables are broken."""
    chance = random.Random(f"{name}-{layout}-{each.edition}")
    tables = synthetic.grids(each)
    for key, grid in tables.items():
        if key == "t3" or name not in ("swapped_columns", "lost_heading"):
            BREAKS[name](grid, chance)
    return synthetic.written(each, layout, tables=tables)
