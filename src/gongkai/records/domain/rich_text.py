"""The text of a record: what comes from the editor, Word or WPS becomes a small, safe, stable HTML.

Kept: headings (as h2 to h4), paragraphs with their alignment, emphasis, lists, links, tables with merged cells. All
else goes. Cleaning what has been cleaned changes nothing, so that a digest over the result is stable.
"""

import html as entities
import re

import nh3
from lxml import html

from gongkai.records.domain import word_paste

MAX_CHARACTERS = 2_000_000
_PASSES = 5
_BLOCKS = ("p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "table", "caption", "tr", "hr")
_TAGS = {
    *_BLOCKS,
    "thead",
    "tbody",
    "tfoot",
    "th",
    "td",
    "br",
    "strong",
    "em",
    "u",
    "s",
    "sub",
    "sup",
    "a",
    # What is kept from the public: see `cuts`.
    "mark",
}
_CELL = {"rowspan", "colspan"}
_ATTRIBUTES = {
    "a": {"href"},
    "mark": {"data-ground", "data-note"},
    "td": _CELL,
    "th": _CELL | {"scope"},
    "ol": {"start"},
}
_CLASSES = {name: {"align-center", "align-right"} for name in ("p", "h2", "h3", "h4", "td", "th")}
_BLANK = re.compile(r"[ \t\r\f\v\xa0\u200b\ufeff]+")
# Stands for the end of a cell until blanks have been squeezed; never part of a text, since it is no character.
_CELL_END = "\ufdd0"
_AROUND_CELL_END = re.compile(f" *{_CELL_END} *")


class TooLong(ValueError):
    """The text is longer than any official document; the message is for staff."""


def clean(raw: str) -> str:
    """Safe HTML for what was typed or pasted. Raises `TooLong`."""
    if len(raw) > MAX_CHARACTERS:
        raise TooLong(f"正文超过{MAX_CHARACTERS // 10000}万字符，请改为附件上传。")
    cleaned = raw
    # Broken markup may be read differently once it has been repaired; what is stored must be stable.
    for _ in range(_PASSES):
        before, cleaned = cleaned, _once(cleaned)
        if cleaned == before:
            break
    return cleaned


def _once(raw: str) -> str:
    if not raw.strip():
        return ""
    return nh3.clean(
        word_paste.normalise(raw),
        tags=set(_TAGS),
        clean_content_tags={"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "title"},
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes={"http", "https", "mailto"},
        url_relative="deny",
        link_rel="noopener noreferrer",
    ).strip()


def plain_text(cleaned: str) -> str:
    """The words of cleaned HTML: a line for each block, the cells of a row parted by tabs."""
    if not cleaned:
        return ""
    pieces: list[str] = []
    _collect(html.fragment_fromstring(cleaned, create_parent="div"), pieces)
    lines = (_BLANK.sub(" ", line).strip() for line in "".join(pieces).split("\n"))
    return "\n".join(_AROUND_CELL_END.sub("\t", line).strip() for line in lines if line.strip(_CELL_END + " "))


def from_plain(text: str) -> str:
    """HTML for text typed into a plain field: a paragraph for each line that is not empty."""
    lines = (line.strip() for line in text.splitlines())
    return "".join(f"<p>{entities.escape(line, quote=False)}</p>" for line in lines if line)


def _collect(element: html.HtmlElement, pieces: list[str]) -> None:
    in_row = element.tag in {"tr", "table", "thead", "tbody", "tfoot"}
    if element.text and not in_row:
        pieces.append(element.text.replace("\n", " "))
    for child in element:
        if child.tag in _BLOCKS and not _inside_cell(child):
            pieces.append("\n")
        _collect(child, pieces)
        if child.tag in {"td", "th"}:
            pieces.append(_CELL_END)
        elif child.tag == "br" or child.tag in _BLOCKS:
            pieces.append(" " if _inside_cell(child) else "\n")
        if child.tail and not in_row:
            pieces.append(child.tail.replace("\n", " "))


def _inside_cell(element: html.HtmlElement) -> bool:
    return next(element.iterancestors("td", "th"), None) is not None
