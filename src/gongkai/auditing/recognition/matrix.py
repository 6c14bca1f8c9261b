"""Table 3 from grids: rows by label, columns by heading, and the decision about digits that ran together."""

import dataclasses
import itertools
import statistics
from collections.abc import Iterable, Iterator, Mapping, Sequence

from gongkai.auditing import characters
from gongkai.auditing.document import Grid, Place, Slot, origins
from gongkai.auditing.model import Reading, State
from gongkai.auditing.recognition import found, headings, labels, repair, splitting
from gongkai.law import forms

COMBINATIONS = 50_000

Parts = tuple[list[tuple[int, Slot]], list[tuple[int, Slot]]]


@dataclasses.dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns are: true positions if the heading gave them, and the order in which they are printed."""

    positions: dict[int, str] | None
    printed: tuple[str, ...]
    form: tuple[str, ...]
    aligned: bool = True
    totals_blank: bool = False
    usual: int = 0
    side: str = ""


def rows_of_grids(grids: Iterable[tuple[int, Grid]], table: forms.Table) -> dict[str, found.RowFound]:
    """Rows of the table found in the given grids, in document order; a repeated row keeps its first filled form."""
    result: dict[str, found.RowFound] = {}
    form_order = tuple(column.id for column in table.columns)
    layout, width = Layout(None, form_order, form_order), 0
    previous: str | None = None
    for block, grid in grids:
        if not belongs(grid, table, after=previous):
            continue
        positions = headings.positions(grid, table)
        grid_width = max(map(len, grid.rows))
        if positions or grid_width != width:
            layout, width = dataclasses.replace(layout, positions=positions), grid_width
        if positions:
            layout = dataclasses.replace(layout, printed=tuple(positions[x] for x in sorted(positions)))
        layout = dataclasses.replace(
            layout,
            printed=headings.printed_order(grid, table) or layout.printed,
            aligned=grid.aligned,
            totals_blank=_totals_blank(grid, len(form_order)),
            usual=_usual_length(grid),
            side=found.side_of(grid),
        )
        for name, row in _rows(grid, block, table, layout, previous):
            previous = name
            known = result.get(name)
            if known is None or (_is_empty(known) and not _is_empty(row)):
                result[name] = row
    return result


def _is_empty(row: found.RowFound) -> bool:
    return not row.candidates and all(reading.value is None for reading in row.readings)


def belongs(grid: Grid, table: forms.Table, *, after: str | None = None) -> bool:
    """True if two rows of the grid (one, if it continues the table) carry labels that are not words of daily use."""
    known = labels.index(table.rows)
    hits = 0
    for y, row in enumerate(grid.rows):
        if any(len(name) > 3 and name in known for name in {characters.key(slot.text) for slot in origins(row, y)}):
            hits += 1
            if hits == 2 or after or len(grid.rows) <= 2:
                return True
    return False


def _rows(
    grid: Grid, block: int, table: forms.Table, layout: Layout, previous: str | None
) -> Iterator[tuple[str, found.RowFound]]:
    spoken = [parts(row) for row in grid.rows]
    names = _names(spoken, table, previous)
    lines = {line.id for line in table.rows}
    for y, (name, (head, tail)) in enumerate(zip(names, spoken, strict=True)):
        if name is None or (name not in lines and not _filled(tail)):
            continue
        own = [slot for _, slot in head if slot.row == y] or [slot for _, slot in head]
        place = Place(block, row=y, column=own[-1].column)
        yield name, _row(name, place, dict(enumerate(grid.rows[y])), tail, layout)


def _filled(tail: list[tuple[int, Slot]]) -> bool:
    return any(characters.number(slot.text) is not None for _, slot in tail)


def parts(row: tuple[Slot, ...]) -> Parts:
    """Label boxes (with merged ones from above) and the boxes after the last label."""
    last = max((x for x, slot in enumerate(row) if characters.has_words(slot.text)), default=-1)
    seen: set[tuple[int, int]] = set()
    head: list[tuple[int, Slot]] = []
    tail: list[tuple[int, Slot]] = []
    for x, slot in enumerate(row):
        if (slot.row, slot.column) in seen:
            continue
        seen.add((slot.row, slot.column))
        (head if x <= last else tail).append((x, slot))
    return head, tail


def _names(spoken: Sequence[Parts], table: forms.Table, previous: str | None) -> list[str | None]:
    """The form row of each grid row. Repeated short labels need their place; misspelt ones their neighbours."""
    known = labels.index(table.rows)
    order = [line.id for line in table.rows]
    names: list[str | None] = []
    at = order.index(previous) if previous in order else -1
    for head, _tail in spoken:
        name = _named(head, known, order, at, table)
        names.append(name)
        if name in order:
            at = order.index(name)
    for i, (head, tail) in enumerate(spoken):
        if names[i] is None and head and any(characters.number(slot.text) is not None for _, slot in tail):
            names[i] = _guess(head, names, i, table, previous)
    return names


def _named(
    head: list[tuple[int, Slot]],
    known: Mapping[str, tuple[str, ...]],
    order: list[str],
    at: int,
    table: forms.Table,
) -> str | None:
    spoken = [slot.text for _, slot in head if characters.has_words(slot.text)]
    if not spoken:
        return None
    groups = {characters.key(label): group.id for group in table.groups for label in group.labels}
    for text in (spoken[-1], "".join(spoken)):
        name = characters.key(text)
        for group in ("", *groups):
            bare = name.removeprefix(group) if group else name
            ids = known.get(bare, ())
            if len(bare) > 2:
                if ids:
                    return ids[0]
            elif ids and at >= 0:
                return _short(ids[0], order, at, groups.get(group, ""))
        tail = name.removeprefix("本年度办理结果")
        if tail != name and tail in known:
            return known[tail][0]
    alone = groups.get(characters.key(spoken[-1]))
    return "other_handling" if alone == "other" else alone


def _short(name: str, order: list[str], at: int, group: str) -> str | None:
    """“其他” and “总计” are columns as well as rows: only after their forerunners they are rows."""
    if name == "other_misc" and not (group == "other" or order[at].startswith(("other_", "unprocessed"))):
        return None
    return name if at < order.index(name) and at >= 1 else None


def _guess(
    head: list[tuple[int, Slot]],
    names: list[str | None],
    i: int,
    table: forms.Table,
    previous: str | None,
) -> str | None:
    order = [line.id for line in table.rows]
    before = [order.index(name) for name in names[:i] if name in order]
    start = (max(before) if before else order.index(previous) if previous in order else -1) + 1
    after = [order.index(name) for name in names[i + 1 :] if name in order]
    end = min(after) if after else len(order)
    between = [line for line in table.rows[start:end] if line.id not in names]
    spoken = [slot.text for _, slot in head if characters.has_words(slot.text)]
    least = 0.4 if len(between) == 1 else labels.NEAR
    return labels.nearest(spoken[-1], between, least=least) or labels.nearest("".join(spoken), between, least=least)


def _row(
    name: str, place: Place, row: Mapping[int, Slot], tail: list[tuple[int, Slot]], layout: Layout
) -> found.RowFound:
    raw = " ".join(slot.text for _, slot in tail if not characters.is_blank(slot.text))
    chosen = _chosen(row, tail, layout, place.row)
    if chosen is not None and _moved_up(chosen, layout):
        return found.RowFound(name, place, raw)
    if chosen is not None and not any(_several(slot.text) for slot in chosen.values()):
        readings = tuple(found.reading(chosen[column], place.block) for column in layout.form)
        return found.RowFound(name, place, raw, readings=readings)
    if chosen is not None and (wrapped := _wrapped(chosen, layout, place)):
        return found.RowFound(name, place, raw, readings=wrapped)
    if layout.printed != layout.form:
        return found.RowFound(name, place, raw)
    candidates = tuple(splitting.rows(characters.plain(raw), len(layout.form)))
    boxes = len([slot for _, slot in tail if characters.number(slot.text) is not None])
    doubtful = len(layout.form) // 2 < boxes < len(layout.form)
    return found.RowFound(name, place, raw, candidates=candidates, doubtful=doubtful)


def _moved_up(chosen: Mapping[str, Slot], layout: Layout) -> bool:
    return not layout.totals_blank and found.moved_up([chosen[name] for name in layout.printed], aligned=layout.aligned)


def _totals_blank(grid: Grid, width: int) -> bool:
    """True if most rows with numbers leave the last box empty: the column is blank, no box is lost."""
    tails = [[slot for _, slot in parts(row)[1]] for row in grid.rows]
    side = found.side_of(grid)
    fitted = [found.fit(tail, width, y=y, side=side) for y, tail in enumerate(tails)]
    ends = [
        not characters.squeezed(row[-1].text)
        for row in fitted
        if row and any(characters.number(slot.text) is not None for slot in row)
    ]
    return sum(ends) * 2 > len(ends)


def _usual_length(grid: Grid) -> int:
    """How many boxes most rows with numbers have."""
    lengths = [len(row) for row in grid.rows if any(characters.number(slot.text) is not None for slot in row)]
    return statistics.mode(lengths) if lengths else 0


def _wrapped(chosen: Mapping[str, Slot], layout: Layout, place: Place) -> tuple[Reading, ...]:
    """Numbers broken over lines in narrow boxes, joined if the row then adds up; else nothing."""
    joined = {name: "".join(slot.text.splitlines()) for name, slot in chosen.items()}
    values = [characters.number(joined[name]) for name in layout.form]
    known = [value for value in values if value is not None]
    if len(known) < len(values) or sum(known[:-1]) != known[-1]:
        return ()
    return tuple(
        Reading(
            State.READ,
            value,
            Place(place.block, row=chosen[name].row, column=chosen[name].column),
            chosen[name].text,
            split=True,
        )
        for name, value in zip(layout.form, values, strict=True)
    )


def _several(text: str) -> bool:
    """True if one box holds more than one number."""
    return len([piece for piece in characters.plain(text).split() if any(map(str.isdigit, piece))]) > 1


def _chosen(row: Mapping[int, Slot], tail: list[tuple[int, Slot]], layout: Layout, y: int) -> dict[str, Slot] | None:
    """The box of each column, or None where the row does not show which is which."""
    slots = [slot for _, slot in tail]
    width = len(layout.form)
    if len(slots) != width and layout.positions is not None and tail:
        first = tail[0][0]
        chosen = {name: row[x] for x, name in layout.positions.items() if x >= first and x in row}
        places = {(slot.row, slot.column) for slot in chosen.values()}
        outside = [slot for slot in slots if (slot.row, slot.column) not in places]
        distinct = len(places) == width and all(slot.row == y for slot in chosen.values())
        if distinct and all(characters.is_blank(slot.text) for slot in outside):
            return chosen
    if not layout.aligned and len(row) < layout.usual and slots and characters.is_blank(slots[0].text):
        return None  # the blank may be a merged box before the values, and a value be lost
    fitted = found.fit(slots, width, y=y, side=layout.side)
    return dict(zip(layout.printed, fitted, strict=True)) if fitted else None


def resolve(rows: Mapping[str, found.RowFound], table: forms.Table) -> dict[str, Reading]:
    """Cells of the table. Runs of digits are cut where row and column identities leave one way, else unread."""
    open_rows = {
        name: row.candidates
        for name, row in rows.items()
        if len(row.candidates) > 1 or (row.candidates and row.doubtful)
    }
    ways, confirmed = _ways(rows, open_rows, table)
    result: dict[str, Reading] = {}
    for name, row in rows.items():
        choices = {way[name] for way in ways} if name in open_rows else set(row.candidates)
        if row.doubtful and name not in confirmed:
            choices = set()
        for i, column in enumerate(table.columns):
            cell = table.cell_id(name, column.id)
            values = {choice[i] for choice in choices}
            if row.readings:
                result[cell] = row.readings[i]
            elif len(values) == 1:
                result[cell] = found.cut(values.pop(), row.place, row.raw)
            else:
                result[cell] = found.unread(row.place, row.raw)
    return _repaired(rows, result, table)


def _repaired(rows: Mapping[str, found.RowFound], cells: dict[str, Reading], table: forms.Table) -> dict[str, Reading]:
    """The same with a row that fits no cut, if the columns show what it says."""
    values = {
        name: [
            None if (value := cells[table.cell_id(name, column.id)].value) is None else int(value)
            for column in table.columns
        ]
        for name in rows
    }
    sums = _column_sums(rows, table, with_broken=True)
    for name, way in repair.cut_by_columns(rows, values, sums, table).items():
        for column, number in zip(table.columns, way, strict=True):
            cells[table.cell_id(name, column.id)] = found.cut(number, rows[name].place, rows[name].raw)
    return cells


def _ways(
    rows: Mapping[str, found.RowFound], open_rows: Mapping[str, tuple[tuple[int, ...], ...]], table: forms.Table
) -> tuple[list[dict[str, tuple[int, ...]]], set[str]]:
    """Assignments of the open rows that satisfy the column identities, and the rows these confirm; all if none does."""
    if not open_rows:
        return [{}], set()
    count = 1
    for choices in open_rows.values():
        count *= len(choices)
    sums = _column_sums(rows, table)
    if count > COMBINATIONS or not any(open_rows.keys() & {*left, *right} for left, right in sums):
        return _independent(open_rows), set()
    names = list(open_rows)
    fixed = {name: _values(row) for name, row in rows.items() if name not in open_rows}
    good = [
        way
        for choice in itertools.product(*open_rows.values())
        if _balanced(way := dict(zip(names, choice, strict=True)), fixed, sums, len(table.columns))
    ]
    confirmed = {name for sides in sums for side in sides for name in side if name in open_rows} if good else set()
    return good or _independent(open_rows), confirmed


def _independent(open_rows: Mapping[str, tuple[tuple[int, ...], ...]]) -> list[dict[str, tuple[int, ...]]]:
    longest = max(map(len, open_rows.values()))
    return [{name: choices[min(i, len(choices) - 1)] for name, choices in open_rows.items()} for i in range(longest)]


def _values(row: found.RowFound) -> tuple[int | None, ...]:
    if row.readings:
        return tuple(int(r.value) if r.value is not None else None for r in row.readings)
    return row.candidates[0] if row.candidates else ()


def _column_sums(
    rows: Mapping[str, found.RowFound], table: forms.Table, *, with_broken: bool = False
) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The two column identities (left rows, right rows), as far as every row of them was found."""
    details = tuple(line.id for line in table.rows if line.group)
    if "other_handling" in rows and "other_handling" not in details:
        details = (*(name for name in details if not name.startswith("other_")), "other_handling")
    both = [
        (("result_total",), details),
        (("new_requests", "carried_over_in"), ("result_total", "carried_over_out")),
    ]
    known = {name for name, row in rows.items() if row.readings or row.candidates or (with_broken and row.raw)}
    return [pair for pair in both if known.issuperset(pair[0]) and known.issuperset(pair[1])]


def _balanced(
    way: Mapping[str, tuple[int, ...]],
    fixed: Mapping[str, tuple[int | None, ...]],
    sums: list[tuple[tuple[str, ...], tuple[str, ...]]],
    width: int,
) -> bool:
    for left, right in sums:
        for i in range(width):
            values = [[way[name][i] if name in way else fixed[name][i] for name in side] for side in (left, right)]
            if None in values[0] or None in values[1]:
                continue
            if sum(v for v in values[0] if v is not None) != sum(v for v in values[1] if v is not None):
                return False
    return True
