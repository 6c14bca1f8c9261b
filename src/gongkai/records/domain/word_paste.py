"""Word and WPS put their structure into styles: this turns it back into plain HTML elements.

Headings hide in outline levels and style names (MsoHeading, 标题 1), list items in paragraphs with an ``mso-list``
style and a typed bullet, alignment in inline styles. Numbers in the manner of official documents (一、 (一) 1.) are
part of the text and stay in it, since others cite them.
"""

import re
from collections.abc import Callable

from lxml import etree, html

_LEVEL_IN_STYLE = re.compile(r"mso-outline-level\s*:\s*([1-9])")
_LEVEL_IN_NAME = re.compile(r"(?:mso-style-name\s*:\s*[\"']?|\b)(?:标题|Heading|MsoHeading)\s*([1-9])\b", re.IGNORECASE)
_TITLE = re.compile(r"\bMsoTitle\b")
_ALIGN = re.compile(r"text-align\s*:\s*(center|right)")
_ALIGN_CLASS = re.compile(r"\balign-(center|right)\b")
_LIST = re.compile(r"mso-list\s*:\s*l\d+\s+level(\d)")
_IGNORED = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")
_ITALIC = re.compile(r"font-style\s*:\s*italic")
# The characters that Symbol and Wingdings show as bullets, as they arrive in the clipboard.
_BULLETS = frozenset("·•●○◦▪■□◆◇–-—lnuoØqvü§\uf0b7\uf06c\uf06e\uf075\uf0d8\uf0a7\uf0fc")
_CONDITIONAL = re.compile(r"<!\[(?:if|endif)[^>]*\]>|<\?xml[^>]*>", re.IGNORECASE)
_RENAMED = {"b": "strong", "i": "em", "del": "s", "strike": "s", "ins": "u"}
_BLOCKS = ("p", "div", "table", "caption", "tbody", "tr", "td", "th", "ul", "ol", "li", "blockquote", "hr")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def normalise(raw: str) -> str:
    """HTML in which structure is told by elements; not yet safe, the caller sanitises it."""
    root = _parse(raw)
    for step in _STEPS:
        step(root)
    return (root.text or "") + "".join(html.tostring(child, encoding="unicode") for child in root)


def _parse(raw: str) -> html.HtmlElement:
    """The body of a page or a fragment, below one parent; control characters that lxml refuses are dropped."""
    text = "".join(character for character in _CONDITIONAL.sub("", raw) if character >= " " or character in "\t\n\r")
    page = html.document_fromstring(f"<div>{text}</div>", parser=html.HTMLParser(huge_tree=True))
    body = page.find("body")
    found = body if body is not None else page
    etree.strip_elements(found, etree.Comment, with_tail=False)
    return found


def _drop_office_elements(root: html.HtmlElement) -> None:
    """Elements of Office's own namespaces (o:p, v:shape, w:sdt) say nothing; their text stays."""
    for element in list(root.iter()):
        if isinstance(element.tag, str) and ":" in element.tag:
            element.drop_tag()


def _emphasis(root: html.HtmlElement) -> None:
    for element in root.iter(*_RENAMED):
        element.tag = _RENAMED[element.tag]
    for element in list(root.iter("span")):
        style = element.get("style", "")
        if _BOLD.search(style) and (element.text_content() or "").strip():
            element.tag = "strong"
        elif _ITALIC.search(style):
            element.tag = "em"


def _highlights(root: html.HtmlElement) -> None:
    """Colour behind words says nothing; a cut has a ground."""
    for element in list(root.iter("mark")):
        if element.get("data-ground") is None or not element.text_content():
            element.drop_tag()


def _headings(root: html.HtmlElement) -> None:
    """Levels become h2 to h4; where the text has a level 1, everything moves down by one."""
    levels = {element: level for element in root.iter() if (level := _outline_level(element))}
    shift = 1 if 1 in levels.values() else 0
    for element, level in levels.items():
        if not element.text_content().strip():
            element.tag = "p"
            continue
        element.tag = f"h{min(max(level + shift, 2), 4)}"
        for strong in list(element.iter("strong", "b")):
            strong.drop_tag()


def _outline_level(element: html.HtmlElement) -> int | None:
    if element.tag in _HEADINGS:
        return int(element.tag[1])
    if element.tag not in {"p", "div"}:
        return None
    style, name = element.get("style", ""), element.get("class", "")
    if _TITLE.search(name):
        return 1
    found = _LEVEL_IN_STYLE.search(style) or _LEVEL_IN_NAME.search(name) or _LEVEL_IN_NAME.search(style)
    return int(found[1]) if found else None


def _lists(root: html.HtmlElement) -> None:
    """Runs of list paragraphs with a bullet become lists; numbers stay as text in front of their paragraph."""
    for paragraph in list(root.iter("p")):
        level = _LIST.search(paragraph.get("style", ""))
        if level is None:
            continue
        marker = _take_marker(paragraph)
        if marker and marker not in _BULLETS:
            _put_in_front(paragraph, marker)
        else:
            _put_into_list(paragraph, depth=int(level[1]))


def _take_marker(paragraph: html.HtmlElement) -> str:
    ignored = next((span for span in paragraph.iter("span") if _IGNORED.search(span.get("style", ""))), None)
    if ignored is None:
        return ""
    marker = ignored.text_content().strip().strip("\xa0 ")
    ignored.drop_tree()
    return str(marker)


def _put_in_front(paragraph: html.HtmlElement, marker: str) -> None:
    paragraph.text = marker + (paragraph.text or "").lstrip()


def _put_into_list(paragraph: html.HtmlElement, *, depth: int) -> None:
    before = paragraph.getprevious()
    follows = before is not None and before.tag == "ul" and not (before.tail or "").strip()
    if not follows:
        before = html.Element("ul")
        paragraph.addprevious(before)
    target = before
    for _ in range(depth - 1):
        items = target.findall("li")
        if not items:
            break
        inner = items[-1].find("ul")
        target = inner if inner is not None else etree.SubElement(items[-1], "ul")
    paragraph.tag = "li"
    paragraph.attrib.clear()
    paragraph.tail = None
    target.append(paragraph)


def _alignment(root: html.HtmlElement) -> None:
    """Inline styles go, but the right-aligned signature and the centred title line are kept as classes."""
    for element in root.iter():
        found = _ALIGN.search(element.get("style", "")) or _ALIGN_CLASS.search(element.get("class", ""))
        word = found[1] if found else element.get("align", "").lower()
        element.attrib.pop("class", None)
        if word in {"center", "right"} and element.tag in {"p", "td", "th", *_HEADINGS}:
            element.set("class", f"align-{word}")


def _paragraphs(root: html.HtmlElement) -> None:
    """Divisions become paragraphs, unless they hold blocks; empty paragraphs, which Word uses as spacing, go."""
    for element in list(root.iter("div")):
        if not _holds_blocks(element) and element.text_content().strip():
            element.tag = "p"
    for paragraph in list(root.iter("p")):
        if not paragraph.text_content().strip("\xa0 \t\r\n\u3000") and paragraph.find(".//br") is None:
            paragraph.drop_tree()


def _holds_blocks(element: html.HtmlElement) -> bool:
    return next(element.iterdescendants(*_BLOCKS, *_HEADINGS), None) is not None


_STEPS: tuple[Callable[[html.HtmlElement], None], ...] = (
    _drop_office_elements,
    _lists,
    _emphasis,
    _highlights,
    _headings,
    _alignment,
    _paragraphs,
)
