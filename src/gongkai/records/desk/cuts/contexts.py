"""The page of cuts: the text with what is kept back, and the cuts one by one."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from gongkai.accounts.viewer import Seat
from gongkai.groundwork.ui.parts import Badge
from gongkai.records.desk.contexts import states
from gongkai.records.domain import cuts
from gongkai.records.domain.lifecycle import TABLE, Act
from gongkai.records.models import Record

_SHOWN = 40


@dataclass(frozen=True)
class CutLine:
    """One cut: the beginning of what is kept back, why, and the way to give it back."""

    words: str
    why: str
    restore_url: str


@dataclass(frozen=True)
class CutsPage:
    record: Record
    state: Badge
    is_open: bool
    body: SafeString
    lines: tuple[CutLine, ...]
    case_url: str
    edit_url: str


def page(record: Record, seat: Seat) -> CutsPage:
    arguments = {"agency_code": seat.agency_code, "record_id": record.pk}
    is_open = TABLE.find(Act.EDIT, record.state) is not None
    return CutsPage(
        record=record,
        state=states.state_badge(record),
        is_open=is_open,
        body=mark_safe(cuts.shown(record.body_html)),  # sanitised by rich_text.clean before it was stored
        lines=tuple(
            CutLine(
                words=cut.text if len(cut.text) <= _SHOWN else f"{cut.text[:_SHOWN]}……",
                why=cuts.label(cut.ground, cut.note),
                restore_url=reverse("records:cut_restore", kwargs=arguments | {"cut_number": number})
                if is_open
                else "",
            )
            for number, cut in enumerate(cuts.cuts_in(record.body_html), start=1)
        ),
        case_url=reverse("records:case", kwargs=arguments),
        edit_url=reverse("records:edit", kwargs=arguments),
    )
