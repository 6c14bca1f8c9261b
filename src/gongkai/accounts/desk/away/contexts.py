"""What the screens for absences show."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from gongkai.accounts import selectors
from gongkai.accounts.domain.posts import Post
from gongkai.accounts.models import Absence, PostHolding
from gongkai.accounts.viewer import Seat, Viewer
from gongkai.groundwork.ui.parts import Badge, FormPage, Tone


@dataclass(frozen=True)
class AbsenceLine:
    """One absence; ``cancel_url`` takes it back."""

    name: str
    first_day: date
    last_day: date
    state: Badge
    cancel_url: str


@dataclass(frozen=True)
class StaffLine:
    """One person's post and who stands in for it; ``is_covered`` is False where nobody does."""

    name: str
    post: str
    substitutes: str
    is_covered: bool


@dataclass(frozen=True)
class AwayPage:
    """Who of an agency is away, and who stands in for whom."""

    absences: tuple[AbsenceLine, ...]
    staff: tuple[StaffLine, ...]
    uncovered: int
    new_url: str


def away_page(viewer: Viewer, seat: Seat, *, today: date) -> AwayPage:
    """The page of one agency."""
    lines = tuple(_staff_line(holding) for holding in selectors.staff(seat.agency_id, on=today))
    found = selectors.absences_at(viewer, seat.agency_id, on=today)
    return AwayPage(
        absences=tuple(
            absence_line(absence, today, cancel_url=_at(seat, "away_cancel", absence_id=absence.pk))
            for absence in found
        ),
        staff=lines,
        uncovered=sum(not line.is_covered for line in lines),
        new_url=_at(seat, "away_new"),
    )


def absence_line(absence: Absence, today: date, *, cancel_url: str) -> AbsenceLine:
    """One line, with where the absence stands today."""
    has_begun = absence.first_day <= today
    state = Badge(label="外出中", tone=Tone.WAITING) if has_begun else Badge(label="未开始")
    return AbsenceLine(absence.user.name, absence.first_day, absence.last_day, state, cancel_url)


def announcing(back_url: str) -> FormPage:
    """The words of the form."""
    return FormPage(
        title="登记外出",
        verb="登记",
        back_url=back_url,
        sentence="外出期间，B角以自己的名义代为办理，签批标注“代”。不需要填写事由。",
    )


def _staff_line(holding: PostHolding) -> StaffLine:
    names = [substitute.person.name for substitute in holding.substitutes.all()]
    return StaffLine(holding.user.name, Post(holding.post).label, "、".join(names), bool(names))


def _at(seat: Seat, name: str, **arguments: object) -> str:
    return reverse(f"accounts:{name}", kwargs={"agency_code": seat.agency_code, **arguments})
