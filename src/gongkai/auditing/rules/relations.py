"""Rules of the forms that are not sums."""

from collections.abc import Iterator
from decimal import Decimal

from gongkai.auditing import characters
from gongkai.auditing.model import FilledReport, State
from gongkai.law.findings import Finding, Severity, Status

_WAYS = ("press_conferences", "online_interviews", "interpretations", "social_responses", "other_responses")
_FAULT = (Severity.WARNING, Status.FAIL)
_HINT = (Severity.INFO, Status.UNCERTAIN)
_EXPLAINED = ("反复申请", "大量申请", "大量、反复", "滥用", "申请数量、频次", "频次", "不当行使")


def check(report: FilledReport) -> Iterator[Finding]:
    """G14-08, -19, -20, G19-02 with the documents made, G19-05, and G21-T3-07, -08, G21-T4-06."""
    if report.edition == "G2014":
        yield from _responses(report)
        yield from _training(report)
        yield from _fees(report)
    elif report.edition in ("G2019", "G2021"):
        yield from _charged(report)
        yield from _excessive(report)
        yield from _direct_suits(report)
        yield from _procurement(report)
        yield from _backlog(report)


def _finding(
    code: str, grade: tuple[Severity, Status], where: tuple[str, ...], message: str, actual: Decimal | None
) -> Finding:
    value = None if actual is None else characters.json_number(actual)
    return Finding(code=code, severity=grade[0], status=grade[1], where=where, message=message, actual=value)


def _responses(report: FilledReport) -> Iterator[Finding]:
    total = report.value("response_total")
    ways = [report.value(cell) for cell in _WAYS]
    known = sum((way for way in ways if way is not None), Decimal(0))
    if total == 0 and known > 0:
        message = f"各种方式回应解读合计{characters.printed(known)},但“回应公众关注热点或重大舆情数”为0"
        yield _finding("G14-08", _HINT, ("response_total", *_WAYS), message, actual=total)


def _training(report: FilledReport) -> Iterator[Finding]:
    sessions, trainees = report.value("training_sessions"), report.value("trainees")
    if sessions is None or trainees is None or (sessions > 0) == (trainees > 0):
        return
    held, taught = characters.printed(sessions), characters.printed(trainees)
    message = f"举办培训班{held}次,接受培训{taught}人次,两者应同时为0或同时大于0"
    yield _finding("G14-19", _FAULT, ("training_sessions", "trainees"), message, actual=trainees)


def _fees(report: FilledReport) -> Iterator[Finding]:
    fees = report.value("fees_collected_wan")
    if fees and fees > 0 and "收费" not in report.prose and "费用" not in report.prose:
        message = f"统计表填报收取费用{characters.printed(fees)}万元,正文没有收费情况说明"
        yield _finding("G14-20", _FAULT, ("fees_collected_wan",), message, actual=fees)


def _charged(report: FilledReport) -> Iterator[Finding]:
    overdue = report.value("t3.other_fee_overdue.total")
    if overdue and overdue > 0 and "收费" not in report.prose and "处理费" not in report.prose:
        message = f"表三有{characters.printed(overdue)}件因逾期未缴费不再处理,正文没有收费情况说明"
        yield _finding("G21-T3-07", _FAULT, ("t3.other_fee_overdue.total",), message, actual=overdue)


def _excessive(report: FilledReport) -> Iterator[Finding]:
    cell = "t3.unprocessed_excessive.total"
    count = report.value(cell)
    if count and count > 0 and not any(word in report.prose for word in _EXPLAINED):
        message = f"表三“无正当理由大量反复申请”{characters.printed(count)}件,正文没有说明"
        yield _finding("G21-T3-08", _FAULT, (cell,), message, actual=count)


def _direct_suits(report: FilledReport) -> Iterator[Finding]:
    count = report.value("suit_direct_total")
    if count and count > 0 and report.year is not None and report.year >= 2024:
        message = (
            f"未经复议直接起诉{characters.printed(count)}件:"
            "2024年1月1日起,不服不予公开决定的应当先申请行政复议,建议说明"
        )
        yield _finding("G21-T4-06", _HINT, ("suit_direct_total",), message, actual=count)


def _procurement(report: FilledReport) -> Iterator[Finding]:
    reading = report.cells.get("t2_procurement_amount")
    if reading is None or reading.state is not State.READ or not reading.value:
        return
    if "元" not in reading.raw and "采购总金额(" not in report.document_text:
        yield _finding(
            "G19-05",
            _FAULT,
            ("t2_procurement_amount",),
            f"政府集中采购总金额{characters.printed(reading.value)}没有注明单位(元或万元)",
            actual=reading.value,
        )


def _backlog(report: FilledReport) -> Iterator[Finding]:
    """Documents published beyond those made this year are left from earlier years, if the text says so."""
    for row, label in (("rules", "规章"), ("normative", "规范性文件")):
        made, published = (report.value(f"t2_{row}_{column}") for column in ("made", "published"))
        if made is not None and published is not None and published > made:
            a, b = characters.printed(published), characters.printed(made)
            message = f"表二“{label}”本年新公开{a}件,多于本年新制作{b}件,公开的可能是往年制作的文件,请核对"
            yield _finding("G19-02", _HINT, (f"t2_{row}_published", f"t2_{row}_made"), message, actual=published)
