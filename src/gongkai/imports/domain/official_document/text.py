"""The text of a document as HTML from its blocks; `rich_text.clean` has the last word on it."""

import itertools
from collections.abc import Iterator, Sequence

from gongkai.groundwork.files.outlining.outline import Block, BlockKind


def html_of(blocks: Sequence[Block]) -> str:
    """Paragraphs, headings and tables as they come, runs of list items as nested lists."""
    return "".join(_pieces(blocks))


def _pieces(blocks: Sequence[Block]) -> Iterator[str]:
    for is_item, run in itertools.groupby(blocks, key=lambda block: block.kind is BlockKind.ITEM):
        if is_item:
            yield _list(list(run))
        else:
            yield from map(_element, run)


def _list(items: Sequence[Block]) -> str:
    """What lies deeper than the first item hangs below the item before it."""
    found, place = "", 0
    while place < len(items):
        below = place + 1
        while below < len(items) and items[below].level > items[0].level:
            below += 1
        inner = _list(items[place + 1 : below]) if below > place + 1 else ""
        found += f"<li>{items[place].html}{inner}</li>"
        place = below
    return f"<ul>{found}</ul>"


def _element(block: Block) -> str:
    if block.kind is BlockKind.TABLE:
        return f"<table><tbody>{block.html}</tbody></table>"
    look = f' class="align-{block.align}"' if block.align else ""
    name = f"h{min(max(block.level, 1), 6)}" if block.kind is BlockKind.HEADING else "p"
    return f"<{name}{look}>{block.html}</{name}>"
