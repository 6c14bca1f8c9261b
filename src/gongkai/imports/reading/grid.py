"""The first sheet of a workbook as a grid of text in which every merged cell holds the text of its first cell."""

from dataclasses import dataclass
from typing import Any, BinaryIO

import openpyxl

from gongkai.groundwork.files.refusals import RefusedFile
from gongkai.imports.reading import workbook
from gongkai.imports.reading.delimited import Unreadable
from gongkai.imports.reading.tables import UnreadableTable

LIMIT_BYTES = 5 * 1024 * 1024
ROW_LIMIT, COLUMN_LIMIT, CELL_LIMIT = 5_000, 80, 8_000


@dataclass(frozen=True)
class GridRow:
    """``line`` is the number that Excel shows. A cell that only continues a merged one is among ``continued``."""

    line: int
    cells: tuple[str, ...]
    continued: frozenset[int] = frozenset()


def read(stream: BinaryIO) -> list[GridRow]:
    """The rows that hold anything.

    Raises:
        UnreadableTable: no workbook, a damaged one, or one that is too large for a table of this kind.
    """
    try:
        workbook.check(stream)
        book = openpyxl.load_workbook(stream, data_only=True, keep_links=False)
        return _rows(book.worksheets[0])
    except (Unreadable, RefusedFile) as error:
        raise UnreadableTable(str(error)) from error
    except workbook.DAMAGE as error:
        raise UnreadableTable("工作簿已损坏，无法打开。请在Excel或WPS中另存后重试。") from error


def _rows(sheet: Any) -> list[GridRow]:
    if sheet.max_row > ROW_LIMIT or sheet.max_column > COLUMN_LIMIT:
        raise UnreadableTable(f"工作表超过{ROW_LIMIT}行或者{COLUMN_LIMIT}列，请删去表格以外的内容后重试。")
    grid = [[workbook.text(cell)[:CELL_LIMIT].strip() for cell in row] for row in sheet.iter_rows(values_only=True)]
    continued: list[set[int]] = [set() for _ in grid]
    for area in sheet.merged_cells.ranges:
        first = grid[area.min_row - 1][area.min_col - 1]
        for row in range(area.min_row - 1, min(area.max_row, len(grid))):
            for column in range(area.min_col - 1, min(area.max_col, len(grid[row]))):
                if (row, column) != (area.min_row - 1, area.min_col - 1):
                    grid[row][column] = first
                    continued[row].add(column)
    return [
        GridRow(line, tuple(cells), frozenset(parts))
        for line, (cells, parts) in enumerate(zip(grid, continued, strict=True), 1)
        if any(cells)
    ]
