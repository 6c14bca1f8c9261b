"""Tables that leave as Excel files. Text is never taken for a formula."""

import io
import itertools
from collections.abc import Iterable, Sequence
from typing import IO

import openpyxl
import openpyxl.cell.cell


def of_rows(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> IO[bytes]:
    """One sheet of text; its rows are in memory only one at a time, the packed file as a whole."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for row in itertools.chain([head], rows):
        texts = (openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", text) for text in row)
        cells = [openpyxl.cell.cell.WriteOnlyCell(sheet, text) for text in texts]
        for cell in cells:
            cell.data_type = "s"
        sheet.append(cells)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file
