"""From lines and ruled boxes on pages to paragraphs and grids; the same for PDF text and for recognised scans."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from gongkai.auditing.document import Block, Grid, Paragraph, Slot

Box = tuple[float, float, float, float]
Line = dict[str, Any]
Placed = tuple[float, float, Grid]

_PAGE_NUMBER = re.compile(r"[-—–\s]*(?:第\s*)?\d{1,3}\s*(?:页)?(?:\s*/\s*\d{1,3})?[-—–\s]*")


def flow(tables: Iterable[Placed], lines: Sequence[Line], number: int) -> Iterator[Block]:
    """Blocks of a page from top to bottom. Lines inside tables belong to the tables."""
    waiting = sorted(tables, key=lambda entry: entry[0])
    left = min((line["x0"] for line in lines), default=0.0)
    pending: list[Line] = []
    for line in lines:
        middle = (line["top"] + line["bottom"]) / 2
        while waiting and waiting[0][0] < middle:
            yield from _paragraphs(pending, left, number)
            pending = []
            top, bottom, grid = waiting.pop(0)
            yield grid
            lines = [other for other in lines if not top <= (other["top"] + other["bottom"]) / 2 <= bottom]
        if line in lines and not _PAGE_NUMBER.fullmatch(line["text"]):
            pending.append(line)
    yield from _paragraphs(pending, left, number)
    yield from (grid for _, _, grid in waiting)


def parts(rows: Sequence[Sequence[Box | None]], texts: Sequence[Sequence[str | None]], number: int) -> Iterator[Placed]:
    """Runs of rows with several boxes. Rows of a single box are frames around prose, not data."""
    run: list[int] = []
    for y in range(len(rows) + 1):
        boxes = [cell for cell in rows[y] if cell] if y < len(rows) else []
        if len(boxes) > 1 or (run and not boxes and y < len(rows)):
            run.append(y)
            continue
        if run:
            yield _grid(rows, texts, run, number)
            run = []


def _grid(
    rows: Sequence[Sequence[Box | None]], texts: Sequence[Sequence[str | None]], run: list[int], number: int
) -> Placed:
    """Positions by the edges of the boxes: a box covers every column edge inside it, downwards and across."""
    boxes = {
        (y, x): (cell, (texts[y][x] or "").strip()) for y in run for x, cell in enumerate(rows[y]) if cell is not None
    }
    lefts = _edges(cell[0] for cell, _ in boxes.values())
    tops = _edges(cell[1] for cell, _ in boxes.values())
    slots: dict[tuple[int, int], Slot] = {}
    for cell, text in boxes.values():
        columns = [i for i, edge in enumerate(lefts) if cell[0] - 1 <= edge < cell[2] - 1]
        lines = [i for i, edge in enumerate(tops) if cell[1] - 1 <= edge < cell[3] - 1]
        if not columns or not lines:
            continue
        slot = Slot(text, lines[0], columns[0])
        for row in lines:
            for column in columns:
                slots.setdefault((row, column), slot)
    grid = Grid(
        rows=tuple(
            tuple(slots.get((row, column), Slot("", row, column, real=False)) for column in range(len(lefts)))
            for row in range(len(tops))
        ),
        page=number,
    )
    top = min(cell[1] for cell, _ in boxes.values())
    bottom = max(cell[3] for cell, _ in boxes.values())
    return top, bottom, grid


def _edges(values: Iterator[float]) -> list[float]:
    """Distinct edges; lines drawn a hair apart are one."""
    result: list[float] = []
    for value in sorted(values):
        if not result or value - result[-1] > 2:
            result.append(value)
    return result


def _paragraphs(lines: Sequence[Line], left: float, number: int) -> Iterator[Paragraph]:
    """Joins lines; an indented line opens a paragraph."""
    text = ""
    for line in lines:
        indented = line["x0"] > left + 1.2 * (line["bottom"] - line["top"])
        if text and indented:
            yield Paragraph(text, number)
            text = ""
        text = f"{text}{line['text']}" if text and _chinese(text[-1]) else f"{text} {line['text']}".strip()
    if text:
        yield Paragraph(text, number)


def _chinese(character: str) -> bool:
    return not (character.isascii() and character.isalnum())


def joined(found: Iterable[Block]) -> Iterator[Block]:
    """A paragraph torn by a page break is one paragraph."""
    held: Paragraph | None = None
    for block in found:
        if isinstance(block, Grid):
            if held:
                yield held
            held = None
            yield block
            continue
        if (
            held
            and held.page < block.page
            and not held.text.rstrip().endswith(("。", ":", ":", ";", "!"))
            and _runs_on(block)
        ):
            gap = "" if _chinese(held.text[-1]) or _chinese(block.text[0]) else " "
            held = Paragraph(held.text + gap + block.text, held.page)
            continue
        if held:
            yield held
        held = block
    if held:
        yield held


def _runs_on(block: Paragraph) -> bool:
    return not re.match(r"[\s]*(?:[((]?[一二三四五六七八九十]+[))、])", block.text)
