"""Table 2: stacked blocks, each with its own columns, from grids or from running text."""

import dataclasses
import re
from collections.abc import Iterable

from gongkai.auditing import characters
from gongkai.auditing.document import Grid, Place, Slot
from gongkai.auditing.model import Reading, State
from gongkai.auditing.recognition import flat as flats
from gongkai.auditing.recognition import found, labels, matrix, splitting
from gongkai.law import forms

SIGNS = (
    "本年制发件数",
    "本年废止件数",
    "现行有效件数",
    "本年新制作",
    "本年新公开",
    "对外公开总数量",
    "处理决定数量",
    "本年收费金额",
    "上一年项目数量",
    "采购项目数量",
    "采购总金额",
)


_NUMBERS = re.compile(r"\S*\d\S*")


@dataclasses.dataclass(frozen=True, slots=True)
class Spot:
    """A row of a grid of a block."""

    block: int
    grid: Grid
    y: int


def of_grids(grids: Iterable[tuple[int, Grid]], table: forms.Table) -> dict[str, Reading]:
    """Cells of table 2 found in grids."""
    result: dict[str, Reading] = {}
    begun = False
    for block, grid in grids:
        words = "".join(characters.squeezed(slot.text) for row in grid.rows for slot in row)
        if not any(sign in words for sign in SIGNS) and not begun:
            continue
        begun = True
        heading: tuple[Slot, ...] = ()
        for y, row in enumerate(grid.rows):
            if any(characters.key(slot.text) == "信息内容" for slot in row):
                heading = row
                continue
            for part in table.blocks:
                cells = _row(Spot(block, grid, y), heading, part, table)
                result.update({cell: reading for cell, reading in cells.items() if cell not in result})
    return result


def _row(spot: Spot, heading: tuple[Slot, ...], part: forms.Block, table: forms.Table) -> dict[str, Reading]:
    block, grid, y = spot.block, spot.grid, spot.y
    row = grid.rows[y]
    head, tail = _parts(row)
    if not head:
        return {}
    name = labels.named(head[-1].text, part.rows) or labels.nearest(head[-1].text, part.rows, least=0.8)
    if name is None:
        return {}
    slots = _fitted(tail, y, heading, part, aligned=grid.aligned)
    place = Place(block, row=y, column=head[-1].column)
    if slots is None:
        raw = " ".join(slot.text for slot in tail)
        return {table.cell_id(name, column.id): found.unread(place, raw) for column in part.columns}
    return {table.cell_id(name, column): found.reading(slot, block) for column, slot in slots.items()}


def _parts(row: tuple[Slot, ...]) -> tuple[list[Slot], list[Slot]]:
    head, tail = matrix.parts(row)
    return [slot for _, slot in head], [slot for _, slot in tail]


def _fitted(
    tail: list[Slot], y: int, heading: tuple[Slot, ...], part: forms.Block, *, aligned: bool
) -> dict[str, Slot] | None:
    order = [column.id for column in part.columns]
    known = labels.index(part.columns)
    printed = [(x, known[name][0]) for x, slot in enumerate(heading) if (name := _column_key(slot.text)) in known]
    single = {name: x for x, name in reversed(printed)}
    if sorted(single) == sorted(order):
        order = sorted(single, key=lambda name: single[name])
    numbers = [slot for slot in tail if not characters.is_blank(slot.text)]
    if len(order) == 1:
        if len(numbers) > 1 or not tail:
            return None
        return {order[0]: numbers[0] if numbers else tail[0]}
    if any(len(_NUMBERS.findall(characters.plain(slot.text))) > 1 for slot in tail):
        return None
    fitted = found.fit(tail, len(order), y=y)
    if fitted is None or found.moved_up(fitted, aligned=aligned):
        return None
    return dict(zip(order, fitted, strict=True))


def _column_key(text: str) -> str:
    return characters.key(re.sub(r"\(.*?\)", "", characters.squeezed(text)))


def of_text(flat: flats.Flat, table: forms.Table) -> tuple[dict[str, Reading], tuple[int, int] | None]:
    """Cells of table 2 from running text, and the stretch they cover."""
    first = re.search(r"第二十条第\([一二]\)项|信息内容(?:本年制发件数|本年新制作)", flat.text)
    if first is None:
        return {}, None
    start = first.start()
    stop = re.compile(r"三、收到和处理|本列数据的勾稽关系|本年新收政府信息").search(flat.text, start)
    end = stop.start() if stop else min(len(flat.text), start + 1500)
    result: dict[str, Reading] = {}
    at = start
    for part in table.blocks:
        for line in part.rows:
            match = flats.pattern(line).search(flat.text, at, end)
            if match is None:
                continue
            at = match.end()
            explained = re.compile(r"\([^()]{4,200}\)").match(flat.text, at, end)
            at = explained.end() if explained else at
            run = _run(flat.text[at:end])
            place = flat.place(at, at + max(len(run), 1))
            result.update(_cut(line.id, run, place, part, table))
    return result, (start, end)


def _run(chunk: str) -> str:
    match = re.match(r"[\d\s.,+\-/]*(?:万?元)?", flats.without_units(chunk[:80]))
    return match.group().strip() if match else ""


def _cut(name: str, run: str, place: Place, part: forms.Block, table: forms.Table) -> dict[str, Reading]:
    width = len(part.columns)
    cells = [table.cell_id(name, column.id) for column in part.columns]
    tokens = run.split()
    if any(re.match(r"0+[1-9]", token) for token in tokens):  # two numbers, not one
        return {cell: found.unread(place, run) for cell in cells}
    if len(tokens) == width and all(characters.number(t) is not None or characters.is_blank(t) for t in tokens):
        return {cell: _token(token, place) for cell, token in zip(cells, tokens, strict=True)}
    digits = splitting.plain(run, width)
    if digits is not None:
        return {cell: found.cut(value, place, run) for cell, value in zip(cells, digits, strict=True)}
    signed = re.fullmatch(r"(\d+)\s*([+-]\d+)(?:\s+(\d+))?", run)
    result = {cell: found.unread(place, run) for cell in cells}
    if signed and part.columns[1].signed:
        result[cells[0]] = _token(signed[1], place)
        if width == 2 or signed[3]:
            result[cells[1]] = _token(signed[2], place)
        if width == 3 and signed[3]:
            result[cells[2]] = _token(signed[3], place)
    return result


def _token(token: str, place: Place) -> Reading:
    value = characters.number(token)
    state = State.READ if value is not None else State.BLANK if characters.is_blank(token) else State.UNREAD
    return Reading(state, value, place, token)
