"""What the pages of the own account show."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from gongkai.accounts import selectors
from gongkai.accounts.desk.away import contexts as away
from gongkai.accounts.desk.away.contexts import AbsenceLine
from gongkai.accounts.domain.posts import Post
from gongkai.accounts.models import User
from gongkai.accounts.services import second_factor
from gongkai.accounts.viewer import Viewer
from gongkai.groundwork.ui.parts import Fact


@dataclass(frozen=True)
class SessionLine:
    """One open session."""

    opened_at: datetime
    seen_at: datetime
    is_this: bool


@dataclass(frozen=True)
class AccountPage:
    """The person's own data, posts and open sessions."""

    facts: tuple[Fact, ...]
    posts: tuple[Fact, ...]
    absences: tuple[AbsenceLine, ...]
    stands_in: tuple[Fact, ...]
    sessions: tuple[SessionLine, ...]
    has_second_factor: bool


@dataclass(frozen=True)
class SecretPage:
    """The secret of a new second factor as a picture and in letters."""

    picture: SafeString
    letters: str


def account_page(viewer: Viewer, user: User, *, session_key: str, now: datetime) -> AccountPage:
    changed = user.password_changed_at
    return AccountPage(
        facts=(
            Fact(label="姓名", value=user.name),
            Fact(label="用户名", value=user.username),
            Fact(label="电话", value=user.phone),
            Fact(label="电子邮件", value=user.email),
            Fact(label="密码修改时间", value=f"{changed:%Y-%m-%d}" if changed else ""),
        ),
        posts=tuple(
            Fact(label=seat.agency_name, value="、".join(post.label for post in sorted(seat.posts)))
            for seat in viewer.seats.values()
        ),
        absences=_absences(viewer, today=timezone.localdate(now)),
        stands_in=_substitutes(viewer, today=timezone.localdate(now)),
        sessions=tuple(
            SessionLine(each.opened_at, each.seen_at, each.session_key == session_key)
            for each in selectors.own_sessions(
                viewer, seen_after=now - timedelta(minutes=settings.SESSION_IDLE_MINUTES)
            )
        ),
        has_second_factor=bool(user.totp_secret),
    )


def _absences(viewer: Viewer, *, today: date) -> tuple[AbsenceLine, ...]:
    return tuple(
        away.absence_line(absence, today, cancel_url=reverse("accounts:absence_cancel", args=[absence.pk]))
        for absence in selectors.own_absences(viewer, on=today)
    )


def _substitutes(viewer: Viewer, *, today: date) -> tuple[Fact, ...]:
    """By post, who stands in for the viewer."""
    names: dict[str, list[str]] = {}
    for each in selectors.substitutes_of(viewer, viewer.user_id, on=today):
        label = f"{each.holding.agency.short_name}{Post(each.holding.post).label}"
        names.setdefault(label, []).append(each.person.name)
    return tuple(Fact(label=label, value="、".join(people)) for label, people in names.items())


def secret_page(user: User, proposed: str) -> SecretPage:
    code = segno.make(second_factor.address(user, proposed), error="m")
    picture = code.svg_inline(scale=4, border=3, svgclass="qr", lineclass=None, omitsize=False)
    return SecretPage(mark_safe(picture), second_factor.spelled(proposed))  # drawn by us, holds no text
