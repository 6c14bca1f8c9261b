"""Plain text and Markdown. Lines with pipes or tabs become grids, the rest paragraphs."""

import re

from gongkai.auditing import errors
from gongkai.auditing.document import Block, Paragraph, simple_grid
from gongkai.auditing.reading import stacked

WIDEST = 400
LONG_BOX = 200
_RULER = re.compile(r":?[-=]{2,}:?")
_PIPES = {0xFF5C: "|", 0x2502: "|", 0x2503: "|"}
_FENCE = re.compile(r"^(?:#{1,6}\s+|>\s+|[*+]\s+)")


def blocks(text: str) -> list[Block]:
    """Cuts text into blocks. Every line is its own paragraph: extracted text has no better border."""
    found: list[Block] = []
    pending: list[list[str]] = []
    column: list[str] = []

    def flush() -> None:
        if column:
            few = len(column) < stacked.FEWEST_LINES
            pending.extend([[line.strip("| ")] for line in column] if few else stacked.rows("\n".join(column)))
            column.clear()
        if pending:
            found.append(simple_grid(list(pending)))
            pending.clear()

    lines = [line for line in text.splitlines() if line.strip()]
    for number, line in enumerate(lines):
        if stacked.is_part(line) or (column and stacked.is_open(lines[number : number + stacked.MOST_OPEN])):
            column.append(line)
            continue
        cells = _cells(line)
        if cells is not None and len(column) < stacked.FEWEST_LINES:
            pending.extend([part.strip("| ")] for part in column)
            column.clear()
        if cells is None or column:
            flush()
        if cells is None:
            found.append(Paragraph(_FENCE.sub("", line)))
            continue
        if len(cells) > WIDEST:
            raise errors.TooLarge(f"表格超过{WIDEST}列,不是年度报告")
        if any(len(cell) > LONG_BOX for cell in cells):
            flush()
            found.extend(Paragraph(cell) for cell in cells if cell)
        elif cells:
            pending.append(cells)
    flush()
    return found


def _cells(line: str) -> list[str] | None:
    """The boxes of a table line, [] for a ruler, None for prose."""
    line = line.translate(_PIPES)
    if line.count("|") < 2 and line.count("\t") < 2:
        return None
    mark = "|" if line.count("|") >= 2 else "\t"
    body = line.strip(" \r\n") if mark == "|" else line.strip("\r\n")
    if mark == "|":  # bars close a line, tabs only part its boxes
        body = body.removeprefix("|").removesuffix("|")
    cells = [_unmarked(cell) for cell in body.split(mark)]
    return [] if all(_RULER.fullmatch(cell) for cell in cells) else cells


def _unmarked(cell: str) -> str:
    return cell.strip().strip("*").replace("<br>", " ").replace("<br/>", " ").replace("&nbsp;", " ").strip()
