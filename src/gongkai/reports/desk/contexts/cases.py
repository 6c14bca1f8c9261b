"""One file with everything that was read, found and confirmed in it."""

from dataclasses import dataclass, field
from itertools import groupby

from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString, mark_safe

from gongkai.accounts.domain.posts import Post
from gongkai.accounts.viewer import Seat
from gongkai.auditing import characters
from gongkai.groundwork.ui.parts import Badge, Fact, TimelineEvent, Tone
from gongkai.law import forms
from gongkai.reports import selectors
from gongkai.reports.desk.contexts import findings, grids, listing
from gongkai.reports.domain.result import ReportRead
from gongkai.reports.domain.states import Relation, State
from gongkai.reports.models import CellConfirmation, ReportCheck
from gongkai.reports.services import checking

_URLS = ("case", "compare", "original", "as_json", "as_workbook", "progress", "repeat")


@dataclass(frozen=True)
class CountedLine:
    """A normative document that was counted; ``url`` is its public page, if this process also serves the portal."""

    title: str
    number: str
    url: str
    note: str


@dataclass(frozen=True)
class ReportView:
    """The chosen report of the file."""

    number: int
    title: str
    counts: tuple[tuple[str, int, Tone], ...]
    findings: list[findings.Line]
    marked: SafeString
    grids: list[grids.Grid]
    doubtful: int
    cells_url: str
    fragments: tuple[str, ...]
    counted_on: str
    counted: tuple[CountedLine, ...] | None


@dataclass(frozen=True)
class CasePage:
    """The page; ``report`` is None until something was read."""

    line: listing.Line
    state: Badge
    problem: str
    is_unreadable: bool
    report: ReportView | None
    others: tuple[tuple[str, str, bool], ...]
    facts: tuple[Fact, ...]
    comparisons: tuple[Fact, ...]
    events: tuple[TimelineEvent, ...]
    urls: dict[str, str] = field(default_factory=dict)


def case_page(found: ReportCheck, seat: Seat, *, wanted: str) -> CasePage:
    """``wanted`` is the number of a report of the file, as it stands in the address."""
    reports = checking.reports_of(found)
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted) <= len(reports) else 1
    confirmed = selectors.confirmations(found)
    report = reports[number - 1] if reports else None
    return CasePage(
        line=listing.line(found, seat.agency_code),
        state=listing.badge(found),
        problem=found.problem,
        is_unreadable=found.state == State.UNREADABLE,
        report=_view(found, report, number, confirmed, seat) if report else None,
        others=tuple((f"?report={n}", _title(each), n == number) for n, each in enumerate(reports, 1)),
        facts=_facts(found, report),
        comparisons=_comparisons(found, seat),
        events=tuple(_events(found, confirmed, reports)),
        urls={name: reverse(f"reports:{name}", args=[seat.agency_code, found.pk]) for name in _URLS},
    )


def _view(
    found: ReportCheck, report: ReportRead, number: int, confirmed: list[CellConfirmation], seat: Seat
) -> ReportView:
    return ReportView(
        number=number,
        title=_title(report),
        counts=tuple((severity.label, report.count(severity), tone) for severity, tone in findings.TONES.items()),
        findings=findings.lines(report),
        marked=mark_safe(report.marked),  # cleaned by nh3 when the check ended, see domain.marked
        grids=grids.grids(report, frozenset(row.cell for row in confirmed if row.report_number == number)),
        doubtful=len(report.doubtful),
        cells_url=reverse("reports:cells", args=[seat.agency_code, found.pk, number]),
        fragments=tuple(
            f"{agency}{f'{year}年度' if year else ''}：{words}" for agency, year, words in report.fragments
        ),
        counted_on=f"{report.year}年12月31日",
        counted=_counted(report),
    )


def _counted(report: ReportRead) -> tuple[CountedLine, ...] | None:
    if report.counted is None:
        return None
    return tuple(
        CountedLine(each.title, each.number, _public_url(each.key), "" if each.is_sure else "有效期间不明")
        for each in report.counted
    )


def _public_url(entry_id: str) -> str:
    try:
        return reverse("portal:entry", args=[int(entry_id)])
    except NoReverseMatch:
        return ""


def _title(report: ReportRead) -> str:
    return f"{report.agency or '机关不明'}{f'{report.year}年度' if report.year else '（年度不明）'}"


def _facts(found: ReportCheck, report: ReportRead | None) -> tuple[Fact, ...]:
    file = (
        Fact(label="文件", value=found.file_name),
        Fact(label="大小", value=f"{max(found.file.size // 1024, 1):,} KB"),
    )
    if report is None:
        return file
    read = sum(cell.value is not None for cell in report.cells.values())
    known = report.edition in forms.EDITIONS
    return (
        Fact(label="报告机关", value=report.agency),
        Fact(label="报告年度", value=f"{report.year}年" if report.year else ""),
        Fact(label="报告格式", value=forms.form(report.edition).title if known else "没有可读取的统计表"),
        Fact(label="已读出", value=f"{read} 格，共 {len(report.cells)} 格" if known else ""),
        *file,
    )


def _comparisons(found: ReportCheck, seat: Seat) -> tuple[Fact, ...]:
    return tuple(
        Fact(
            label=Relation(row.relation).label,
            value=listing.title(row.other),
            url=listing.case_url(row.other, seat.agency_code),
        )
        for row in selectors.comparisons(found)
    )


def _events(found: ReportCheck, confirmed: list[CellConfirmation], reports: list[ReportRead]) -> list[TimelineEvent]:
    post = Post(found.uploaded_by_post).label
    events = [TimelineEvent(at=found.uploaded_at, title="上传报告", who=found.uploaded_by_name, post=post)]
    for _, group in groupby(confirmed, key=lambda row: (row.confirmed_at, row.confirmed_by_id, row.report_number)):
        rows = list(group)
        words = "\n".join(_sentence(row, reports) for row in rows[:5]) + ("\n……" if len(rows) > 5 else "")
        who, post = rows[0].confirmed_by_name, Post(rows[0].confirmed_by_post).label
        events.append(
            TimelineEvent(at=rows[0].confirmed_at, title=f"确认 {len(rows)} 格数值", who=who, post=post, text=words)
        )
    if found.checked_at and found.state != State.CHECKING:
        events.append(TimelineEvent(at=found.checked_at, title=found_label(found), who="系统"))
    return sorted(events, key=lambda event: event.at)


def found_label(found: ReportCheck) -> str:
    return "检查完成" if found.state == State.DONE else "无法读取"


def _sentence(row: CellConfirmation, reports: list[ReportRead]) -> str:
    edition = reports[row.report_number - 1].edition if row.report_number <= len(reports) else ""
    form = forms.form(edition) if edition in forms.EDITIONS else None
    place = form.describe(row.cell) if form and row.cell in form.cells else row.cell
    return f"{place}：{'空白' if row.value is None else characters.printed(row.value)}"
