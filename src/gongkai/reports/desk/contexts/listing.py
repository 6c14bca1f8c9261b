"""One check as a line of the list."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from gongkai.groundwork.ui.parts import Badge, Tone
from gongkai.reports.domain.states import State
from gongkai.reports.models import ReportCheck


@dataclass(frozen=True)
class Line:
    """One file; ``title`` says whose report of which year it is, as far as that was read."""

    url: str
    title: str
    file_name: str
    state: Badge
    note: str
    uploaded_by: str
    uploaded_at: datetime
    is_busy: bool
    progress_url: str


def line(found: ReportCheck, agency_code: str) -> Line:
    return Line(
        url=case_url(found, agency_code),
        title=title(found),
        file_name=found.file_name,
        state=badge(found),
        note=_note(found),
        uploaded_by=found.uploaded_by_name,
        uploaded_at=found.uploaded_at,
        is_busy=found.state == State.CHECKING,
        progress_url=reverse("reports:progress", args=[agency_code, found.pk]),
    )


def case_url(found: ReportCheck, agency_code: str) -> str:
    return reverse("reports:case", args=[agency_code, found.pk])


def title(found: ReportCheck) -> str:
    year = f"{found.report_year}年度报告" if found.report_year else ""
    return f"{found.report_agency}{year}" or found.file_name


def badge(found: ReportCheck) -> Badge:
    """The state in a few words: what was found matters more than that the check has ended."""
    if found.state == State.CHECKING:
        return Badge(label=State.CHECKING.label, tone=Tone.ACTIVE)
    if found.state == State.UNREADABLE:
        return Badge(label=State.UNREADABLE.label, tone=Tone.BAD)
    if found.error_count:
        return Badge(label=f"{found.error_count} 处错误", tone=Tone.BAD)
    if found.other_count or found.doubtful_count:
        return Badge(label="没有确定的错误", tone=Tone.WAITING)
    return Badge(label="未发现问题", tone=Tone.GOOD)


def _note(found: ReportCheck) -> str:
    if found.state == State.UNREADABLE:
        return found.problem
    parts = [f"提醒和提示 {found.other_count} 项"] if found.other_count else []
    parts += [f"读不准 {found.doubtful_count} 格"] if found.doubtful_count else []
    return "，".join(parts)
