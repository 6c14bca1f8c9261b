"""The rules once more, with cells that a person has read in the source."""

import dataclasses
from collections.abc import Mapping
from decimal import Decimal

from gongkai.auditing import audit, characters, checking
from gongkai.auditing.model import FilledReport, Reading, State


def with_values(entry: audit.Audited, values: Mapping[str, Decimal | None]) -> audit.Audited:
    """The report with these cells as the person read them, None meaning that the box is empty, and its findings.

    Cells that the edition does not have are left out. The document must still be with the report.
    """
    known = {cell: value for cell, value in values.items() if cell in entry.report.cells}
    if not known:
        return entry
    cells = entry.report.cells | {cell: _read(entry.report, cell, value) for cell, value in known.items()}
    report = dataclasses.replace(entry.report, cells=cells)
    return dataclasses.replace(entry, report=report, findings=checking.check(report))


def _read(report: FilledReport, cell: str, value: Decimal | None) -> Reading:
    before = report.cells[cell]
    if value is None:
        return dataclasses.replace(before, state=State.BLANK, value=None, raw="", split=False)
    return dataclasses.replace(before, state=State.READ, value=value, raw=characters.printed(value), split=False)
