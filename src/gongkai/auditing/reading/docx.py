"""Word documents (.docx): paragraphs and tables of the main part, in order, with merged boxes."""

import re
from collections.abc import Iterator
from pathlib import Path

import lxml.etree

from gongkai.auditing import errors
from gongkai.auditing.document import Block, Document, Grid, Paragraph
from gongkai.auditing.reading import packages, spans

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_GONE = (f"{_W}del", f"{_W}moveFrom")
DEEPEST = 60
LONG_BOX = 200

Element = lxml.etree._Element


def read(path: Path, data: bytes) -> Document:
    """The document of a .docx file."""
    root = packages.xml(packages.part(data, "word/document.xml"))
    body = root.find(f"{_W}body")
    if body is None:
        raise errors.Damaged("Word文档没有正文")
    return Document(str(path), "docx", tuple(_blocks(body, 0)))


def _blocks(parent: Element, depth: int) -> Iterator[Block]:
    if depth > DEEPEST:
        raise errors.Damaged(f"文档嵌套超过{DEEPEST}层,无法读取")
    for element in parent:
        if element.tag == f"{_W}p":
            text = _text(element)
            if text.strip():
                yield Paragraph(text)
            for box in _inner_tables(element):
                yield from _table(box, depth)
        elif element.tag == f"{_W}tbl":
            yield from _table(element, depth)
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}smartTag", f"{_W}customXml"):
            yield from _blocks(element, depth + 1)


def _inner_tables(paragraph: Element) -> list[Element]:
    """Tables in text boxes, once (the fallback copy is left out)."""
    return [
        table
        for table in paragraph.iter(f"{_W}tbl")
        if not any(parent.tag == f"{_MC}Fallback" for parent in table.iterancestors())
    ]


def _text(element: Element) -> str:
    """Visible text: what was deleted or moved away, field codes and fallback copies are left out."""
    pieces: list[str] = []
    for node in element.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"):
        if any(parent.tag in (f"{_MC}Fallback", f"{_W}tbl", *_GONE) for parent in _up_to(node, element)):
            continue
        if node.tag == f"{_W}t":
            pieces.append(node.text or "")
        else:
            pieces.append("-" if node.tag == f"{_W}noBreakHyphen" else " ")
    return "".join(pieces)


def _up_to(node: Element, top: Element) -> Iterator[Element]:
    for parent in node.iterancestors():
        if parent is top:
            return
        yield parent


def _table(table: Element, depth: int) -> Iterator[Block]:
    rows = [row for row in table.iter(f"{_W}tr") if next(row.iterancestors(f"{_W}tbl")) is table and not _is_gone(row)]
    boxes = [[(box, _across(box), _down(box)) for box in _boxes(row)] for row in rows]
    if (
        any(box.find(f".//{_W}tbl") is not None for row in boxes for box, _, _ in row)
        or max(map(len, boxes), default=0) <= 1
    ):
        for row in boxes:
            for box, _, _ in row:
                yield from _blocks(box, depth + 1)
        return
    start = 0
    for y, row_boxes in enumerate(boxes):
        if any(len(_words(box)) > LONG_BOX for box, _, _ in row_boxes):
            if y > start:
                yield _grid(boxes[start:y], rows[start:y])
            for box, _, _ in row_boxes:
                yield from _blocks(box, depth + 1)
            start = y + 1
    if start < len(boxes):
        yield _grid(boxes[start:], rows[start:])


def _is_gone(row: Element) -> bool:
    """A row that was deleted while changes were tracked."""
    return row.find(f"{_W}trPr/{_W}del") is not None


def _words(box: Element) -> str:
    return "".join(_text(paragraph) for paragraph in box.iter(f"{_W}p"))


def _boxes(row: Element) -> list[Element]:
    return [box for box in row.iter(f"{_W}tc") if next(box.iterancestors(f"{_W}tr")) is row]


def _grid(boxes: list[list[tuple[Element, int, str]]], rows: list[Element]) -> Grid:
    """Word marks the continuation of a vertical merge in every row: these become rowspans."""
    starts: list[dict[int, tuple[Element, int, str]]] = []
    for row, element in zip(boxes, rows, strict=True):
        at = _number(element.find(f"{_W}trPr/{_W}gridBefore"), 0)
        line: dict[int, tuple[Element, int, str]] = {}
        for entry in row:
            line[at] = entry
            at += entry[1]
        starts.append(line)
    laid: list[list[spans.Box]] = []
    for y, line in enumerate(starts):
        first = min(line, default=0)
        out: list[spans.Box] = [("", 1, 1)] * first if first and all(x >= first for x in line) else []
        for x, (box, across, down) in sorted(line.items()):
            if down == "continue" and _merged(starts, y, x):
                continue
            height = 1
            if down:
                while y + height < len(starts) and starts[y + height].get(x, (box, 0, ""))[2] == "continue":
                    height += 1
            text = "\n".join(_text(p) for p in box.iter(f"{_W}p")).strip()
            out.append((re.sub(r"[ \u3000]+", " ", text), height, across))
        laid.append(out)
    return spans.grid(laid)


def _merged(starts: list[dict[int, tuple[Element, int, str]]], y: int, x: int) -> bool:
    """True if the box above begins or continues the merge."""
    return y > 0 and x in starts[y - 1] and bool(starts[y - 1][x][2])


def _across(box: Element) -> int:
    return max(_number(box.find(f"{_W}tcPr/{_W}gridSpan"), 1), 1)


def _down(box: Element) -> str:
    """ "restart", "continue", or "" for a box that is not merged."""
    merge = box.find(f"{_W}tcPr/{_W}vMerge")
    if merge is None:
        return ""
    return "restart" if merge.get(f"{_W}val") == "restart" else "continue"


def _number(element: Element | None, default: int) -> int:
    value = element.get(f"{_W}val") if element is not None else None
    return int(value) if value and value.isdigit() and len(value) < 5 else default
