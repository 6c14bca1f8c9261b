"""The lines of a document with the block that each belongs to."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.groundwork.files.outlining.outline import Block, BlockKind

_LONGEST = 500
_BLANKS = re.compile(r"[ \t\u3000\xa0]+")


@dataclass(frozen=True, slots=True)
class Line:
    """``text`` has single blanks; ``block`` is the place of its block."""

    text: str
    block: int
    page: int
    align: str
    size: float
    is_red: bool
    kind: BlockKind
    level: int

    @property
    def closed_up(self) -> str:
        return self.text.replace(" ", "")


@dataclass(frozen=True, slots=True)
class Sheet:
    lines: tuple[Line, ...]
    body_size: float
    has_layout: bool

    def is_large(self, line: Line) -> bool:
        """Larger than running text by more than a title is."""
        return line.size > 1.55 * self.body_size

    def place(self, line: Line, what: str) -> str:
        return f"第{line.page}页{what}" if line.page else what


def of(blocks: Sequence[Block]) -> Sheet:
    """The sheet of these blocks."""
    lines = tuple(_lines(blocks))
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    has_layout = any(line.align for line in lines)
    return Sheet(lines, sizes.most_common(1)[0][0] if sizes else 0, has_layout)


def _lines(blocks: Sequence[Block]) -> Iterator[Line]:
    for place, block in enumerate(blocks):
        for text in block.text.split("\n"):
            # What identifies a document is short; the rest of an endless line is not looked at.
            tidy = _BLANKS.sub(" ", text[:_LONGEST] + ("…" if len(text) > _LONGEST else "")).strip()
            if tidy:
                yield Line(tidy, place, block.page, block.align, block.size, block.is_red, block.kind, block.level)
