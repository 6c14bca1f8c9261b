"""This year's report against last year's of the same agency: carry-over, stock, cumulative figures, copied text."""

import functools
import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.auditing import characters
from gongkai.auditing.model import FilledReport
from gongkai.auditing.rules import copies
from gongkai.law.findings import Finding, Severity, Status

Grade = tuple[Severity, Status]
Sides = tuple[Decimal | None, Decimal]

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO
_FAIL, _DOUBT = Status.FAIL, Status.UNCERTAIN


def check(report: FilledReport, previous: FilledReport) -> Iterator[Finding]:
    """Findings on `report`. A report of another year or agency is not compared."""
    if report.year is None:
        message = "本报告年度不明,未作跨年核对"
        yield Finding("G21-T3-05", _W, Status.NOT_ASSESSABLE, (), message)
        return
    if previous.year != report.year - 1:
        message = f"所给的上年报告年度是{previous.year or '不明'},不是{report.year - 1},未作跨年核对"
        yield Finding("G21-T3-05", _W, Status.NOT_ASSESSABLE, (), message)
        return
    if not same_agency(report.agency, previous.agency):
        message = f"上年报告属于“{previous.agency or '不明机关'}”,与本报告机关“{report.agency}”不同,未作跨年核对"
        yield Finding("G21-T3-05", _W, Status.NOT_ASSESSABLE, (), message)
        return
    if "t3.new_requests.total" in report.cells and "t3.new_requests.total" in previous.cells:
        yield from _carried(report, previous)
        yield from _changes(report, previous)
        yield from _disputes(report, previous)
    if report.edition == previous.edition == "G2021":
        yield from _stock(report, previous)
        yield from _magnitude(report, previous)
    if report.edition == previous.edition == "G2019":
        yield from _items(report, previous)
    if report.edition == previous.edition == "G2014":
        yield from _closed(report, previous)
    yield from _cumulative(report, previous)
    yield from copies.of_last_year(report, previous)


def without_previous(report: FilledReport) -> Iterator[Finding]:
    """G21-T3-06: requests carried over, and nothing to check them against. A remark, so that silence is no praise."""
    cell = "t3.carried_over_in.total"
    carried = report.value(cell)
    if carried:
        message = f"上年结转{characters.printed(carried)}件,没有上年报告可以核对"
        yield _finding("G21-T3-06", (_I, Status.NOT_ASSESSABLE), (cell,), message, (None, carried))


def same_agency(left: str, right: str) -> bool:
    """True if the names differ only in city prefix or form of government."""
    a, b = bare(left), bare(right)
    return bool(a and b) and (a == b or a.endswith(b) or b.endswith(a))


@functools.lru_cache(maxsize=4096)
def bare(agency: str) -> str:
    return re.sub(r"(?:人民政府|管委会|管理委员会)$", "", agency)


def _finding(
    code: str, grade: Grade, where: tuple[str, ...], message: str, sides: tuple[Decimal | None, Decimal]
) -> Finding:
    expected, actual = (None if side is None else characters.json_number(side) for side in sides)
    return Finding(code, *grade, where, message, expected, actual)


def _carried(report: FilledReport, previous: FilledReport) -> Iterator[Finding]:
    """G21-T3-05: what was carried out of last year is what is carried into this one, for each kind of applicant."""
    form = report.form
    if form is None:
        return
    for column in form.tables["t3"].columns:
        cell = f"t3.carried_over_in.{column.id}"
        now, before = report.value(cell), previous.value(f"t3.carried_over_out.{column.id}")
        if now is None or before is None or now == before:
            continue
        a, b = characters.printed(now), characters.printed(before)
        message = f"{column.label}列:上年结转{a},上年报告结转下年度{b},相差{characters.printed(abs(now - before))}"
        yield _finding("G21-T3-05", (_E, _FAIL), (cell,), message, (before, now))


def _changes(report: FilledReport, previous: FilledReport) -> Iterator[Finding]:
    """G21-T3-09: rows that changed by half and by ten or more."""
    form = report.form
    if form is None:
        return
    for row in form.tables["t3"].rows:
        cell = f"t3.{row.id}.total"
        now, before = report.value(cell), previous.value(cell)
        if now is None or before is None or abs(now - before) < 10 or abs(now - before) * 2 < before:
            continue
        message = f"表三“{row.label}”总计{characters.printed(now)},上年{characters.printed(before)},变化较大"
        yield _finding("G21-T3-09", (_I, _DOUBT), (cell,), message, (before, now))


def _disputes(report: FilledReport, previous: FilledReport) -> Iterator[Finding]:
    """G21-T4-05 and -07: pending cases come back, suits after review follow reviews."""
    for block in ("review", "suit_direct", "suit_after_review"):
        total, pending = report.value(f"{block}_total"), previous.value(f"{block}_pending")
        if total is not None and pending is not None and pending > total:
            message = f"上年尚未审结{characters.printed(pending)}件,本年总计只有{characters.printed(total)}件"
            yield _finding("G21-T4-05", (_W, _DOUBT), (f"{block}_total",), message, (pending, total))
    sued = report.value("suit_after_review_total")
    closed = [
        each.value(f"review_{outcome}") for each in (report, previous) for outcome in ("upheld", "corrected", "other")
    ]
    known = sum((value for value in closed if value is not None), Decimal(0))
    if sued is not None and None not in closed and sued > known:
        message = f"复议后起诉{characters.printed(sued)}件,本年和上年审结的行政复议共{characters.printed(known)}件"
        yield _finding("G21-T4-07", (_W, _DOUBT), ("suit_after_review_total",), message, (known, sued))


