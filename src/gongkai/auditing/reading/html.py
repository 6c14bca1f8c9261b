"""Web pages: paragraphs and tables, without scripts, navigation forms and hidden parts. Layout tables dissolve."""

import re
from pathlib import Path

import lxml.etree
import lxml.html

from gongkai.auditing import errors
from gongkai.auditing.document import Block, Document, Grid, Paragraph
from gongkai.auditing.reading import spans

_BREAKING = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "svg",
        "head",
        "select",
        "option",
        "button",
        "textarea",
        "input",
    ]
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f\u3000\xa0]+")
DEEPEST = 400
LONG_BOX = 200


def read(path: Path, content: str) -> Document:
    """The document of a page. Raises `Damaged` for what is no page, `TooLarge` for monstrous tables."""
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(content.encode("utf-8", errors="replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError) as problem:
        raise errors.Damaged("网页内容为空或已损坏") from problem
    walker = _Walker()
    body = root.find("body")
    walker.walk(body if body is not None else root, 0)
    walker.flush()
    title = root.findtext(".//title") or ""
    return Document(str(path), "html", tuple(walker.blocks), title.strip())


class _Walker:
    """Collects text into paragraphs at every element that breaks a line."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.pieces: list[str] = []

    def flush(self) -> None:
        text = _SPACE.sub(" ", "".join(self.pieces)).strip()
        self.pieces.clear()
        if text:
            self.blocks.append(Paragraph(text))

    def walk(self, element: lxml.html.HtmlElement, depth: int) -> None:
        if depth > DEEPEST:
            raise errors.Damaged(f"网页嵌套超过{DEEPEST}层,无法读取")
        if element.text:
            self.pieces.append(element.text)
        for child in element:
            tag = child.tag
            if isinstance(tag, str) and tag not in _SKIPPED and not _HIDDEN.search(child.get("style", "")):
                self._child(child, tag, depth)
            if child.tail:
                self.pieces.append(child.tail)

    def _child(self, child: lxml.html.HtmlElement, tag: str, depth: int) -> None:
        if tag == "table" and not _is_layout(child):
            self.flush()
            self._data(child, depth)
            return
        breaking = tag in _BREAKING
        if breaking:
            self.flush()
        self.walk(child, depth + 1)
        if breaking:
            self.flush()

    def _data(self, table: lxml.html.HtmlElement, depth: int) -> None:
        """A grid; rows that hold prose dissolve and part it."""
        held: list[lxml.html.HtmlElement] = []
        for row in _rows(table):
            if not _is_prose(row):
                held.append(row)
                continue
            if held:
                self.blocks.append(_grid(held))
                held = []
            self.walk(row, depth + 1)
            self.flush()
        if held:
            self.blocks.append(_grid(held))


def _is_prose(row: lxml.html.HtmlElement) -> bool:
    """A row with a whole paragraph in a box: chapters set as a table."""
    return any(len(box.text_content().strip()) > LONG_BOX for box in row.iterchildren("td", "th"))


def _is_layout(table: lxml.html.HtmlElement) -> bool:
    """A table that holds tables, or has a single column, arranges a page and is no data."""
    if table.find(".//table") is not None:
        return True
    boxes = [box for row in _rows(table) for box in row.iterchildren("td", "th")]
    if len(boxes) <= 1:
        return True
    return all(len(list(row.iterchildren("td", "th"))) <= 1 for row in _rows(table))


def _rows(table: lxml.html.HtmlElement) -> list[lxml.html.HtmlElement]:
    return [row for row in table.iterdescendants("tr") if next(row.iterancestors("table")) is table]


def _grid(rows: list[lxml.html.HtmlElement]) -> Grid:
    return spans.grid(
        [(_text(box), _span(box.get("rowspan")), _span(box.get("colspan"))) for box in row.iterchildren("td", "th")]
        for row in rows
        if not _HIDDEN.search(row.get("style", ""))
    )


def _text(box: lxml.html.HtmlElement) -> str:
    """The words of a box; paragraphs and line breaks in it become line ends."""
    pieces: list[str] = []
    for event, node in lxml.etree.iterwalk(box, events=("start", "end")):
        if event == "start":
            pieces.append(node.text or "")
        elif node is not box:
            pieces.append("\n" if node.tag in ("br", "p", "div") else "")
            pieces.append(node.tail or "")
    return _SPACE.sub(" ", "".join(pieces)).strip()


def _span(value: str | None) -> int:
    digits = re.match(r"\s*(\d{1,4})", value or "")
    return max(int(digits[1]), 1) if digits else 1
