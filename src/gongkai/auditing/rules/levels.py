"""A parent's report against the sum of its children's (SUM-01). The parent's own share is not known by itself."""

import re
from collections.abc import Generator, Iterator, Sequence
from decimal import Decimal

from gongkai.auditing import characters
from gongkai.auditing.model import FilledReport
from gongkai.auditing.rules import years
from gongkai.law.findings import Finding, Severity, Status

CODE = "SUM-01"
MOSTLY = 0.8
# The county or district that a name begins with. Zones are no districts.
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:县|旗|(?<![开发新园景城])区)")


def check(parent: FilledReport, children: Sequence[FilledReport]) -> Iterator[Finding]:
    """More in the children than in the parent is an error; less may be the parent's own share or missing children."""
    form = parent.form
    fitting = [child for child in children if not _misfit(parent, child)]
    yield from _left_out(parent, children)
    fitting, certain = yield from _once_each(fitting)
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
            grade = (Severity.ERROR, Status.FAIL) if certain else (Severity.WARNING, Status.UNCERTAIN)
            yield _finding(grade, cell, message, (total, value))
        elif total < value and complete:
            lower.append((cell, value - total))
    yield from _lower(parent, fitting, lower, equal)


def _misfit(parent: FilledReport, child: FilledReport) -> str:
    """Why a report cannot be among those that the parent sums up; empty if it can."""
    if child.year != parent.year or child.edition != parent.edition:
        return f"是{child.year or '年度不明'}的{child.edition}"
    if parent.agency and years.bare(child.agency) == years.bare(parent.agency):
        return "就是本级报告"
    own, other = _PLACE.search(years.bare(parent.agency)), _PLACE.match(child.agency)
    if own and other and own[0][-1] == other[0][-1] and own[0] not in other[0] and other[0] not in own[0]:
        return f"属于“{other[0]}”"
    return ""


def _once_each(children: Sequence[FilledReport]) -> Generator[Finding, None, tuple[list[FilledReport], bool]]:
    """Every agency once; the second value is false if one has two reports with different figures."""
    by_agency: dict[str, list[FilledReport]] = {}
    for number, child in enumerate(children):
        by_agency.setdefault(years.bare(child.agency) or f"#{number}", []).append(child)
    certain = True
    for reports in by_agency.values():
        first, *more = reports
        same = all(first.value(cell) == other.value(cell) for other in more for cell in first.cells)
        certain = certain and same
        if more:
            how = "数字相同,只计一份" if same else "数字不同,只计第一份,汇总结果存疑"
            message = f"“{first.agency}”有{len(reports)}份报告,{how}"
            yield Finding(CODE, Severity.WARNING, Status.FAIL, (), message)
    return [reports[0] for reports in by_agency.values()], certain


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
            yield _finding((Severity.WARNING, Status.FAIL), cell, message, (value - difference, value))
        return
    names = "、".join(form.describe(cell) for cell, _ in lower[:3])
    message = (
        f"有{len(lower)}格本级填报大于下级之和(可能是本级数或缺少下级报告):{names}{'等' if len(lower) > 3 else ''}"
    )
    yield Finding(CODE, Severity.WARNING, Status.UNCERTAIN, tuple(cell for cell, _ in lower), message)


def _left_out(parent: FilledReport, children: Sequence[FilledReport]) -> Iterator[Finding]:
    for child in children:
        reason = _misfit(parent, child)
        if reason:
            message = f"“{child.agency or child.document.path}”{reason},未计入汇总"
            yield Finding(CODE, Severity.WARNING, Status.NOT_ASSESSABLE, (), message)


def _finding(grade: tuple[Severity, Status], cell: str, message: str, sides: tuple[Decimal, Decimal]) -> Finding:
    expected, actual = map(characters.json_number, sides)
    return Finding(CODE, *grade, (cell,), message, expected, actual)
