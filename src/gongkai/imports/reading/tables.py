"""Opens a foreign table: a header and rows of text, whatever the file is."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from gongkai.groundwork.files.refusals import RefusedFile
from gongkai.imports.reading import delimited, workbook

ROW_LIMIT = 2_000_000
COLUMN_LIMIT = 500
CELL_LIMIT = 1_000_000
"""Characters in one cell; a longer one makes its row unreadable, not the file."""

ENDINGS = {"csv": ",", "tsv": "\t", "tab": "\t", "txt": "\t"}


class UnreadableTable(Exception):
    """The file as a whole cannot be read. The message is Chinese, for the person who brought it."""


@dataclass(frozen=True)
class Row:
    """``line`` counts from 1 as an editor or Excel does; the header is usually line 1."""

    line: int
    cells: list[str]


@dataclass(frozen=True)
class Table:
    header: list[str]
    rows: Iterator[Row]
    expected_rows: int | None
    """A guess for the progress bar."""


def opened(stream: BinaryIO, ending: str) -> Table:
    """The table in the file. Raises UnreadableTable, at once or while the rows are read."""
    if ending not in {*ENDINGS, "xlsx"}:
        raise UnreadableTable("只能导入CSV、TSV和XLSX文件。")
    head = stream.read(4)
    stream.seek(0)
    if head.startswith(b"PK") != (ending == "xlsx"):
        raise UnreadableTable("文件的实际格式与扩展名不符，请另存为CSV、TSV或XLSX后重试。")
    try:
        source = workbook.rows(stream) if ending == "xlsx" else delimited.rows(stream, ENDINGS[ending])
        lines = _limited(source.rows)
        header = next((row for row in lines if any(cell.strip() for cell in row.cells)), None)
    except (delimited.Unreadable, RefusedFile) as error:
        raise UnreadableTable(str(error)) from error
    if header is None:
        raise UnreadableTable("文件中没有内容。")
    names = [cell.strip().lstrip("\ufeff") for cell in header.cells]
    return Table(names, _filled(lines), source.expected_rows)


def _filled(lines: Iterator[Row]) -> Iterator[Row]:
    try:
        for row in lines:
            if any(cell.strip() for cell in row.cells):
                yield row
    except (delimited.Unreadable, RefusedFile) as error:
        raise UnreadableTable(str(error)) from error


def _limited(rows: Iterator[tuple[int, list[str]]]) -> Iterator[Row]:
    for count, (line, cells) in enumerate(rows):
        if count > ROW_LIMIT:
            raise UnreadableTable(f"文件超过{ROW_LIMIT}行，请拆分后分别导入。")
        if len(cells) > COLUMN_LIMIT:
            raise UnreadableTable(f"第{line}行超过{COLUMN_LIMIT}列，请检查分隔符。")
        yield Row(line, cells)
