"""The list that comes with dropped files: one row a file, with what the office knows about it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from gongkai.imports.domain import attribute_words, headings, values
from gongkai.law import secrecy_marks
from gongkai.law.identifiers import document_number

MOST_ROWS = 500
_LINES_FOR_THE_HEAD = 10
_TEXTS = ("title", "document_number", "issuer", "genre", "keywords")


class UnreadableList(Exception):
    """There is no head from which to tell the columns; the message is for the clerk."""


@dataclass(frozen=True)
class ListedFile:
    """A row. ``fields`` are those of a record, ``column`` the words of the column, ``problems`` what cannot be used."""

    line: int
    file: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    column: str = ""
    problems: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "ListedFile":
        return cls(data["line"], data["file"], dict(data["fields"]), data["column"], tuple(data["problems"]))


def read(lines: Sequence[tuple[int, Sequence[str]]]) -> list[ListedFile]:
    """The rows of the list. Raises UnreadableList."""
    first = [cells for _, cells in lines[:_LINES_FOR_THE_HEAD]]
    place, columns = max(
        enumerate(map(headings.fields_of, first)), key=lambda found: len(found[1]), default=(0, dict[str, int]())
    )
    if not columns.keys() & {"file", "title", "document_number"}:
        raise UnreadableList("清单里没有“文件名”“标题”或者“文号”这样的列名，没有使用这份清单。")
    rows = [_row(line, cells, columns) for line, cells in lines[place + 1 :] if any(cell.strip() for cell in cells)]
    if len(rows) > MOST_ROWS:
        raise UnreadableList(f"清单超过{MOST_ROWS}行，没有使用这份清单。")
    return rows


def _row(line: int, cells: Sequence[str], columns: Mapping[str, int]) -> ListedFile:
    def cell(name: str) -> str:
        place = columns.get(name)
        return values.tidy(cells[place]) if place is not None and place < len(cells) else ""

    if secrecy_marks.is_marked("\n".join(cells)):
        return ListedFile(line, cell("file"), problems=("带有国家秘密标志，没有使用这一行。",))
    fields = {name: cell(name) for name in _TEXTS if cell(name)}
    if cell("unit"):
        fields["responsible_unit"] = cell("unit")
    problems = []
    if document_number.is_valid(fields.get("document_number", "")):
        fields["document_number"] = document_number.validate(fields["document_number"])
    day, problem = _day(cell("created_on"))
    if day:
        fields["created_on"] = day.isoformat()
    problems += problem
    attribute = attribute_words.value_of(cell("attribute"))
    if attribute is None:
        problems.append(f"公开属性“{cell('attribute')[:20]}”无法识别。")
    elif attribute:
        fields["attribute"] = attribute
    return ListedFile(line, cell("file"), fields, cell("column"), tuple(problems))


def _day(text: str) -> tuple[date | None, list[str]]:
    try:
        return values.day(text), []
    except values.NotADate:
        return None, [f"成文日期“{text[:20]}”不是有效的日期。"]


def match(row: ListedFile, *, file_name: str, fields: Mapping[str, Any]) -> bool:
    """Whether the row speaks of this file: by its name, or where the row names none by number or title."""
    if row.file:
        return _bare(row.file) in {_bare(file_name), _bare(file_name.rpartition(".")[0])}
    return any(row.fields.get(name) and row.fields[name] == fields.get(name) for name in ("document_number", "title"))


def pick(rows: Iterable[ListedFile], *, file_name: str, fields: Mapping[str, Any]) -> list[ListedFile]:
    """All rows that speak of the file."""
    return [row for row in rows if match(row, file_name=file_name, fields=fields)]


def _bare(name: str) -> str:
    """The last part of a path without blanks and case, so that small differences in writing do no harm."""
    return re.sub(r"\s+", "", re.split(r"[/\\]", name)[-1]).casefold()
