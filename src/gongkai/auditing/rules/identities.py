"""The sums of the form, computed. Unknown cells make a check unassessable, unless the known ones already refute it."""

import collections
from collections.abc import Iterator
from decimal import Decimal

from gongkai.auditing import characters
from gongkai.auditing.model import FilledReport, State
from gongkai.law import forms
from gongkai.law.findings import Finding, Severity, Status

_PENDING_WORDS = ("未审结", "尚未", "正在审理", "在办", "审理中", "未结")
_BLANK_WORDS = {State.BLANK: "空白", State.UNREAD: "无法辨认", State.ABSENT: "缺失"}


def check(report: FilledReport) -> Iterator[Finding]:
    """Every identity of the edition that fails; one remark per rule for those that could not be computed."""
    form = report.form
    if form is None:
        return
    blocked: dict[str, list[forms.Identity]] = collections.defaultdict(list)
    for identity in form.identities:
        outcome = _outcome(report, identity)
        if outcome is None:
            blocked[identity.code].append(identity)
        elif isinstance(outcome, tuple):
            yield _finding(report, form, identity, outcome)
    for code, identities in blocked.items():
        if any(report.value(cell) is not None for each in identities for cell in each.left + each.right):
            yield _blocked(report, form, code, identities)


def substituted(report: FilledReport, cells: tuple[str, ...]) -> tuple[str, ...]:
    """The cells as this report has them: a G2021 report that kept the single row 其他处理 of 2019 counts that row."""
    if not report.extra:
        return cells
    result: list[str] = []
    for cell in cells:
        row, _, column = cell.removeprefix("t3.").partition(".")
        single = f"t3.other_handling.{column}"
        folded = cell.startswith("t3.other_") and row != "other_handling" and single in report.extra
        result.append(single if folded and report.cells[cell].state is State.ABSENT else cell)
    return tuple(dict.fromkeys(result))


def _outcome(report: FilledReport, identity: forms.Identity) -> bool | tuple[Decimal, Decimal] | None:
    """True if it holds, both sides if it fails, None if it cannot be computed (or need not be)."""
    left = [report.value(cell) for cell in substituted(report, identity.left)]
    right = [report.value(cell) for cell in substituted(report, identity.right)]
    if identity.optional and None in left:
        return True
    low_left, low_right = _known(left), _known(right)
    if None in left or None in right:
        refuted = identity.relation in ("equal", "at_most") and None not in right and low_left > low_right
        refuted = refuted or (identity.relation in ("equal", "at_least") and None not in left and low_right > low_left)
        return (low_left, low_right) if refuted else None
    holds = {"equal": low_left == low_right, "at_most": low_left <= low_right, "at_least": low_left >= low_right}
    return True if holds[identity.relation] else (low_left, low_right)


def _known(values: list[Decimal | None]) -> Decimal:
    return sum((value for value in values if value is not None), Decimal(0))


def _finding(
    report: FilledReport, form: forms.Form, identity: forms.Identity, sides: tuple[Decimal, Decimal]
) -> Finding:
    left, right = sides
    severity, status = Severity(identity.severity), Status.FAIL
    note = ""
    if identity.pending and left > right and any(word in report.prose for word in _PENDING_WORDS):
        severity, status = Severity.WARNING, Status.UNCERTAIN
        note = "(正文提到未审结案件,差额可能为未审结数)"
    cells = (*substituted(report, identity.left), *substituted(report, identity.right))
    return Finding(
        code=identity.code,
        severity=severity,
        status=status,
        where=cells,
        message=_message(form, identity, left, right) + note,
        expected=characters.json_number(right),
        actual=characters.json_number(left),
        basis=form.basis,
    )


def _message(form: forms.Form, identity: forms.Identity, left: Decimal, right: Decimal) -> str:
    difference = characters.printed(abs(left - right))
    a, b = characters.printed(left), characters.printed(right)
    if identity.code == "G21-T3-01":
        column = form.cells[identity.left[0]].column
        name = column.label if column else ""
        return f"表三 {name}列:新收加上年结转为{a},办理结果总计加结转下年为{b},相差{difference}"
    if identity.relation == "equal":
        return f"{form.describe(identity.left[0])}:各项之和{b},填报{a},相差{difference}"
    if identity.relation == "at_most":
        place = form.describe(identity.left[0])
        limit = "、".join(f"“{_label(form, cell)}”" for cell in identity.right)
        return f"{place}填报{a},大于{limit}{'之和' if len(identity.right) > 1 else ''}{b}"
    parts = f"“{_label(form, identity.left[0])}”等{len(identity.left)}项之和{a}"
    return f"{parts},小于{form.describe(identity.right[0])}{b},相差{difference}"


def _label(form: forms.Form, cell: str) -> str:
    entry = form.cells[cell]
    return entry.column.label if entry.column and form.tables[entry.table].kind != "matrix" else entry.row.label


def _blocked(report: FilledReport, form: forms.Form, code: str, identities: list[forms.Identity]) -> Finding:
    missing = dict.fromkeys(
        cell
        for identity in identities
        for cell in (*substituted(report, identity.left), *substituted(report, identity.right))
        if report.value(cell) is None
    )
    states = collections.Counter(_BLANK_WORDS[report.cells[cell].state] for cell in missing if cell in report.cells)
    words = "、".join(f"{count}格{word}" for word, count in states.items())
    table = form.tables[identities[0].table].number
    return Finding(
        code=code,
        severity=Severity.INFO,
        status=Status.NOT_ASSESSABLE,
        where=tuple(list(missing)[:200]),
        message=f"{table}有{words},{len(identities)}项勾稽关系无法核对",
        basis=form.basis,
    )
