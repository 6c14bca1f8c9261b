"""The read cells as the tables of the form."""

from dataclasses import dataclass
from itertools import groupby

from gongkai.auditing.model import State
from gongkai.law import forms
from gongkai.law.forms import Cell
from gongkai.reports.domain.result import ReportRead

_MARKS = {State.BLANK: "空白", State.UNREAD: "读不准", State.ABSENT: "未找到"}


@dataclass(frozen=True)
class Box:
    """What stands in a cell; ``note`` where that is no number, ``is_confirmed`` where a person read it."""

    value: str
    note: str
    is_confirmed: bool


@dataclass(frozen=True)
class Row:
    label: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Grid:
    """Rows under the same columns."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def grids(report: ReportRead, confirmed: frozenset[str]) -> list[Grid]:
    """In printed order; none where no form was recognised."""
    if report.edition not in forms.EDITIONS:
        return []
    form = forms.form(report.edition)
    found: list[Grid] = []
    for table in form.tables.values():
        cells = [cell for cell in form.cells.values() if cell.table == table.id]
        rows = [list(group) for _, group in groupby(cells, key=lambda cell: cell.row_number)]
        for columns, block in groupby(rows, key=_columns):
            lines = tuple(Row(row[0].row.label, tuple(_box(cell, report, confirmed) for cell in row)) for row in block)
            found.append(Grid(f"{table.number} {table.title}", columns, lines))
    return found


def _columns(row: list[Cell]) -> tuple[str, ...]:
    return tuple(cell.column.label if cell.column else "统计数" for cell in row)


def _box(cell: Cell, report: ReportRead, confirmed: frozenset[str]) -> Box:
    read = report.cells[cell.id]
    return Box(read.value or "", "" if read.value is not None else _MARKS.get(read.state, ""), cell.id in confirmed)
