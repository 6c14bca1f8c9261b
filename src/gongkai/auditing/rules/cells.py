"""What single cells must be: filled in, whole, not negative; and what a body of this kind can have at all."""

import collections
from collections.abc import Iterator
from decimal import Decimal

from gongkai.auditing import characters
from gongkai.auditing.model import FilledReport, State
from gongkai.auditing.recognition import splitting
from gongkai.law import forms
from gongkai.law.findings import Finding, Severity, Status

LONGEST_RUN = 30
_CODES = {
    ("G2021", "t2"): "G21-T2-01",
    ("G2019", "t2"): "G19-04",
    ("G2021", "t3"): "G21-T3-04",
    ("G2019", "t3"): "G21-T3-04",
    ("G2021", "t4"): "G21-T4-04",
    ("G2019", "t4"): "G21-T4-04",
    ("G2014", "g14"): "G14-TABLE",
}


def check(report: FilledReport) -> Iterator[Finding]:
    """Values that cannot be, boxes left empty, rows that are missing."""
    form = report.form
    if form is None:
        return
    for table in form.tables.values():
        cells = {cell: report.cells[cell] for cell, entry in form.cells.items() if entry.table == table.id}
        yield from _impossible(report, form, table)
        blank = [cell for cell, reading in cells.items() if reading.state is State.BLANK]
        if table.kind == "list":
            blank = [cell for cell in blank if not form.cells[cell].row.heading]
        if blank:
            yield _blank(form, table, blank, all_blank=len(blank) == len(cells))
        yield from _unclear(form, table, [c for c, r in cells.items() if r.state is State.UNREAD])
        if table.kind == "matrix":
            yield from _never_adding_up(report, form, table)
        absent = [cell for cell, reading in cells.items() if reading.state is State.ABSENT]
        yield from _absent(report, form, table, absent, len(cells))
    if form.edition == "G2014":
        yield from _units(report, form)
    yield from _rule_making(report, form)


def _impossible(report: FilledReport, form: forms.Form, table: forms.Table) -> Iterator[Finding]:
    for cell, entry in form.cells.items():
        value = report.value(cell)
        if entry.table != table.id or value is None:
            continue
        if value < 0 and not entry.signed:
            yield _wrong(form, cell, value, "不能为负数")
        elif value != value.to_integral_value() and not entry.decimal:
            yield _wrong(form, cell, value, "应为整数")
        if entry.signed:
            base = report.value(cell.replace("items_delta", "items_prev"))
            if base is not None and value < -base:
                yield _wrong(form, cell, value, f"减少数超过上一年项目数量{characters.printed(base)}")


def _wrong(form: forms.Form, cell: str, value: Decimal, why: str) -> Finding:
    return Finding(
        code=_CODES[form.edition, form.cells[cell].table],
        severity=Severity.ERROR,
        status=Status.FAIL,
        where=(cell,),
        message=f"{form.describe(cell)}填报{characters.printed(value)},{why}",
        actual=characters.json_number(value),
        basis=form.basis,
    )


def _blank(form: forms.Form, table: forms.Table, blank: list[str], *, all_blank: bool) -> Finding:
    if all_blank:
        return Finding(
            code=_CODES[form.edition, table.id],
            severity=Severity.WARNING,
            status=Status.NOT_ASSESSABLE,
            where=tuple(blank),
            message=f"{table.number}全部{len(blank)}格未填,疑为空白表,无法核对",
            basis=form.basis,
        )
    severity = Severity.ERROR if table.kind in ("matrix", "strip") else Severity.WARNING
    return Finding(
        code=_CODES[form.edition, table.id],
        severity=severity,
        status=Status.FAIL,
        where=tuple(blank),
        message=f"{table.number}有{len(blank)}格空白或填“/”“-”(没有发生的应填0):{_first(form, blank)}",
        expected=0,
        actual=len(blank),
        basis=form.basis,
    )


def _never_adding_up(report: FilledReport, form: forms.Form, table: forms.Table) -> Iterator[Finding]:
    """A row of digits that ran together and that no cut makes add up: one of them is wrong, or some are lost."""
    for number, row in enumerate(table.rows, 1):
        cells = [table.cell_id(row.id, column.id) for column in table.columns]
        readings = [report.cells[cell] for cell in cells]
        raw = readings[0].raw
        digits = "".join(raw.split())
        if any(reading.state is not State.UNREAD or reading.raw != raw for reading in readings):
            continue
        if digits.isdigit() and len(cells) <= len(digits) <= LONGEST_RUN and not splitting.rows(raw, len(cells)):
            yield Finding(
                code="G21-T3-03",
                severity=Severity.WARNING,
                status=Status.UNCERTAIN,
                where=tuple(cells),
                message=f"{table.number} 第{number}行“{row.label}”的数字连成“{raw}”,无论怎样分格,各项之和都不等于总计",
                basis=form.basis,
            )


