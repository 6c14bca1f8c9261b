"""A parent's report against the sum of its children's (SUM-01). The parent's own share is not known by itself."""

import collections
from collections.abc import Iterator, Sequence
from decimal import Decimal

from gongkai.auditing import characters
from gongkai.auditing.model import FilledReport
from gongkai.law.findings import Finding, Severity, Status

CODE = "SUM-01"
MOSTLY = 0.8


def check(parent: FilledReport, children: Sequence[FilledReport]) -> Iterator[Finding]:
    """More in the children than in the parent is an error; less may be the parent's own share or missing children."""
    form = parent.form
    fitting = [child for child in children if child.year == parent.year and child.edition == parent.edition]
    yield from _left_out(parent, children, fitting)
    if form is None or not fitting:
        yield Finding(CODE, Severity.WARNING, Status.NOT_ASSESSABLE, (), "没有可汇总的下级报告")
        return
    sums = {cell: _sum(fitting, cell) for cell in form.cells if parent.value(cell) is not None}
    lower: list[tuple[str, Decimal]] = []
    equal = 0
    for cell, (total, complete) in sums.items():
        value = parent.value(cell)
        if value is None or (value == total and complete):
            equal += bool(value)
            continue
        if total > value and not form.cells[cell].signed:
            a, b = characters.printed(total), characters.printed(value)
            message = f"{form.describe(cell)}:下级{len(fitting)}份报告之和{a},大于本级填报{b}"
            yield _finding(Severity.ERROR, cell, message, total, value)
        elif total < value and complete:
            lower.append((cell, value - total))
    yield from _lower(parent, fitting, lower, equal)


def _sum(children: Sequence[FilledReport], cell: str) -> tuple[Decimal, bool]:
    values = [child.value(cell) for child in children]
    return sum((value for value in values if value is not None), Decimal(0)), None not in values


def _lower(
    parent: FilledReport, children: Sequence[FilledReport], lower: list[tuple[str, Decimal]], equal: int
) -> Iterator[Finding]:
    form = parent.form
    if not lower or form is None:
        return
    if equal >= MOSTLY * (equal + len(lower)):
        for cell, difference in lower:
            value = parent.value(cell) or Decimal(0)
            a, b, c = map(characters.printed, (value - difference, value, difference))
            message = f"{form.describe(cell)}:下级{len(children)}份报告之和{a},本级填报{b},相差{c}(其余各格相符)"
            yield _finding(Severity.WARNING, cell, message, value - difference, value)
        return
    names = "、".join(form.describe(cell) for cell, _ in lower[:3])
    message = (
        f"有{len(lower)}格本级填报大于下级之和(可能是本级数或缺少下级报告):{names}{'等' if len(lower) > 3 else ''}"
    )
    yield Finding(CODE, Severity.WARNING, Status.UNCERTAIN, tuple(cell for cell, _ in lower), message)


def _left_out(
    parent: FilledReport, children: Sequence[FilledReport], fitting: Sequence[FilledReport]
) -> Iterator[Finding]:
    for child in children:
        if child not in fitting:
            message = f"“{child.agency or child.document.path}”是{child.year or '年度不明'}的{child.edition},未计入汇总"
            yield Finding(CODE, Severity.WARNING, Status.NOT_ASSESSABLE, (), message)
    counts = collections.Counter(child.agency for child in fitting if child.agency)
    for agency, count in counts.items():
        if count > 1:
            yield Finding(CODE, Severity.WARNING, Status.FAIL, (), f"“{agency}”有{count}份报告,可能重复计算")


def _finding(severity: Severity, cell: str, message: str, expected: Decimal, actual: Decimal) -> Finding:
    sides = characters.json_number(expected), characters.json_number(actual)
    return Finding(CODE, severity, Status.FAIL, (cell,), message, *sides)