def _stock(report: FilledReport, previous: FilledReport) -> Iterator[Finding]:
    """G21-T2-02: documents in force. A warning only: clean-ups and scope change the stock."""
    for row, label in (("rules", "规章"), ("normative", "行政规范性文件")):
        cells = tuple(f"t2_{row}_{column}" for column in ("in_force", "issued", "repealed"))
        now, issued, repealed = (report.value(cell) for cell in cells)
        before = previous.value(cells[0])
        if now is None or issued is None or repealed is None or before is None:
            continue
        expected = before + issued - repealed
        if now != expected:
            terms = f"{characters.printed(before)}+{characters.printed(issued)}-{characters.printed(repealed)}"
            message = (
                f"表二“{label}”现行有效{characters.printed(now)}件,按上年推算{terms}={characters.printed(expected)}件"
                "(清理或统计范围变化请说明)"
            )
            yield _finding("G21-T2-02", (_W, _FAIL), cells, message, (expected, now))


def _magnitude(report: FilledReport, previous: FilledReport) -> Iterator[Finding]:
    """G21-T2-05 and -06: figures a thousand times last year's have the wrong unit; tenfold ones are worth a look."""
    for cell, code, factor in (
        ("t2_charges_amount_wan", "G21-T2-06", 1000),
        ("t2_licence_decisions", "G21-T2-05", 10),
        ("t2_penalty_decisions", "G21-T2-05", 10),
        ("t2_coercion_decisions", "G21-T2-05", 10),
    ):
        now, before = report.value(cell), previous.value(cell)
        if not now or not before or min(now, before) * factor > max(now, before) or max(now, before) < 50:
            continue
        form = report.form
        place = form.describe(cell) if form else cell
        hint = ",单位应为万元" if code == "G21-T2-06" else ""
        message = f"{place}{characters.printed(now)},上年{characters.printed(before)},相差悬殊{hint}"
        yield _finding(code, (_W, _DOUBT), (cell,), message, (before, now))


def _items(report: FilledReport, previous: FilledReport) -> Iterator[Finding]:
    """G19-01 and G19-03: numbers of items and of published documents carry on."""
    for row in ("licence", "other_service", "penalty", "coercion", "charges"):
        cell = f"t2_{row}_items_prev"
        now, before, delta = report.value(cell), previous.value(cell), previous.value(f"t2_{row}_items_delta")
        if now is None or before is None or delta is None or now == before + delta:
            continue
        terms = f"{characters.printed(before)}{'+' if delta >= 0 else ''}{characters.printed(delta)}"
        message = f"上一年项目数量{characters.printed(now)},按上年报告应为{terms}={characters.printed(before + delta)}"
        yield _finding("G19-01", (_W, _FAIL), (cell,), message, (before + delta, now))
    for row in ("rules", "normative"):
        cell = f"t2_{row}_published_total"
        now, before, fresh = report.value(cell), previous.value(cell), report.value(f"t2_{row}_published")
        if now is not None and before is not None and fresh is not None and now != before + fresh:
            terms = f"{characters.printed(before)}+{characters.printed(fresh)}"
            message = f"对外公开总数量{characters.printed(now)},上年总数加本年新公开为{terms}"
            yield _finding(
                "G19-03", (_W, _FAIL if now > before + fresh else _DOUBT), (cell,), message, (before + fresh, now)
            )


def _closed(report: FilledReport, previous: FilledReport) -> Iterator[Finding]:
    """G14-15: no more is closed than was received or left over."""
    closed, received = report.value("requests_closed"), report.value("requests_received")
    last_in, last_out = previous.value("requests_received"), previous.value("requests_closed")
    if closed is None or received is None or last_in is None or last_out is None:
        return
    left = max(last_in - last_out, Decimal(0))
    if closed > received + left:
        limit = f"收到{characters.printed(received)}加上年未结{characters.printed(left)}"
        message = f"申请办结数{characters.printed(closed)},大于{limit}"
        yield _finding("G14-15", (_W, _FAIL), ("requests_closed",), message, (received + left, closed))


def _cumulative(report: FilledReport, previous: FilledReport) -> Iterator[Finding]:
    """TXT-CUM: a cumulative column of a local table is last year's plus this year's."""
    columns = [i for i, name in enumerate(report.local_columns) if "累计" in name]
    old_columns = [i for i, name in enumerate(previous.local_columns) if "累计" in name]
    if not columns or not old_columns:
        return
    old = {row.cell or row.label: row for row in previous.local}
    for row in report.local:
        before = old.get(row.cell or row.label)
        if before is None or None in row.values or None in before.values or not columns[0]:
            continue
        year, total, base = row.values[0], row.values[columns[0]], before.values[old_columns[0]]
        if year is None or total is None or base is None or total == base + year:
            continue
        terms = f"{characters.printed(base)}+{characters.printed(year)}={characters.printed(base + year)}"
        message = f"统计表“{row.label}”历年累计{characters.printed(total)},上年累计加本年为{terms}"
        yield _finding("TXT-CUM", (_W, _FAIL), (row.label,), message, (base + year, total))
