"""A row as found, before identities have decided how its digits are cut."""

import dataclasses
from collections.abc import Sequence
from decimal import Decimal

from gongkai.auditing import characters
from gongkai.auditing.document import Grid, Place, Slot
from gongkai.auditing.model import Reading, State


@dataclasses.dataclass(frozen=True, slots=True)
class RowFound:
    """Either `readings` (one per column) or `candidates` (ways to cut the run), or neither if unreadable.

    `doubtful` candidates come from a row with too few boxes: one may be lost, so the columns must confirm the cut.
    """

    row: str
    place: Place
    raw: str
    readings: tuple[Reading, ...] = ()
    candidates: tuple[tuple[int, ...], ...] = ()
    doubtful: bool = False


def reading(slot: Slot, block: int) -> Reading:
    """The reading of a single box."""
    place = Place(block, row=slot.row, column=slot.column)
    value = characters.number(slot.text)
    if value is not None:
        return Reading(State.READ, value, place, slot.text)
    state = State.BLANK if characters.is_blank(slot.text) else State.UNREAD
    return Reading(state, None, place, slot.text)


def unread(place: Place, raw: str) -> Reading:
    return Reading(State.UNREAD, None, place, raw)


def cut(value: int, place: Place, raw: str) -> Reading:
    return Reading(State.READ, Decimal(value), place, raw, split=True)


def moved_up(slots: Sequence[Slot], *, aligned: bool) -> bool:
    """True if the row may have lost a box: its end is empty though numbers stand before it.

    Where boxes are only counted, an empty last box may be a box that was filled up; a sign like “/” is none.
    """
    filled = any(characters.number(slot.text) is not None for slot in slots)
    if aligned:
        return filled and not all(slot.real for slot in slots)
    return filled and not characters.squeezed(slots[-1].text)


def side_of(grid: Grid) -> str:
    """Where a counted grid fills up its rows, seen from the headings: labels first, or blanks first."""
    if grid.aligned:
        return ""
    starts = ends = 0
    for row in grid.rows[:6]:
        if len(row) < 3 or any(characters.number(slot.text) is not None for slot in row):
            continue
        filled = [bool(slot.text.strip()) for slot in row]
        starts += not filled[0] and any(filled)
        ends += filled[0] and not filled[-1]
    return "" if bool(starts) == bool(ends) else "start" if starts else "end"


def fit(tail: list[Slot], width: int, *, y: int, side: str = "") -> list[Slot] | None:
    """The `width` boxes that hold the values among those after the label, or None if that is open.

    `side` tells where rows of a counted grid are filled up: "end", "start" (before the values), or "" if unknown.
    """
    if any(slot.row != y for slot in tail) or len(tail) < width:
        return None
    if len(tail) == width:
        return tail
    spare = len(tail) - width
    blank = [characters.is_blank(slot.text) for slot in tail]
    if side == "end":
        return tail[:width] if all(blank[width:]) else None
    if side == "start":
        return tail[spare:] if all(blank[:spare]) else None
    left = all(blank[width:]) and not blank[0]
    right = all(blank[:spare]) and not blank[-1]
    if left != right or all(blank):
        return tail[:width] if left or all(blank) else tail[spare:]
    return None
