"""From pieces of text with their places on a page to paragraphs: lines put together, furniture of the page left out.

Documents of fixed layout know no paragraphs. A paragraph here ends where a line stays short of the right edge or
the next one is indented; centred and right-hand lines stand alone; page numbers and repeated heads go.
"""

import html
import itertools
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongkai.groundwork.files.outlining.outline import Block

_PAGE_NUMBER = re.compile(
    r"[-—–－·•\s]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/,，共]\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–－·•\s]*"
)
_DIGITS = re.compile(r"\d+")
_EDGE_SHARE = 0.12
_WIDE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text at a place; points, from the top left corner of the page."""

    text: str
    page: int
    left: float
    right: float
    top: float
    bottom: float
    page_height: float
    is_red: bool = False

    @property
    def size(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where running text stands: its edges and the size of its letters."""

    left: float
    right: float
    em: float

    def align(self, line: Piece) -> str:
        off_centre = abs((line.left + line.right) - (self.left + self.right)) / 2
        is_inside = line.left > self.left + 2.6 * self.em or line.size > 1.2 * self.em
        is_free = line.left > self.left + 0.4 * self.em and line.right < self.right - 0.4 * self.em
        if off_centre < self.em and is_inside and is_free:
            return "center"
        reaches_right = line.right > self.right - 7 * self.em
        if reaches_right and line.left > self.left + 0.4 * (self.right - self.left):
            return "right"
        return ""

    def goes_on(self, before: Piece, line: Piece) -> bool:
        """Whether the paragraph of ``before`` runs on in ``line``."""
        is_indented = line.left > self.left + 1.2 * self.em
        is_short = before.right < self.right - 2.2 * self.em
        if is_indented or is_short or abs(before.size - line.size) > 0.2 * self.em:
            return False
        if before.page != line.page:
            return line.page == before.page + 1
        return line.top - before.bottom < 2 * self.em


def paragraphs(pieces: Iterable[Piece]) -> list[Block]:
    """The blocks of a document of fixed layout."""
    lines = _without_furniture(_lines(pieces))
    if not lines:
        return []
    frame = _frame(lines)
    found: list[list[Piece]] = []
    for line in lines:
        stands_alone = bool(frame.align(line))
        before = found[-1][-1] if found else None
        if before is not None and not stands_alone and not frame.align(before) and frame.goes_on(before, line):
            found[-1].append(line)
        else:
            found.append([line])
    return [_block(group, frame) for group in found]


def _lines(pieces: Iterable[Piece]) -> list[Piece]:
    """Pieces on one height of one page are one line, left to right."""
    by_page: dict[int, list[Piece]] = defaultdict(list)
    for piece in pieces:
        if piece.text.strip():
            by_page[piece.page].append(piece)
    found = []
    for _, on_page in sorted(by_page.items()):
        rows: list[list[Piece]] = []
        for piece in sorted(on_page, key=lambda each: (each.top + each.bottom) / 2):
            if rows and _share_height(rows[-1][-1], piece):
                rows[-1].append(piece)
            else:
                rows.append([piece])
        found += [_joined(sorted(row, key=lambda each: each.left)) for row in rows]
    return found


def _share_height(one: Piece, other: Piece) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > 0.6 * min(one.size, other.size)


def _joined(row: Sequence[Piece]) -> Piece:
    text, widest = row[0].text, max(row, key=lambda piece: piece.right - piece.left)
    for before, piece in itertools.pairwise(row):
        gap = " " if piece.left - before.right > 0.6 * max(piece.size, 1) else ""
        text += gap + piece.text
    return Piece(
        text=" ".join(text.split()),
        page=row[0].page,
        left=row[0].left,
        right=max(piece.right for piece in row),
        # Figures and letters in another font stand higher or lower; the line is as tall as most of it.
        top=widest.top,
        bottom=widest.bottom,
        page_height=row[0].page_height,
        is_red=row[0].is_red,
    )


def _without_furniture(lines: list[Piece]) -> list[Piece]:
    """Page numbers, and what stands at the edge of most pages in the same words."""
    pages = {line.page for line in lines}
    at_edge = Counter(_DIGITS.sub("#", line.text) for line in lines if _is_at_edge(line))
    repeated = {text for text, count in at_edge.items() if count >= 3 and count * 2 >= len(pages)}
    return [
        line
        for line in lines
        if not _is_at_edge(line) or not (_PAGE_NUMBER.fullmatch(line.text) or _DIGITS.sub("#", line.text) in repeated)
    ]


def _is_at_edge(line: Piece) -> bool:
    return line.top < _EDGE_SHARE * line.page_height or line.bottom > (1 - _EDGE_SHARE) * line.page_height


def _frame(lines: Sequence[Piece]) -> _Frame:
    em = statistics.median(line.size for line in lines)
    running = [line for line in lines if abs(line.size - em) < 0.25 * em] or list(lines)
    lefts = Counter(round(line.left / 3) for line in running)
    often = [place for place, count in lefts.items() if count >= max(2, len(running) // 12)]
    left = min(often) * 3 if often else min(line.left for line in running)
    rights = sorted(line.right for line in running)
    return _Frame(left, rights[int(0.95 * (len(rights) - 1))], em)


def _block(group: Sequence[Piece], frame: _Frame) -> Block:
    text = group[0].text
    for line in group[1:]:
        text += _between(text, line.text) + line.text
    first = group[0]
    return Block(
        text=text,
        html=html.escape(text, quote=False),
        align=frame.align(first) if len(group) == 1 else "",
        size=round(first.size, 1),
        page=first.page,
        is_red=first.is_red,
    )


def _between(before: str, after: str) -> str:
    """Latin words are parted by a blank where a line ends, Chinese ones are not."""
    return "" if is_wide(before[-1]) or is_wide(after[0]) or before.endswith("-") else " "


def is_wide(letter: str) -> bool:
    """Whether it is a Chinese letter or mark."""
    return _WIDE.match(letter) is not None
