"""The G2014 statistics table: one label, one unit, one number per line; from grids or from running text."""

import dataclasses
import re
from collections.abc import Iterable

from gongkai.auditing import characters
from gongkai.auditing.document import Grid, Place, Slot
from gongkai.auditing.model import Reading, State
from gongkai.auditing.recognition import flat as flats
from gongkai.auditing.recognition import found, labels, matrix
from gongkai.law import forms

TOTALS = ("合计", "总计", "全区", "全市", "全县", "总数")
UNITS = ("万元", "人次", "条", "件", "次", "篇", "个", "人")
LEAST = 5
_SECTION = re.compile(
    r"[二三八九][、.](?:回应解读情况|依申请公开情况|机构建设和保障经费情况|政府信息公开会议和培训情况)"
)


def of_grids(grids: Iterable[tuple[int, Grid]], table: forms.Table) -> dict[str, Reading]:
    """Cells of the list. Fewer than five known labels are another table."""
    result: dict[str, Reading] = {}
    at = 0
    columns = Columns()
    for block, grid in grids:
        columns = _columns(grid) or columns
        for y, row in enumerate(grid.rows):
            name, at = _named(row, table, at)
            if name and name not in result:
                result[name] = _reading(block, grid, y, columns)
    return result if len(result) >= LEAST else {}


def _named(row: tuple[Slot, ...], table: forms.Table, at: int) -> tuple[str | None, int]:
    """The form row of a grid row at or after position `at`; repeated labels mean the next of that name."""
    head, _ = matrix.parts(row)
    texts = [slot.text for _, slot in head if not _is_unit(slot.text)]
    if not texts:
        return None, at
    name = characters.key(re.sub(r"\([^()]*\)$", "", characters.squeezed(texts[-1])))
    full = characters.key(texts[-1])
    known = labels.index(table.rows)
    order = [line.id for line in table.rows]
    found_ids = known.get(full, ()) or known.get(name, ())
    ids = [line for line in found_ids if order.index(line) >= at]
    if ids:
        chosen = min(ids, key=order.index)
        return chosen, order.index(chosen) + 1
    if found_ids:
        return (found_ids[0] if len(found_ids) == 1 else None), at
    if not any(characters.number(slot.text) is not None for slot in row):
        return None, at
    holding = [line.id for line in table.rows if any(full in characters.key(label) for label in line.labels)]
    if holding:  # a piece of a label: its line was broken
        near = holding[0] if len(holding) == 1 and order.index(holding[0]) >= at else None
    else:
        near = labels.nearest(texts[-1], table.rows[at : at + 4], least=0.75)
    return (near, order.index(near) + 1) if near else (None, at)


def _is_unit(text: str) -> bool:
    return characters.squeezed(text) in UNITS


@dataclasses.dataclass(frozen=True, slots=True)
class Columns:
    """Where the values stand: the grid column of the total, and how many value columns there are."""

    total: int | None = None
    count: int = 1
    rank: int = 0


def _columns(grid: Grid) -> Columns | None:
    """The value columns by the heading 统计数, which may be divided (several offices and a total)."""
    for y, row in enumerate(grid.rows[:6]):
        texts = [characters.key(slot.text) for slot in row]
        if "统计指标" not in texts and "指标名称" not in texts:
            continue
        own = [x for x, text in enumerate(texts) if text.startswith("统计数") or text in TOTALS]
        below = [characters.key(slot.text) for slot in grid.rows[y + 1]] if y + 1 < len(grid.rows) else []
        names = [text for text in below if text and text not in texts]
        if any(text in TOTALS for text in names) and not any(text in ("条", "件") for text in below):
            rank = next(i for i, text in enumerate(names) if text in TOTALS)
            return Columns(next(x for x, text in enumerate(below) if text in TOTALS), len(names), rank)
        return Columns(own[0] if len(own) == 1 else None, max(len(own), 1), 0)
    return None


def _reading(block: int, grid: Grid, y: int, columns: Columns) -> Reading:
    """The value under its heading, or the only number of the line; the unit as printed."""
    row = grid.rows[y]
    boxes = [slot for slot in row if slot.row == y]
    unit = next((characters.squeezed(slot.text) for slot in boxes if _is_unit(slot.text)), "")
    words = [x for x, slot in enumerate(row) if characters.has_words(slot.text) and not _is_unit(slot.text)]
    after = [slot for x, slot in enumerate(row) if x > max(words, default=-1) and not _is_unit(slot.text)]
    reading = _value(block, grid, y, list(dict.fromkeys(after)), columns)
    return Reading(reading.state, reading.value, reading.place, reading.raw, unit=unit)


def _value(block: int, grid: Grid, y: int, after: list[Slot], columns: Columns) -> Reading:
    row = grid.rows[y]
    filled = [slot for slot in after if not characters.is_blank(slot.text)]
    place = Place(block, row=y, column=(filled or after or list(row))[-1].column)
    if not filled:
        return Reading(State.BLANK, None, place, "")
    if columns.count == 1 and len(filled) == 1:
        return found.reading(filled[0], block)
    if grid.aligned and columns.total is not None and columns.total < len(row):
        return found.reading(row[columns.total], block)
    if not grid.aligned and columns.count > 1 and len(filled) == columns.count:
        return found.reading(filled[columns.rank], block)
    return found.unread(place, " ".join(slot.text for slot in filled))


def of_text(flat: flats.Flat, table: forms.Table) -> tuple[dict[str, Reading], tuple[int, int] | None]:
    """Cells of the list from running text, and the stretch they cover."""
    title = re.search(r"统计指标单位统计数", flat.text)
    start = title.end() if title else 0
    marks = flats.hits(flat, table.rows, start, len(flat.text))
    if title is None or len(marks) < LEAST:
        return {}, None
    result: dict[str, Reading] = {}
    for i, hit in enumerate(marks):
        end = marks[i + 1].start if i + 1 < len(marks) else min(hit.end + 40, len(flat.text))
        chunk = _SECTION.split(re.sub(r"\([^()]*\)", "", flat.text[hit.end : end]))[0]
        match = re.match(r"(万元|人次|条|件|次|篇|个|人)?\s*(-?[\d,]+(?:\.\d+)?(?!\s*\d)(?![、.,:]\D))?", chunk)
        unit, value = (match[1], match[2]) if match else (None, None)
        place = flat.place(hit.start, max(hit.end, hit.start + 1))
        number = characters.number(value) if value else None
        unsure = bool(re.search(r"\d", chunk)) and not re.fullmatch(r"\D*\d{1,2}[、.,]?\s*", chunk)
        state = State.READ if number is not None else State.UNREAD if unsure else State.BLANK
        result[hit.row] = Reading(state, number, place, value or "", unit=unit or "")
    return result, (start, marks[-1].end)
