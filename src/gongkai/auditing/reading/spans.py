"""Grids from rows of boxes with spans, the way browsers lay them out."""

from collections.abc import Iterable

from gongkai.auditing import errors
from gongkai.auditing.document import Grid, Slot

MOST_SLOTS = 120_000
WIDEST = 400
EMPTY = Slot("", -1, -1)

Box = tuple[str, int, int]


def _fill(line: list[Slot], waiting: dict[int, tuple[Slot, int]]) -> None:
    """Continues boxes that reach down from above into the next free positions."""
    while len(line) in waiting and waiting[len(line)][1] > 0:
        slot, left = waiting[len(line)]
        waiting[len(line)] = (slot, left - 1)
        line.append(slot)


def grid(rows: Iterable[Iterable[Box]], *, page: int = 0) -> Grid:
    """Lays out boxes (text, rowspan, colspan). Raises `TooLarge` where spans would swell beyond any form."""
    laid: list[list[Slot]] = []
    waiting: dict[int, tuple[Slot, int]] = {}
    count = 0
    for y, boxes in enumerate(rows):
        line: list[Slot] = []
        begun: dict[int, tuple[Slot, int]] = {}
        for text, down, across in boxes:
            _fill(line, waiting)
            slot = Slot(text, y, len(line))
            for _ in range(min(max(across, 1), WIDEST + 1)):
                _fill(line, waiting)
                if down > 1:
                    begun[len(line)] = (slot, min(down, 1000) - 1)
                line.append(slot)
        _fill(line, waiting)
        waiting = {x: (slot, left) for x, (slot, left) in {**waiting, **begun}.items() if left > 0}
        count += len(line)
        if count > MOST_SLOTS or len(line) > WIDEST:
            raise errors.TooLarge(f"表格超过{MOST_SLOTS}格或{WIDEST}列,不是年度报告")
        laid.append(line)
    width = max(map(len, laid), default=0)
    padded = tuple(
        tuple(line) + tuple(Slot("", y, x, real=False) for x in range(len(line), width)) for y, line in enumerate(laid)
    )
    return Grid(rows=padded, aligned=True, page=page)
