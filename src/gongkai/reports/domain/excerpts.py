"""The words of the source around a cell, for the person who reads it there."""

from typing import TypeAlias

from gongkai.auditing.document import Document, Grid, Place, origins

Excerpt: TypeAlias = tuple[str, str, str]
_AROUND = 60
_ROW_AROUND = 160
_SEPARATOR = " ｜ "


def around(document: Document, place: Place | None) -> Excerpt | None:
    """What stands before, in and after the place; None where the source has no such place."""
    if place is None or not 0 <= place.block < len(document.blocks):
        return None
    block = document.blocks[place.block]
    if isinstance(block, Grid):
        return _in_grid(block, place)
    if place.start < 0:
        return None
    before = block.text[max(place.start - _AROUND, 0) : place.start]
    after = block.text[place.end : place.end + _AROUND]
    return _squeezed(before), block.text[place.start : place.end], _squeezed(after)


def _in_grid(grid: Grid, place: Place) -> Excerpt | None:
    if not 0 <= place.row < len(grid.rows):
        return None
    boxes = list(origins(grid.rows[place.row], place.row))
    before = [_squeezed(slot.text) for slot in boxes if slot.column < place.column]
    inside = [_squeezed(slot.text) for slot in boxes if slot.column == place.column]
    after = [_squeezed(slot.text) for slot in boxes if slot.column > place.column]
    return (
        _SEPARATOR.join(before)[-_ROW_AROUND:],
        inside[0] if inside else "",
        _SEPARATOR.join(after)[:_ROW_AROUND],
    )


def _squeezed(text: str) -> str:
    return " ".join(text.split())
