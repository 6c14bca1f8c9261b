"""The writing page: the form, and beside it what is missing and how much time there is."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from gongkai.accounts.viewer import Seat
from gongkai.groundwork.ui.parts import Badge, ClockPanel
from gongkai.records.desk.checking import contexts as checking
from gongkai.records.desk.checking.contexts import ChecksPanel
from gongkai.records.desk.contexts import case, clock, states
from gongkai.records.desk.contexts.case import FileLine
from gongkai.records.domain import cuts
from gongkai.records.domain.lifecycle import TABLE, Act, State
from gongkai.records.models import Record
from gongkai.records.selectors.case_file import CaseFile


@dataclass(frozen=True)
class FileRow:
    """A file in the list of attachments, with the ways to move and remove it."""

    line: FileLine
    up_url: str
    down_url: str
    remove_url: str


@dataclass(frozen=True)
class WritingPage:
    title: str
    record: Record | None
    state: Badge | None
    is_open: bool
    clock: ClockPanel | None
    checks: ChecksPanel | None
    files: tuple[FileRow, ...]
    upload_url: str
    clean_url: str
    autosave_url: str
    cuts_url: str
    cuts: int
    back_url: str
    opinion: str


def new_page(seat: Seat) -> WritingPage:
    return WritingPage(
        title="新建信息",
        record=None,
        state=None,
        is_open=True,
        clock=None,
        checks=None,
        files=(),
        upload_url="",
        clean_url=_clean_url(seat),
        autosave_url="",
        cuts_url="",
        cuts=0,
        back_url=reverse("records:list", kwargs={"agency_code": seat.agency_code}),
        opinion="",
    )


def edit_page(found: CaseFile, seat: Seat, *, today: date) -> WritingPage:
    record = found.record
    arguments = {"agency_code": seat.agency_code, "record_id": record.pk}
    may_edit = TABLE.find(Act.EDIT, record.state) is not None
    returned = [event for event in found.events if event.action in {"record.return", "record.send_back"}]
    return WritingPage(
        title=record.title,
        record=record,
        state=states.state_badge(record),
        is_open=may_edit,
        clock=clock.panel(record, today=today),
        checks=checking.panel(record, found.files, seat, today=today, on_form=True),
        files=_file_rows(case.file_lines(found.files, seat), seat),
        upload_url=reverse("records:upload", kwargs=arguments),
        clean_url=_clean_url(seat),
        autosave_url=reverse("records:autosave", kwargs=arguments) if may_edit else "",
        cuts_url=reverse("records:cuts", kwargs=arguments) if may_edit else "",
        cuts=len(cuts.cuts_in(record.body_html)),
        back_url=reverse("records:case", kwargs=arguments),
        opinion=_opinion(record, returned[-1].detail) if returned else "",
    )


def _opinion(record: Record, detail: dict[str, object]) -> str:
    """Why it came back, as long as it is being changed because of that."""
    return str(detail.get("opinion", "")) if record.state == State.RETURNED else ""


def _file_rows(lines: tuple[FileLine, ...], seat: Seat) -> tuple[FileRow, ...]:
    def url(name: str, line: FileLine) -> str:
        return reverse(f"records:{name}", kwargs={"agency_code": seat.agency_code, "attachment_id": line.id})

    return tuple(
        FileRow(
            line=line,
            up_url=url("file_up", line) if place else "",
            down_url=url("file_down", line) if place < len(lines) - 1 else "",
            remove_url=url("file_remove", line),
        )
        for place, line in enumerate(lines)
    )


def _clean_url(seat: Seat) -> str:
    return reverse("records:clean", kwargs={"agency_code": seat.agency_code})
