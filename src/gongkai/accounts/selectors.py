"""Reads over people and posts, for the person themselves and for the administrators."""

from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.domain.posts import CASEWORK, Post
from gongkai.accounts.models import Absence, DeskSession, Mandate, PostHolding, Substitute, User
from gongkai.accounts.viewer import Viewer
from gongkai.agencies import selectors as agencies
from gongkai.agencies.models import Agency


def own_sessions(viewer: Viewer, *, seen_after: datetime) -> QuerySet[DeskSession]:
    """The viewer's sessions that were used lately, the latest first."""
    return DeskSession.objects.filter(user_id=viewer.user_id, seen_at__gt=seen_after).order_by("-seen_at")


def people(viewer: Viewer) -> QuerySet[User]:
    """Everybody, for those who open accounts or give posts; nobody for anybody else."""
    may = viewer.agencies_where(Duty.MANAGE_ACCOUNTS) or viewer.agencies_where(Duty.GRANT_POSTS)
    return User.objects.all() if may else User.objects.none()


def matching(rows: QuerySet[User], words: str) -> QuerySet[User]:
    """Those whose name or name to sign in with contains the words."""
    return rows.filter(Q(name__icontains=words) | Q(username__icontains=words)) if words else rows


def in_state(rows: QuerySet[User], state: str, *, at: datetime, on: date) -> QuerySet[User]:
    """``closed``, ``locked`` or ``unposted`` people; any other word leaves the rows as they are."""
    if state == "closed":
        return rows.filter(is_active=False)
    if state == "locked":
        return rows.filter(is_active=True, locked_until__gt=at)
    if state == "unposted":
        return rows.filter(is_active=True).exclude(pk__in=valid_holdings(on=on).values("user_id"))
    return rows


def holding_post(rows: QuerySet[User], *, post: str, agency_id: int | None, on: date) -> QuerySet[User]:
    """Those who hold the post (any, if empty) at the agency (any, if None) on the day."""
    if not post and agency_id is None:
        return rows
    held = valid_holdings(on=on)
    if post:
        held = held.filter(post=post)
    if agency_id is not None:
        held = held.filter(agency_id=agency_id)
    return rows.filter(pk__in=held.values("user_id"))


def valid_holdings(*, on: date) -> QuerySet[PostHolding]:
    """The posts held on the day."""
    return PostHolding.objects.filter(valid_from__lte=on).filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on))


def holdings_of(viewer: Viewer, person_id: int) -> QuerySet[PostHolding]:
    """All posts that the person holds, held or will hold; empty for a viewer who may not know."""
    rows = PostHolding.objects.filter(user_id=person_id, user__in=people(viewer))
    return rows.select_related("agency").order_by("-valid_from", "id")


def substitutes_of(viewer: Viewer, person_id: int, *, on: date) -> QuerySet[Substitute]:
    """Who stands in for the person's posts, now or later; for the person and for who gives posts."""
    rows = Substitute.objects.filter(holding__user_id=person_id).filter(_lasting(on))
    if person_id != viewer.user_id:
        rows = rows.filter(holding__user__in=people(viewer))
    return rows.select_related("person", "holding__agency").order_by("holding_id", "id")


def colleagues(agency_id: int, *, on: date) -> QuerySet[User]:
    """Those who hold a casework post of their own at the agency on the day."""
    held = valid_holdings(on=on).filter(agency_id=agency_id, post__in=CASEWORK, is_deputy=False)
    return User.objects.filter(pk__in=held.values("user_id"), is_active=True).order_by("username")


def staff(agency_id: int, *, on: date) -> QuerySet[PostHolding]:
    """The casework posts held at the agency on the day, each with its holder and standing substitutes."""
    held = valid_holdings(on=on).filter(agency_id=agency_id, post__in=CASEWORK, is_deputy=False, user__is_active=True)
    standing = Prefetch("substitutes", Substitute.objects.filter(_lasting(on)).select_related("person"))
    return held.select_related("user").prefetch_related(standing).order_by("user__username", "id")


def holders(agency_id: int, post: str, *, on: date) -> dict[int, str]:
    """Who holds the post at the agency on the day, id and name; at a second nameplate, its staff."""
    agency = Agency.objects.get(pk=agency_id)
    held = valid_holdings(on=on).filter(agency_id=agency.staffed_by_id or agency.pk, post=post, user__is_active=True)
    return dict(held.order_by("is_deputy", "id").values_list("user_id", "user__name"))


def own_absences(viewer: Viewer, *, on: date) -> QuerySet[Absence]:
    """The viewer's own, the present one and those to come."""
    return _absences(on).filter(user_id=viewer.user_id)


def absences_at(viewer: Viewer, agency_id: int, *, on: date) -> QuerySet[Absence]:
    """Those of the staff of an agency, for who keeps them there; nothing for anybody else."""
    if agency_id not in viewer.agencies_where(Duty.KEEP_ABSENCES):
        return Absence.objects.none()
    return _absences(on).filter(user__in=colleagues(agency_id, on=on).values("pk"))


def _absences(on: date) -> QuerySet[Absence]:
    current = Absence.objects.filter(cancelled_at__isnull=True, last_day__gte=on)
    return current.select_related("user").order_by("first_day", "id")


def _lasting(on: date) -> Q:
    return Q(valid_until__isnull=True) | Q(valid_until__gte=on)


def superiors(agency_id: int, *, on: date) -> list[Agency]:
    """Who may review or act for the agency: the bodies above it, the nearest first, then the offices beside them.

    Such an office (公开工作主管部门) stands directly below one of them, and somebody holds the supervisor's post there.
    """
    path = Agency.objects.values_list("path", flat=True).get(pk=agency_id)
    above = [int(part) for part in path.split("/") if part and int(part) != agency_id]
    offices = valid_holdings(on=on).filter(post=Post.SUPERVISOR, agency__parent_id__in=above).values("agency_id")
    found = agencies.valid(on=on).filter(Q(pk__in=above) | Q(pk__in=offices)).exclude(pk=agency_id)
    return sorted(found, key=lambda body: (body.pk not in above, -len(body.path), body.sort_order, body.pk))


def mandates(viewer: Viewer) -> QuerySet[Mandate]:
    """All that were ever granted, the latest first, for those who grant them; nothing for anybody else."""
    if not viewer.agencies_where(Duty.GRANT_POSTS):
        return Mandate.objects.none()
    return Mandate.objects.select_related("agency", "office").order_by("-valid_from", "-id")


def mandates_for(agency_id: int, *, on: date) -> QuerySet[Mandate]:
    """Those under which an office acts for the agency on the day."""
    current = Mandate.objects.filter(agency_id=agency_id, valid_from__lte=on, valid_until__gte=on)
    return current.select_related("office").order_by("id")
