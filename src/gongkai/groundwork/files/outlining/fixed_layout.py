"""OFD (GB/T 33190) as pieces of text with their places: pages in their order, without the templates behind them."""

import posixpath
from collections.abc import Iterator

from lxml import etree

from gongkai.groundwork.files.inspecting.archives import Archive
from gongkai.groundwork.files.outlining import parts
from gongkai.groundwork.files.outlining.lines import Piece, paragraphs
from gongkai.groundwork.files.outlining.outline import Outline
from gongkai.groundwork.files.outlining.parts import attribute, children, descendants

_POINTS = 72 / 25.4
_A4 = (210.0, 297.0)
_LINE_HEIGHT = 6.0


def read(archive: Archive) -> Outline:
    """Raises RefusedFile where a part is damaged."""
    root = parts.read(archive, "OFD.xml")
    place = next((text for each in descendants(root, "DocRoot") if (text := (each.text or "").strip())), "")
    pages = _pages(archive, place.lstrip("/")) if place.lstrip("/") in archive.names else _any_pages(archive)
    pieces = [piece for number, page in enumerate(pages, 1) for piece in _pieces(page, number)]
    return Outline(tuple(paragraphs(pieces)))


def _pages(archive: Archive, place: str) -> Iterator[etree._Element]:
    document = parts.read(archive, place)
    folder = posixpath.dirname(place)
    for page in descendants(document, "Page"):
        where = attribute(page, "BaseLoc")
        found = where.lstrip("/") if where.startswith("/") else posixpath.normpath(posixpath.join(folder, where))
        if found in archive.names:
            yield parts.read(archive, found)


def _any_pages(archive: Archive) -> Iterator[etree._Element]:
    """For packages whose directory leads nowhere."""
    for name in sorted(archive.names):
        if "/Pages/" in name and name.endswith("Content.xml"):
            yield parts.read(archive, name)


def _pieces(page: etree._Element, number: int) -> Iterator[Piece]:
    height = _page_height(page) * _POINTS
    for count, text in enumerate(descendants(page, "TextObject")):
        words = "".join(code.text or "" for code in children(text, "TextCode"))
        if not words.strip():
            continue
        box = _numbers(attribute(text, "Boundary"))
        if len(box) != 4:
            box = [0.0, 40 + count * _LINE_HEIGHT, len(words) * 4.0, 4.0]
        left, top, width, tall = (value * _POINTS for value in box)
        size = _size(text) or tall
        yield Piece(words, number, left, left + width, top + tall - size, top + tall, height, _is_red(text))


def _page_height(page: etree._Element) -> float:
    for box in descendants(page, "PhysicalBox"):
        numbers = _numbers(box.text or "")
        if len(numbers) == 4 and numbers[3] > 0:
            return numbers[3]
    return _A4[1]


def _size(text: etree._Element) -> float:
    """The size of the letters in points; 0 where it is not said."""
    said = _numbers(attribute(text, "Size"))
    matrix = _numbers(attribute(text, "CTM"))
    scale = abs(matrix[3]) if len(matrix) == 6 and matrix[3] else 1.0
    return said[0] * scale * _POINTS if said else 0.0


def _is_red(text: etree._Element) -> bool:
    for colour in children(text, "FillColor"):
        value = _numbers(attribute(colour, "Value"))
        return len(value) == 3 and value[0] > 150 and value[1] < 100 and value[2] < 100
    return False


def _numbers(words: str) -> list[float]:
    try:
        return [float(word) for word in words.split()]
    except ValueError:
        return []
