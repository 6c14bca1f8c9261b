"""The frame of every desk page, made only when a template asks for it: the portal never does."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from gongkai.accounts.access import LAST_AGENCY
from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.domain.posts import Post
from gongkai.accounts.viewer import Seat, Viewer
from gongkai.groundwork.notifications import inbox
from gongkai.groundwork.ui.shell import AgencyLink, MenuEntry, MenuSection, Shell
from gongkai.workbench import menu, waiting

PRODUCT = "政府信息公开工作台"


def shell(request: HttpRequest) -> dict[str, object]:
    """``shell``: person, agencies and menu; None before sign-in."""
    return {"shell": SimpleLazyObject(lambda: _shell(request))}


def _shell(request: HttpRequest) -> Shell | None:
    viewer: Viewer | None = getattr(request, "viewer", None)
    if viewer is None:
        return None
    seat = _seat(request, viewer)
    return Shell(
        product=PRODUCT,
        home_url=reverse("workbench:today"),
        person=viewer.name,
        posts=_posts(seat) if seat else "尚未设置岗位",
        account_url=reverse("accounts:account"),
        sign_out_url=reverse("accounts:sign_out"),
        agency=seat.agency_name if seat else "",
        agencies=tuple(_link(other, seat) for other in viewer.seats.values()),
        sections=_sections(request, viewer, seat) if viewer.seats else (),
        is_demo=settings.DEMO,
    )


def _sections(request: HttpRequest, viewer: Viewer, seat: Seat | None) -> tuple[MenuSection, ...]:
    return menu.sections(viewer, seat, path=request.path, own=(_today(request, viewer), _notices(viewer)))


def _seat(request: HttpRequest, viewer: Viewer) -> Seat | None:
    """The agency of the page; on pages of none the one at which the person last worked, or the first."""
    here: Seat | None = getattr(request, "seat", None)
    last = viewer.seat_at(request.session.get(LAST_AGENCY, ""))
    return here or last or next(iter(viewer.seats.values()), None)


def _posts(seat: Seat) -> str:
    return "、".join(_post(seat, post) for post in sorted(seat.posts))


def _post(seat: Seat, post: Post) -> str:
    label = f"{post.label}(代)" if post in seat.deputy_posts else post.label
    return f"{label}(代办)" if seat.office_of(post) else label


def _link(seat: Seat, current: Seat | None) -> AgencyLink:
    works_here = seat.may(Duty.SEE_RECORDS)
    return AgencyLink(
        name=f"{seat.agency_name}（已撤并）" if seat.has_ended else seat.agency_name,
        url=reverse("workbench:at_agency", kwargs={"agency_code": seat.agency_code})
        if works_here
        else reverse("workbench:today"),
        is_current=seat == current,
    )


def _notices(viewer: Viewer) -> MenuEntry:
    return MenuEntry(label="提醒", url=reverse("workbench:notices"), count=inbox.unread_count(viewer.user_id))


def _today(request: HttpRequest, viewer: Viewer) -> MenuEntry:
    known: waiting.Counts | None = getattr(request, "work_counts", None)
    counts = known or waiting.counts(viewer, today=timezone.localdate())
    return MenuEntry(label="今天", url=reverse("workbench:today"), count=counts.total, is_pressing=counts.overdue > 0)
