"""Excel: one sheet of findings, one of cells, one of files that could not be read."""

from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import openpyxl
import openpyxl.cell.cell
import openpyxl.styles
import openpyxl.worksheet.worksheet

from gongkai.auditing import audit, characters
from gongkai.auditing.rules import places

_FINDINGS = ("文件", "机关", "年度", "规则", "级别", "结论", "说明", "应为", "实为", "位置")
_CELLS = ("文件", "机关", "年度", "格式", "编号", "位置", "数值", "状态", "原文")
Value: TypeAlias = str | int | float | bool | None
_STATES = {"read": "已读", "blank": "空白", "unread": "无法辨认", "absent": "缺失"}


def write(path: Path, outcomes: Sequence[audit.Outcome]) -> None:
    """Writes the workbook. Text is never taken for a formula."""
    with path.open("wb") as out:
        _book(outcomes).save(out)


def _book(outcomes: Sequence[audit.Outcome]) -> openpyxl.Workbook:
    book = openpyxl.Workbook(write_only=True)
    findings = book.create_sheet("问题")
    cells = book.create_sheet("单元格")
    unreadable = book.create_sheet("无法读取")
    _row(findings, _FINDINGS, bold=True)
    _row(cells, _CELLS, bold=True)
    _row(unreadable, ("文件", "原因", "说明"), bold=True)
    for outcome in outcomes:
        if outcome.error:
            _row(unreadable, (outcome.path, outcome.error, outcome.message))
        for entry in outcome.audited:
            _entry(findings, cells, outcome.path, entry)
    return book


def _entry(
    findings: openpyxl.worksheet.worksheet.Worksheet,
    cells: openpyxl.worksheet.worksheet.Worksheet,
    path: str,
    entry: audit.Audited,
) -> None:
    report = entry.report
    head = (path, report.agency, report.year)
    for finding in entry.findings:
        where = "; ".join(_place(report.form, place) for place in finding.where[:20])
        _row(
            findings,
            (
                *head,
                finding.code,
                finding.severity.label,
                finding.status.label,
                finding.message,
                finding.expected,
                finding.actual,
                where,
            ),
        )
    for cell, reading in report.cells.items():
        value = None if reading.value is None else characters.json_number(reading.value)
        place = report.form.describe(cell) if report.form else cell
        _row(cells, (*head, report.edition, cell, place, value, _STATES[reading.state.value], reading.raw))


def _place(form: object, where: str) -> str:
    spot, elsewhere = places.parse(where), places.in_other(where)
    if elsewhere:
        return f"{elsewhere[0]}“{elsewhere[1].quote}”"
    return f"“{spot.quote}”" if spot else where


def _row(
    sheet: openpyxl.worksheet.worksheet.Worksheet,
    values: Sequence[Value],
    *,
    bold: bool = False,
) -> None:
    row = []
    for value in values:
        box = openpyxl.cell.cell.WriteOnlyCell(sheet, _clean(value))
        if isinstance(value, str):
            box.data_type = "s"
        if bold:
            box.font = openpyxl.styles.Font(bold=True)
        row.append(box)
    sheet.append(row)


def _clean(value: Value) -> Value:
    """Excel refuses control characters and texts beyond 32 767 characters."""
    if not isinstance(value, str):
        return value
    return openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", value)[:32000]
