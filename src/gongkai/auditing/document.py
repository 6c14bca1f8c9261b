"""What every reader delivers: paragraphs and grids in reading order, and how to point into them."""

import dataclasses
from collections.abc import Iterator

from gongkai.auditing import characters


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """A spot in a document: characters of a paragraph, or one box of a grid (`row`, `column` of its origin)."""

    block: int
    start: int = -1
    end: int = -1
    row: int = -1
    column: int = -1


@dataclasses.dataclass(frozen=True, slots=True)
class Slot:
    """One grid position. A merged box fills several positions, all with the same origin.

    `real` is false where the source has no box and the row was only filled up to the width of the table.
    """

    text: str
    row: int
    column: int
    real: bool = True


@dataclasses.dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of text. `page` counts from 1, 0 where the source has no pages."""

    text: str
    page: int = 0

    @property
    def plain(self) -> str:
        """Same length as `text`, in one width and one alphabet of digits and marks."""
        return characters.plain(self.text)


@dataclasses.dataclass(frozen=True, slots=True)
class Grid:
    """A table. `aligned` tells whether positions are true columns (HTML, Word, PDF) or merely counted (pipes)."""

    rows: tuple[tuple[Slot, ...], ...]
    aligned: bool = True
    page: int = 0

    @property
    def text(self) -> str:
        return "\n".join(" ".join(slot.text for slot in origins(row, y)) for y, row in enumerate(self.rows))


Block = Paragraph | Grid


@dataclasses.dataclass(frozen=True)
class Document:
    """One source file as read. `title` is what the container names itself (HTML title), often empty."""

    path: str
    kind: str
    blocks: tuple[Block, ...]
    title: str = ""


def origins(row: tuple[Slot, ...], y: int) -> Iterator[Slot]:
    """The boxes of a grid row once each: those that begin in this row, and merged ones reaching into it once."""
    seen: set[tuple[int, int]] = set()
    for slot in row:
        key = (slot.row, slot.column)
        if key not in seen:
            seen.add(key)
            if slot.row == y:
                yield slot


def simple_grid(rows: list[list[str]], *, page: int = 0) -> Grid:
    """A grid of counted, unmerged boxes."""
    return Grid(
        rows=tuple(tuple(Slot(text, y, x) for x, text in enumerate(row)) for y, row in enumerate(rows)),
        aligned=False,
        page=page,
    )
