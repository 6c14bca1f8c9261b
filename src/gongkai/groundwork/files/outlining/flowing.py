"""DOCX in reading order: paragraphs, headings, list items and tables, with what Word itself counted written out.

What was deleted or moved away under change tracking, and hidden text, is not part of the document. Text boxes come
before the paragraph that holds them. Pictures and footnotes are only counted.
"""

import html
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from gongkai.groundwork.files.inspecting.archives import Archive
from gongkai.groundwork.files.outlining import parts, styles
from gongkai.groundwork.files.outlining.numbering import Numbering
from gongkai.groundwork.files.outlining.outline import Block, BlockKind, Outline
from gongkai.groundwork.files.outlining.parts import attribute, child, children, descendants, local, value_of
from gongkai.groundwork.files.outlining.styles import Look, is_on
from gongkai.groundwork.files.outlining.tables import Cell, rows_html

_GONE = frozenset({"del", "moveFrom", "rPr", "pPr", "instrText", "delText", "Fallback"})
_BREAKS = frozenset({"br", "cr"})
_PICTURES = frozenset({"blip", "imagedata"})


@dataclass
class _Text:
    """A paragraph under way: its words, and the same with their emphasis."""

    plain: list[str] = field(default_factory=list)
    marked: list[str] = field(default_factory=list)
    size: float = 0
    is_red: bool = False

    def add(self, words: str, emphasis: str = "") -> None:
        self.plain.append(words)
        escaped = html.escape(words, quote=False).replace("\n", "<br>")
        self.marked.append(f"<{emphasis}>{escaped}</{emphasis}>" if emphasis and words.strip() else escaped)

    @property
    def text(self) -> str:
        return "".join(self.plain).strip(" \t\u3000\xa0")

    @property
    def html(self) -> str:
        joined = "".join(self.marked)
        for tag in ("strong", "em"):
            joined = joined.replace(f"</{tag}><{tag}>", "")
        return joined.strip(" \t\u3000\xa0")


class _Reader:
    def __init__(self, archive: Archive) -> None:
        self._looks = styles.read(archive)
        self._numbering = Numbering(archive)
        self.pictures = 0
        self.footnotes = 0

    def blocks(self, parent: etree._Element) -> Iterator[Block]:
        for element in parent:
            match local(element):
                case "p":
                    yield from self._paragraph(element)
                case "tbl":
                    yield from self._table(element)
                case "sdt" | "sdtContent" | "ins" | "moveTo" | "customXml" | "smartTag" | "AlternateContent" | "Choice":
                    yield from self.blocks(element)

    def _paragraph(self, element: etree._Element) -> Iterator[Block]:
        properties = child(element, "pPr")
        base = self._looks.get(value_of(properties, "pStyle"), self._looks[""])
        look = base.under(properties, None)
        found = _Text()
        boxes: list[etree._Element] = []
        self._collect(element, look, found, boxes)
        for box in boxes:
            yield from self.blocks(box)
        if found.text:
            yield self._block(look, found)

    def _block(self, look: Look, found: _Text) -> Block:
        marker = self._numbering.marker(look.number, look.number_level) if look.number else None
        kind = BlockKind.HEADING if look.level else BlockKind.ITEM if marker == "" else BlockKind.PARAGRAPH
        marked = found.html
        if kind is BlockKind.HEADING:
            marked = marked.replace("<strong>", "").replace("</strong>", "")
        return Block(
            text=(marker or "") + found.text,
            html=html.escape(marker or "", quote=False) + marked,
            kind=kind,
            level=look.level or (look.number_level if kind is BlockKind.ITEM else 0),
            align=look.align,
            size=found.size or look.size,
            is_red=found.is_red,
        )

    def _collect(self, element: etree._Element, look: Look, found: _Text, boxes: list[etree._Element]) -> None:
        """The words of a paragraph, run by run."""
        for part in element:
            name = local(part)
            if name == "r":
                self._run(part, look, found, boxes)
            elif name not in _GONE:
                self._collect(part, look, found, boxes)

    def _run(self, run: etree._Element, look: Look, found: _Text, boxes: list[etree._Element]) -> None:
        letters = child(run, "rPr")
        if is_on(letters, "vanish"):
            return
        emphasis = _emphasis(letters, look)
        for part in run:
            name = local(part)
            if name == "t":
                found.add(part.text or "", emphasis)
                found.size = max(found.size, styles.points(letters))
                found.is_red = found.is_red or _is_red(value_of(letters, "color"))
            elif name == "tab":
                found.add(" ")
            elif name in _BREAKS and attribute(part, "type") not in {"page", "column"}:
                found.add("\n")
            elif name == "noBreakHyphen":
                found.add("-")
            elif name in {"footnoteReference", "endnoteReference"}:
                self.footnotes += 1
            elif name in {"drawing", "pict", "object", "AlternateContent"}:
                self._drawing(part, boxes)

    def _drawing(self, part: etree._Element, boxes: list[etree._Element]) -> None:
        shown = next(descendants(part, "Choice"), part)
        self.pictures += sum(local(each) in _PICTURES for each in shown.iter())
        boxes += descendants(shown, "txbxContent")

    def _table(self, element: etree._Element) -> Iterator[Block]:
        rows = [
            [self._cell(cell) for cell in children(row, "tc")]
            for row in children(element, "tr")
            if child(child(row, "trPr"), "del") is None
        ]
        text = "\n".join("\t".join(cell.text for cell in row) for row in rows)
        if text.strip():
            heads = sum(is_on(child(row, "trPr"), "tblHeader") for row in children(element, "tr"))
            yield Block(text=text, html=rows_html(rows, heads=heads), kind=BlockKind.TABLE)

    def _cell(self, element: etree._Element) -> Cell:
        properties = child(element, "tcPr")
        inside = list(self.blocks(element))
        merge = child(properties, "vMerge")
        span = value_of(properties, "gridSpan")
        return Cell(
            text=" ".join(block.text.replace("\n", " ").replace("\t", " ") for block in inside),
            html="<br>".join(
                html.escape(block.text, quote=False) if block.kind is BlockKind.TABLE else block.html
                for block in inside
            ),
            columns=int(span) if span.isdecimal() and 0 < int(span) < 100 else 1,
            goes_on=merge is not None and attribute(merge, "val") != "restart",
        )


def read(archive: Archive) -> Outline:
    """Raises RefusedFile where a part is damaged."""
    root = parts.read(archive, "word/document.xml")
    reader = _Reader(archive)
    body = child(root, "body")
    blocks = tuple(reader.blocks(root if body is None else body))
    return Outline(blocks, reader.pictures, reader.footnotes)


def _emphasis(letters: etree._Element | None, look: Look) -> str:
    raised = value_of(letters, "vertAlign")
    if raised in {"superscript", "subscript"}:
        return "sup" if raised == "superscript" else "sub"
    if is_on(letters, "b", before=look.is_bold):
        return "strong"
    return "em" if is_on(letters, "i") else ""


def _is_red(colour: str) -> bool:
    if len(colour) != 6:
        return False
    try:
        red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    except ValueError:
        return False
    return red > 150 and green < 100 and blue < 100
