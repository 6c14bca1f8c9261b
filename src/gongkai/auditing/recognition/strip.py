"""Table 4: fifteen numbers in one line under a heading of three levels."""

import re
from collections.abc import Iterable
from decimal import Decimal

from gongkai.auditing import characters
from gongkai.auditing.document import Grid, Place, Slot, origins
from gongkai.auditing.model import Reading, State
from gongkai.auditing.recognition import flat as flats
from gongkai.auditing.recognition import found, labels, splitting
from gongkai.law import forms


def cells(table: forms.Table) -> list[str]:
    return [table.cell_id(row.id, column.id) for row in table.rows for column in table.columns]


def of_grids(grids: Iterable[tuple[int, Grid]], table: forms.Table) -> dict[str, Reading]:
    """Cells of table 4; the line of numbers may stand alone after a page break."""
    heading: list[tuple[Slot, ...]] = []
    for block, grid in grids:
        words = "".join(characters.squeezed(slot.text) for row in grid.rows for slot in row)
        if "结果维持" in words or "复议后起诉" in words:
            heading = []
        elif not heading:
            continue
        for y, row in enumerate(grid.rows):
            texts = [slot.text for slot in origins(row, y)]
            if any(map(characters.has_words, texts)):
                heading.append(row)
            elif heading and len(texts) > 1:
                return _line(block, grid, y, heading, table)
    return {}


def _line(block: int, grid: Grid, y: int, heading: list[tuple[Slot, ...]], table: forms.Table) -> dict[str, Reading]:
    names = cells(table)
    row = grid.rows[y]
    slots = list(origins(row, y))
    columns = _positions(heading, table) if grid.aligned else None
    if columns and len(columns) == len(names) and all(x < len(row) for x in columns):
        chosen = [row[x] for x in columns]
        if len({(slot.row, slot.column) for slot in chosen}) == len(names):
            outside = [slot for slot in slots if slot not in chosen]
            if all(characters.is_blank(slot.text) for slot in outside) and all(slot.real for slot in chosen):
                return {columns[x]: found.reading(row[x], block) for x in columns}
    fitted = found.fit(slots, len(names), y=y)
    if fitted and all(len(slot.text.split()) <= 1 for slot in fitted):
        readings = {name: found.reading(slot, block) for name, slot in zip(names, fitted, strict=True)}
        return _trusted(readings, table) if found.moved_up(fitted, aligned=grid.aligned) else readings
    filled = [slot.text for slot in slots if not characters.is_blank(slot.text)]
    place = Place(block, row=y, column=0)
    if len(filled) in range(len(names) // 2, len(names)):
        return {name: found.unread(place, " ".join(filled)) for name in names}
    return _split(" ".join(filled), place, table)


def _trusted(readings: dict[str, Reading], table: forms.Table) -> dict[str, Reading]:
    """A row that may have lost a box: a block stands if it and the next add up (else all after it is moved)."""
    blocks = [[table.cell_id(row.id, column.id) for column in table.columns] for row in table.rows]
    sums = [_adds_up([readings[name].value for name in names]) for names in blocks]
    result = dict(readings)
    for i, names in enumerate(blocks):
        if all(sums[: i + 2]) and i + 1 < len(blocks):
            continue
        for name in names:
            place = readings[name].place
            if place is not None:
                result[name] = found.unread(place, readings[name].raw)
    return result


def _adds_up(values: list[Decimal | None]) -> bool:
    known = [value for value in values if value is not None]
    return len(known) == len(values) and sum(known[:-1]) == known[-1]


def _positions(heading: list[tuple[Slot, ...]], table: forms.Table) -> dict[int, str] | None:
    """Grid column → cell, read from the heading stacked above it."""
    outcomes = labels.index(table.columns)
    result: dict[int, str] = {}
    for x in range(max(map(len, heading))):
        stack = [characters.key(row[x].text) for row in heading if x < len(row)]
        outcome = next((outcomes[name][0] for name in reversed(stack) if name in outcomes), None)
        words = "".join(dict.fromkeys(stack))
        if outcome is None:
            continue
        row = (
            "suit_direct"
            if "直接起诉" in words
            else "suit_after_review"
            if "复议后" in words
            else "review"
            if "行政复议" in words
            else None
        )
        if row is None:
            return None
        result[x] = table.cell_id(row, outcome)
    return result if len(set(result.values())) == len(result) else None


def of_text(flat: flats.Flat, table: forms.Table) -> tuple[dict[str, Reading], tuple[int, int] | None]:
    """Cells of table 4 from running text, and the stretch they cover."""
    after = list(re.finditer(r"复议后起诉", flat.text))
    for match in reversed(after):
        run = re.compile(r"(?:总计|合计|尚未审结)[^\d。;]{0,40}?([\d\s/\-件]{15,})").search(
            flat.text, match.end(), match.end() + 400
        )
        if run:
            begin = max(flat.text.rfind("行政复议行政诉讼", 0, match.start()), 0) or match.start()
            text = flats.NUMBERS.match(flats.without_units(run.group(1)))
            place = flat.place(run.start(1), run.end(1))
            return _split((text.group() if text else "").strip(), place, table), (begin, run.end(1))
    return {}, None


def _split(run: str, place: Place, table: forms.Table) -> dict[str, Reading]:
    names = cells(table)
    tokens = run.split()
    if len(tokens) == len(names):
        return {name: _token(token, place) for name, token in zip(names, tokens, strict=True)}
    ways = splitting.strip(run, blocks=len(table.rows), width=len(table.columns))
    result: dict[str, Reading] = {}
    for i, name in enumerate(names):
        values = {way[i] for way in ways}
        result[name] = found.cut(values.pop(), place, run) if len(values) == 1 else found.unread(place, run)
    return result


def _token(token: str, place: Place) -> Reading:
    value = characters.number(token)
    state = State.READ if value is not None else State.BLANK if characters.is_blank(token) else State.UNREAD
    return Reading(state, value, place, token)
