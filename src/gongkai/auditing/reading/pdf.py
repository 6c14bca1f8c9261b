"""PDF with a text layer. Ruled tables become grids, also over page breaks; the rest is joined into paragraphs."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pdfminer.pdfdocument
import pdfminer.pdfexceptions
import pdfminer.psexceptions
import pdfplumber
import pdfplumber.utils.exceptions

from gongkai.auditing import errors
from gongkai.auditing.document import Block, Document, Grid, Paragraph, Slot

MOST_PAGES = 200
_PAGE_NUMBER = re.compile(r"[-—–\s]*(?:第\s*)?\d{1,3}\s*(?:页)?(?:\s*/\s*\d{1,3})?[-—–\s]*")
_FAULTS = (
    pdfminer.psexceptions.PSException,
    pdfminer.pdfexceptions.PDFException,
    pdfplumber.utils.exceptions.PdfminerException,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    AssertionError,
    OSError,
    ZeroDivisionError,
    OverflowError,
    NotImplementedError,
)


def read(path: Path, data: bytes) -> Document:
    """The document of a PDF. The format's own parser raises anything on broken files: all of it means damaged."""
    try:
        with pdfplumber.open(io.BytesIO(data)) as source:
            if len(source.pages) > MOST_PAGES:
                raise errors.TooLarge(f"PDF有{len(source.pages)}页,超过{MOST_PAGES}页的上限")
            found: list[Block] = []
            characters = images = 0
            for number, page in enumerate(source.pages, 1):
                characters += len(page.chars)
                images += len(page.images)
                found.extend(_page(page, number))
                page.close()
            count = len(source.pages)
    except pdfminer.pdfdocument.PDFPasswordIncorrect as problem:
        raise errors.Encrypted("PDF有密码保护,无法读取") from problem
    except _FAULTS as problem:
        if isinstance(problem.__cause__ or problem.__context__, pdfminer.pdfdocument.PDFPasswordIncorrect):
            raise errors.Encrypted("PDF有密码保护,无法读取") from problem
        raise errors.Damaged("PDF已损坏,无法读取") from problem
    if characters < 20 * count:
        return _scan(path, data, images)
    return Document(str(path), "pdf", tuple(_joined(found)))


def _scan(path: Path, data: bytes, images: int) -> Document:
    from gongkai.auditing.reading import image

    if not images:
        raise errors.NoText("PDF里没有可读取的文字")
    return image.read_pdf(path, data)


def _page(page: Any, number: int) -> Iterator[Block]:
    """Blocks of a page from top to bottom."""
    tables = [(top, bottom, grid) for table in page.find_tables() for top, bottom, grid in _parts(table, page, number)]
    tables.sort(key=lambda entry: entry[0])
    lines = page.extract_text_lines(return_chars=False, x_tolerance=2)
    left = min((line["x0"] for line in lines), default=0.0)
    pending: list[dict[str, Any]] = []
    for line in [*lines, None]:
        middle = (line["top"] + line["bottom"]) / 2 if line else float("inf")
        while tables and tables[0][0] < middle:
            yield from _paragraphs(pending, left, number)
            pending = []
            yield tables[0][2]
            skip = tables.pop(0)
            lines = [other for other in lines if not skip[0] <= (other["top"] + other["bottom"]) / 2 <= skip[1]]
        if line is not None and line in lines and not _PAGE_NUMBER.fullmatch(line["text"]):
            pending.append(line)
    yield from _paragraphs(pending, left, number)


def _parts(table: Any, page: Any, number: int) -> Iterator[tuple[float, float, Grid]]:
    """Runs of rows with several boxes. Rows of a single box are frames around prose, not data."""
    texts = table.extract(x_tolerance=2)
    rows = table.rows
    run: list[int] = []
    for y in range(len(rows) + 1):
        boxes = [cell for cell in rows[y].cells if cell] if y < len(rows) else []
        many = len(boxes) > 1
        if many or (run and len(boxes) == 0 and y < len(rows)):
            run.append(y)
            continue
        if run:
            yield _grid(table, texts, run, number)
            run = []


def _grid(table: Any, texts: list[list[str | None]], run: list[int], number: int) -> tuple[float, float, Grid]:
    """Positions by the edges of the boxes: a box covers every column edge inside it, downwards and across."""
    boxes = {
        (y, x): (cell, (texts[y][x] or "").strip())
        for y in run
        for x, cell in enumerate(table.rows[y].cells)
        if cell is not None
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


def _paragraphs(lines: list[dict[str, Any]], left: float, number: int) -> Iterator[Paragraph]:
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


def _joined(found: list[Block]) -> Iterator[Block]:
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
