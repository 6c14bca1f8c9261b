"""Passages that are kept from the public (有删减): marked in the text of the desk, replaced by their ground outside.

A cut is ``<mark data-ground="…" data-note="…">`` around the words. Marks of one ground that touch are one cut: a
passage that runs through bold type needs several elements. `public` is the only way out of a text that holds cuts.
"""

import html as entities
import itertools
from collections.abc import Iterator
from typing import NamedTuple

from lxml import html

from gongkai.records.domain import attributes, rich_text
from gongkai.records.domain.attributes import Attribute, Ground

GROUNDS: tuple[Ground, ...] = attributes.GROUNDS[Attribute.NOT_DISCLOSED]
LONGEST_NOTE = 100
_TAG = "mark"
_BY_CODE = {ground.code: ground for ground in GROUNDS}
_BREAKS = frozenset({*("p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "table", "caption"), *("tr", "td", "th")})


class Cut(NamedTuple):
    """What is kept back and why. ``text`` never leaves the desk; ground and note stand in the public copy."""

    ground: str
    note: str
    text: str

    @property
    def is_grounded(self) -> bool:
        ground = _BY_CODE.get(self.ground)
        return ground is not None and (bool(self.note) or not ground.needs_words)

    @property
    def marker(self) -> str:
        """What the public reads in its place."""
        return f"〔此处有删减，理由：{label(self.ground, self.note)}〕"


def label(ground: str, note: str) -> str:
    """The ground in words, with the office's own behind it."""
    return "；".join(filter(None, (_BY_CODE[ground].label, note)))


def has_cuts(text_html: str) -> bool:
    return f"<{_TAG}" in text_html


def cuts_in(text_html: str) -> tuple[Cut, ...]:
    """All cuts in their order."""
    return tuple(map(_cut, _runs(_parse(text_html)))) if has_cuts(text_html) else ()


def public(text_html: str) -> str:
    """The text as the public gets it. Every cut must be grounded (`Cut.is_grounded`)."""
    if not has_cuts(text_html):
        return text_html
    root = _parse(text_html)
    for run in list(_runs(root)):
        marker = _cut(run).marker
        for element in run:
            for link in list(element.iterancestors("a")):
                link.drop_tag()  # where a link leads may say what was cut
        for element, words in zip(run, itertools.chain([marker], itertools.repeat("")), strict=False):
            _replace(element, words)
    return rich_text.clean(_serialised(root))


def shown(text_html: str) -> str:
    """For the desk: the words with their ground behind them. To be displayed, never to be stored."""
    if not has_cuts(text_html):
        return text_html
    root = _parse(text_html)
    for run in list(_runs(root)):
        cut, last = _cut(run), run[-1]
        why = html.Element("span", {"class": "cut-why"})
        why.text = f"〔删减：{label(cut.ground, cut.note)}〕" if cut.is_grounded else "〔删减没有理由〕"
        why.tail, last.tail = last.tail, None
        last.addnext(why)
    return _serialised(root)


def mark(text_html: str, passage: str, *, ground: str, note: str) -> tuple[str, int]:
    """Marks the passage wherever it stands; returns the text and how many places there were.

    The passage may run over several paragraphs or cells, each on a line of its own.
    """
    root = _parse(text_html)
    pieces = list(_pieces(root))
    whole, wanted = "".join(piece.text for piece in pieces), _as_sought(passage)
    places = list(_places(whole, wanted)) if wanted else []
    start = len(whole)
    for piece in reversed(pieces):
        start -= len(piece.text)
        for first, last in reversed(places):
            _wrap(piece, max(first - start, 0), min(last - start, len(piece.text)), ground, note)
    return _serialised(root), len(places)


def unmark(text_html: str, number: int) -> str:
    """Takes back the cut with this number, counted from one; the words become public again."""
    root = _parse(text_html)
    for element in list(_runs(root))[number - 1]:
        element.drop_tag()
    return _serialised(root)


class _Piece(NamedTuple):
    """A text node outside all cuts: of which element, as its text or its tail. Without element: a line break."""

    element: html.HtmlElement | None
    is_tail: bool
    text: str


def _parse(text_html: str) -> html.HtmlElement:
    return html.fragment_fromstring(text_html, create_parent="div")


def _serialised(root: html.HtmlElement) -> str:
    first = entities.escape(root.text or "", quote=False)
    return first + "".join(html.tostring(child, encoding="unicode") for child in root)


def _cut(run: list[html.HtmlElement]) -> Cut:
    words = "".join(element.text_content() for element in run)
    return Cut(run[0].get("data-ground", ""), run[0].get("data-note", ""), words)


def _runs(root: html.HtmlElement) -> Iterator[list[html.HtmlElement]]:
    """Marks of one cut together: same ground, nothing between them."""
    run: list[html.HtmlElement] = []
    for element in (*_marks_and_gaps(root), None):
        if run and (element is None or dict(element.attrib) != dict(run[0].attrib)):
            yield run
            run = []
        if element is not None:
            run.append(element)


def _marks_and_gaps(element: html.HtmlElement) -> Iterator[html.HtmlElement | None]:
    """Every mark in document order; None for words or the edge of a block between them."""
    if (element.text or "").strip():
        yield None
    for child in element:
        if child.tag == _TAG:
            yield child
        else:
            edge = (None,) if child.tag in _BREAKS else ()
            yield from edge
            yield from _marks_and_gaps(child)
            yield from edge
        if (child.tail or "").strip():
            yield None


def _pieces(element: html.HtmlElement) -> Iterator[_Piece]:
    if element.text:
        yield _Piece(element, is_tail=False, text=_level(element.text))
    for child in element:
        if child.tag in _BREAKS or child.tag == "br":
            yield _Piece(None, is_tail=False, text="\n")
        if child.tag != _TAG:
            yield from _pieces(child)
        else:
            yield _Piece(None, is_tail=False, text="\n")
        if child.tag in _BREAKS:
            yield _Piece(None, is_tail=False, text="\n")
        if child.tail:
            yield _Piece(child, is_tail=True, text=_level(child.tail))


def _level(text: str) -> str:
    """The same length, every blank a plain one: what was copied from a page never has the blanks of the source."""
    return "".join(" " if character.isspace() else character for character in text)


def _as_sought(passage: str) -> list[str]:
    lines = passage.replace("\t", "\n").splitlines()
    return [_level(line.strip()) for line in lines if line.strip()]


def _places(whole: str, lines: list[str]) -> Iterator[tuple[int, int]]:
    """Where the lines stand one after the other, with nothing but breaks and blanks between them."""
    at = whole.find(lines[0])
    while at >= 0:
        end = at + len(lines[0])
        for line in lines[1:]:
            rest = whole[end:].lstrip(" \n")
            if not rest.startswith(line):
                break
            end = len(whole) - len(rest) + len(line)
        else:
            yield at, end
            at = end - 1
        at = whole.find(lines[0], at + 1)


def _wrap(piece: _Piece, first: int, last: int, ground: str, note: str) -> None:
    element, text = piece.element, piece.text
    if element is None or first >= last or not text[first:last].strip():
        return
    source = (element.tail if piece.is_tail else element.text) or ""
    cut = html.Element(_TAG, {"data-ground": ground} | ({"data-note": note} if note else {}))
    cut.text, cut.tail = source[first:last], source[last:]
    if piece.is_tail:
        element.tail = source[:first]
        parent = element.getparent()
        parent.insert(parent.index(element) + 1, cut)
    else:
        element.text = source[:first]
        element.insert(0, cut)


def _replace(element: html.HtmlElement, words: str) -> None:
    parent, previous = element.getparent(), element.getprevious()
    words += element.tail or ""
    if previous is not None:
        previous.tail = (previous.tail or "") + words
    else:
        parent.text = (parent.text or "") + words
    parent.remove(element)
