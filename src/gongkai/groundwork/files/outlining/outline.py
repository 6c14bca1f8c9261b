"""The outline of a document: its blocks in reading order, as they travel out of the inspecting process."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class BlockKind(StrEnum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    TABLE = "table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph, heading, list item or table.

    ``html`` is what stands inside the element (a table: the rows), escaped, with no attributes but spans. ``text`` has
    a line for each line break, in a table for each row, its cells parted by tabs. ``align`` is empty, ``center`` or
    ``right``; ``size`` is in points; 0 for size and page means that it is not known.
    """

    text: str
    html: str
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    align: str = ""
    size: float = 0
    page: int = 0
    is_red: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """All blocks, and how many pictures and footnotes were left behind."""

    blocks: tuple[Block, ...] = ()
    pictures: int = 0
    footnotes: int = 0

    def as_data(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Outline":
        blocks = tuple(Block(**{**block, "kind": BlockKind(block["kind"])}) for block in data["blocks"])
        return cls(blocks, data["pictures"], data["footnotes"])