def _first(form: forms.Form, cells: list[str]) -> str:
    return "、".join(form.describe(cell) for cell in cells[:3]) + ("等" if len(cells) > 3 else "")


def _unclear(form: forms.Form, table: forms.Table, unclear: list[str]) -> Iterator[Finding]:
    if unclear:
        yield Finding(
            code=_CODES[form.edition, table.id],
            severity=Severity.INFO,
            status=Status.NOT_ASSESSABLE,
            where=tuple(unclear),
            message=f"{table.number}有{len(unclear)}格无法确定读数,请对照原文确认:{_first(form, unclear)}",
            basis=form.basis,
        )


def _absent(
    report: FilledReport, form: forms.Form, table: forms.Table, absent: list[str], total: int
) -> Iterator[Finding]:
    if not absent:
        return
    if form.edition == "G2021" and table.id == "t3" and report.extra:
        single = [cell for cell in report.extra if cell.startswith("t3.other_handling.")]
        if single and all(cell.startswith("t3.other_") for cell in absent):
            yield Finding(
                code="FORM-21",
                severity=Severity.WARNING,
                status=Status.FAIL,
                where=tuple(absent),
                message="表三(六)其他处理只有一行(2019年格式),缺少2021年格式的三个子项",
                basis=form.basis,
            )
            return
    rows = collections.OrderedDict((form.cells[cell].row.label, None) for cell in absent)
    whole = len(absent) == total
    yield Finding(
        code=_CODES[form.edition, table.id],
        severity=Severity.WARNING,
        status=Status.NOT_ASSESSABLE if whole else Status.UNCERTAIN,
        where=tuple(absent),
        message=f"未找到{table.number}" if whole else f"{table.number}未找到下列行:{'、'.join(list(rows)[:6])}",
        basis=form.basis,
    )


def _units(report: FilledReport, form: forms.Form) -> Iterator[Finding]:
    """G14-21: the unit printed in the form is the canonical one."""
    missing: list[str] = []
    for cell, entry in form.cells.items():
        reading = report.cells[cell]
        if reading.unit is None or reading.state is State.ABSENT:
            continue
        if reading.unit == "":
            if reading.state is State.READ:
                missing.append(cell)
        elif reading.unit != entry.row.unit:
            yield Finding(
                code="G14-21",
                severity=Severity.WARNING,
                status=Status.FAIL,
                where=(cell,),
                message=f"{form.describe(cell)}计量单位填“{reading.unit}”,应为“{entry.row.unit}”",
                expected=entry.row.unit,
                actual=reading.unit,
                basis=form.basis,
            )
    if 0 < len(missing) < 20:
        yield Finding(
            code="G14-21",
            severity=Severity.WARNING,
            status=Status.FAIL,
            where=tuple(missing),
            message="下列各行没有计量单位:" + "、".join(form.cells[cell].row.label for cell in missing),
            basis=form.basis,
        )


_RULE_MAKERS = ("省人民政府", "自治区人民政府", "市人民政府", "自治州人民政府", "部", "总局", "委员会", "署")
_NO_RULES = ("县", "乡", "镇", "街道", "区人民政府", "县人民政府", "旗人民政府")


def _rule_making(report: FilledReport, form: forms.Form) -> Iterator[Finding]:
    """Only bodies with rule-making power can have rules (规章); counties, townships and local departments cannot."""
    if form.edition != "G2021":
        return
    cells = [cell for cell in form.cells if cell.startswith("t2_rules_") and (report.value(cell) or 0) > 0]
    local_department = report.agency.endswith(("局", "厅", "办公室")) and any(x in report.agency for x in "省市县区")
    if cells and (
        (report.agency.endswith(_NO_RULES) and not report.agency.endswith("自治区人民政府")) or local_department
    ):
        yield Finding(
            code="G21-T2-01",
            severity=Severity.WARNING,
            status=Status.FAIL,
            where=tuple(cells),
            message=f"{report.agency}没有规章制定权,表二“规章”应为0",
            expected=0,
            actual=characters.json_number(report.value(cells[0]) or Decimal(0)),
            basis=form.basis,
        )
