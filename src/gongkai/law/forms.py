"""The statutory forms of the annual report as dated data: cells, labels and identities of each edition.

An edition belongs to *report years*, not to days of publication. Identities are lists of cells; what cannot be
said as a sum lives as a function beside the reader (`gongkai.auditing.rules`).
"""

import dataclasses
import functools
import importlib.resources
from collections.abc import Iterator, Mapping
from typing import Any, Literal

import yaml

Kind = Literal["blocks", "matrix", "strip", "list"]
Relation = Literal["equal", "at_most", "at_least"]

EDITIONS = ("G2014", "G2019", "G2021")


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """A row or a column: its identifier, printed label, other wordings and the numbering before it."""

    id: str
    label: str
    also: tuple[str, ...] = ()
    mark: str = ""
    group: str = ""
    unit: str = ""
    decimal: bool = False
    signed: bool = False
    heading: bool = False

    @property
    def labels(self) -> tuple[str, ...]:
        return (self.label, *self.also)


@dataclasses.dataclass(frozen=True, slots=True)
class Cell:
    """One box of the form. `row_number` counts the data rows of its table from 1."""

    id: str
    table: str
    row: Line
    column: Line | None
    row_number: int

    @property
    def decimal(self) -> bool:
        return self.row.decimal or bool(self.column and self.column.decimal)

    @property
    def signed(self) -> bool:
        return bool(self.column and self.column.signed)


@dataclasses.dataclass(frozen=True, slots=True)
class Block:
    """One of the stacked parts of table 2: rows under columns of their own."""

    article: str
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Table:
    """One table of a form. Which of rows, columns and blocks are filled follows from `kind`."""

    id: str
    number: str
    title: str
    kind: Kind
    pattern: str
    rows: tuple[Line, ...] = ()
    columns: tuple[Line, ...] = ()
    blocks: tuple[Block, ...] = ()
    groups: tuple[Line, ...] = ()

    def cell_id(self, row: str, column: str = "") -> str:
        return self.pattern.format(row=row, column=column)


@dataclasses.dataclass(frozen=True, slots=True)
class Identity:
    """`left` relation `right`, both sums of cells. `table` and `axis` say how to print the places."""

    code: str
    severity: str
    table: str
    left: tuple[str, ...]
    relation: Relation
    right: tuple[str, ...]
    optional: bool = False
    pending: bool = False

    def sentence(self, form: "Form") -> str:
        """The identity in words, for officers and for the documentation."""
        word = {"equal": "等于", "at_most": "不大于", "at_least": "不小于"}[self.relation]
        sides = ("、".join(form.describe(cell) for cell in side) for side in (self.left, self.right))
        left, right = sides
        return f"{left}{'之和' if len(self.left) > 1 else ''}{word}{right}{'之和' if len(self.right) > 1 else ''}"


@dataclasses.dataclass(frozen=True)
class Form:
    """One edition: its tables, its cells by identifier in printed order, its identities."""

    edition: str
    title: str
    first_year: int
    last_year: int | None
    basis: str
    headings: tuple[str, ...]
    tables: Mapping[str, Table]
    cells: Mapping[str, Cell]
    identities: tuple[Identity, ...]

    def covers(self, year: int) -> bool:
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    def describe(self, cell_id: str) -> str:
        """The place in words, for example “表三 第24行“总计”自然人列”."""
        cell = self.cells[cell_id]
        table = self.tables[cell.table]
        if cell.column is None:
            return f"{table.number}“{cell.row.label}”"
        if table.kind == "matrix":
            return f"{table.number} 第{cell.row_number}行“{cell.row.label}”{cell.column.label}列"
        return f"{table.number}“{cell.row.label}”{cell.column.label}"


@functools.cache
def form(edition: str) -> Form:
    """The form of an edition (`G2014`, `G2019`, `G2021`). Raises `KeyError` for another name."""
    if edition not in EDITIONS:
        raise KeyError(edition)
    data = _load(edition, "form.yaml")
    tables = {entry["id"]: _table(entry) for entry in data["tables"]}
    cells = {cell.id: cell for table in tables.values() for cell in _cells(table)}
    return Form(
        edition=data["edition"],
        title=data["title"],
        first_year=data["years"]["from"],
        last_year=data["years"].get("to"),
        basis=data["basis"],
        headings=tuple(data["headings"]),
        tables=tables,
        cells=cells,
        identities=tuple(
            identity for entry in _load(edition, "identities.yaml") for identity in _identities(entry, tables)
        ),
    )


def for_year(year: int) -> Form | None:
    """The form of a report year, or None before the first national form (2014)."""
    return next((form(edition) for edition in EDITIONS if form(edition).covers(year)), None)


def _load(edition: str, name: str) -> Any:
    source = importlib.resources.files("gongkai.law") / "forms" / edition / name
    return yaml.load(source.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _line(entry: Mapping[str, Any]) -> Line:
    known = {key: entry[key] for key in ("mark", "group", "unit", "decimal", "signed", "heading") if key in entry}
    return Line(id=entry["id"], label=entry["label"], also=tuple(entry.get("also", ())), **known)


def _lines(entry: Mapping[str, Any], key: str) -> tuple[Line, ...]:
    return tuple(_line(line) for line in entry.get(key, ()))


def _table(entry: Mapping[str, Any]) -> Table:
    return Table(
        id=entry["id"],
        number=entry["number"],
        title=entry["title"],
        kind=entry["kind"],
        pattern=entry["pattern"],
        rows=_lines(entry, "rows"),
        columns=_lines(entry, "columns"),
        groups=_lines(entry, "groups"),
        blocks=tuple(
            Block(block["article"], _lines(block, "rows"), _lines(block, "columns"))
            for block in entry.get("blocks", ())
        ),
    )


def _cells(table: Table) -> Iterator[Cell]:
    if table.kind == "list":
        for number, row in enumerate(table.rows, 1):
            yield Cell(table.cell_id(row.id), table.id, row, None, number)
        return
    blocks = table.blocks or (Block("", table.rows, table.columns),)
    number = 0
    for block in blocks:
        for row in block.rows:
            number += 1
            for column in block.columns:
                yield Cell(table.cell_id(row.id, column.id), table.id, row, column, number)


def _identities(entry: Mapping[str, Any], tables: Mapping[str, Table]) -> Iterator[Identity]:
    table = tables[entry["table"]]
    common = {key: entry[key] for key in ("optional", "pending") if key in entry}
    for left, right in _expansions(entry, table):
        yield Identity(entry["code"], entry["severity"], entry["table"], left, entry["relation"], right, **common)


def _expansions(entry: Mapping[str, Any], table: Table) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    left, right = entry["left"], entry["right"]
    each = entry.get("each")
    if each == "column":
        for column in table.columns:
            yield _along(table, left, column.id), _along(table, right, column.id)
    elif each == "row":
        for row in table.rows:
            yield _across(table, row.id, left), _across(table, row.id, right)
    else:
        yield tuple(left), tuple(right)


def _along(table: Table, rows: list[str], column: str) -> tuple[str, ...]:
    return tuple(table.cell_id(row, column) for row in rows)


def _across(table: Table, row: str, columns: list[str]) -> tuple[str, ...]:
    return tuple(table.cell_id(row, column) for column in columns)
