"""A table of a DOCX as rows of HTML: merged cells become spans."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it is written; ``goes_on`` tells that it continues the cell above."""

    text: str
    html: str
    columns: int = 1
    goes_on: bool = False


def rows_html(rows: Sequence[Sequence[Cell]], *, heads: int = 0) -> str:
    """The rows, the first ``heads`` of them as heads."""
    places = [_places(row) for row in rows]
    return "".join(
        f"<tr>{''.join(_cell(cell, place, number, places, heads=heads) for place, cell in at.items())}</tr>"
        for number, at in enumerate(places)
    )


def _places(row: Sequence[Cell]) -> dict[int, Cell]:
    """Cells by the column of the grid in which they begin."""
    found, place = {}, 0
    for cell in row:
        found[place] = cell
        place += cell.columns
    return found


def _cell(cell: Cell, place: int, number: int, rows: Sequence[dict[int, Cell]], *, heads: int) -> str:
    if cell.goes_on and number > 0:
        return ""
    tall = 1
    while number + tall < len(rows) and (below := rows[number + tall].get(place)) is not None and below.goes_on:
        tall += 1
    name = "th" if number < heads else "td"
    spans = (f' colspan="{cell.columns}"' if cell.columns > 1 else "") + (f' rowspan="{tall}"' if tall > 1 else "")
    return f"<{name}{spans}>{cell.html}</{name}>"
