"""CSV that Excel opens as it is: a byte order mark before the first line, and no cell that would run as a formula."""

import csv
import io
from collections.abc import Iterable

BYTE_ORDER_MARK = "\ufeff"
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def line(cells: Iterable[str]) -> str:
    """One line with its end."""
    out = io.StringIO()
    csv.writer(out).writerow([f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell for cell in cells])
    return out.getvalue()
