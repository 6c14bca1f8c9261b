"""Who stands in for whom: substitutes (B角) are appointed once, an absence puts them to work for its days."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from gongkai.accounts.domain.posts import CASEWORK, Post
from gongkai.accounts.models import Absence, PostHolding, Substitute, User
from gongkai.accounts.viewer import Actor
from gongkai.groundwork.audit import trail


class CannotAppointSubstitute(Exception):
    """The person cannot stand in for this post; the message says why in Chinese."""


class CannotEndSubstitution(Exception):
    """It has ended already, or is one's own; the message says why in Chinese."""


class CannotAnnounceAbsence(Exception):
    """The days do not fit; the message says why in Chinese."""


class CannotCancelAbsence(Exception):
    """It is over or cancelled already; the message says why in Chinese."""


@dataclass(frozen=True, kw_only=True)
class Days:
    """From a day to a day, both included."""

    first: date
    last: date


def appoint(*, holding_id: int, person_id: int, valid_from: date, actor: Actor, at: datetime) -> Substitute:
    """Makes a colleague of the same body the substitute for a casework post.

    Raises:
        CannotAppointSubstitute: the post is an administrator's, itself a deputy's or over; the person is the holder,
            the actor, from elsewhere, or the substitute already.
    """
    with transaction.atomic():
        holding = PostHolding.objects.select_for_update().select_related("agency", "user").get(pk=holding_id)
        person = User.objects.get(pk=person_id)
        _check_appointment(holding, person, valid_from, actor)
        substitute = Substitute.objects.create(holding=holding, person=person, valid_from=valid_from)
        _note("substitute.appoint", person.pk, _described(substitute), actor=actor, at=at)
    return substitute


def end(*, substitute_id: int, last_day: date, actor: Actor, at: datetime) -> Substitute:
    """Ends the arrangement after ``last_day``.

    Raises:
        CannotEndSubstitution: see the class.
    """
    with transaction.atomic():
        rows = Substitute.objects.select_for_update().select_related("holding__agency", "holding__user", "person")
        substitute = rows.get(pk=substitute_id)
        if substitute.valid_until is not None and substitute.valid_until <= last_day:
            raise CannotEndSubstitution("该B角在此之前已经终止。")
        substitute.valid_until = max(last_day, substitute.valid_from)
        substitute.save(update_fields=["valid_until"])
        _note("substitute.end", substitute.person_id, _described(substitute), actor=actor, at=at)
    return substitute


def announce(*, person_id: int, days: Days, actor: Actor, at: datetime) -> Absence:
    """Notes that the person is away; for these days their substitutes act in their posts as deputies.

    Raises:
        CannotAnnounceAbsence: the days are in the wrong order, over, or overlap another absence.
    """
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=person_id)
        _check_days(user, days, at=at)
        absence = Absence.objects.create(
            user=user,
            first_day=days.first,
            last_day=days.last,
            announced_by_id=actor.user_id,
            announced_by_name=actor.name,
            announced_at=at,
        )
        _note("absence.announce", user.pk, _spoken(absence), actor=actor, at=at)
    return absence


def cancel(*, absence_id: int, today: date, actor: Actor, at: datetime) -> Absence:
    """Takes back an absence; one that has begun ends yesterday, so that what was done as deputy stays explained.

    Raises:
        CannotCancelAbsence: see the class.
    """
    with transaction.atomic():
        absence = Absence.objects.select_for_update().select_related("user").get(pk=absence_id)
        if absence.cancelled_at is not None or absence.last_day < today:
            raise CannotCancelAbsence("这次外出已经结束或者取消。")
        if absence.first_day < today:
            absence.last_day = date.fromordinal(today.toordinal() - 1)
        else:
            absence.cancelled_at = at
        absence.save(update_fields=["last_day", "cancelled_at"])
        _note("absence.cancel", absence.user_id, _spoken(absence), actor=actor, at=at)
    return absence


def _check_appointment(holding: PostHolding, person: User, valid_from: date, actor: Actor) -> None:
    if holding.post not in CASEWORK:
        raise CannotAppointSubstitute("系统管理员、安全管理员、审计管理员不设B角，请另设人员。")
    if holding.is_deputy:
        raise CannotAppointSubstitute("代理岗位不再设B角。")
    if holding.valid_until is not None and holding.valid_until < valid_from:
        raise CannotAppointSubstitute("该岗位届时已经终止。")
    if person.pk in {holding.user_id, actor.user_id}:
        raise CannotAppointSubstitute("不能由本人或者您自己担任B角。")
    if not person.is_active or not _works_at(person, holding, valid_from):
        raise CannotAppointSubstitute("B角应是本单位在岗人员。")
    standing = Substitute.objects.filter(holding=holding, person=person)
    if standing.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=valid_from)).exists():
        raise CannotAppointSubstitute("此人已经是该岗位的B角。")


def _works_at(person: User, holding: PostHolding, on: date) -> bool:
    held = PostHolding.objects.filter(user=person, agency_id=holding.agency_id, post__in=CASEWORK)
    return held.filter(valid_from__lte=on).filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on)).exists()


def _check_days(user: User, days: Days, *, at: datetime) -> None:
    if days.last < days.first:
        raise CannotAnnounceAbsence("结束日期早于开始日期。")
    if days.last < timezone.localdate(at):
        raise CannotAnnounceAbsence("这几天已经过去。")
    overlapping = Absence.objects.filter(user=user, cancelled_at__isnull=True)
    if overlapping.filter(first_day__lte=days.last, last_day__gte=days.first).exists():
        raise CannotAnnounceAbsence("与已登记的外出日期重叠。")


def _described(substitute: Substitute) -> dict[str, object]:
    holding = substitute.holding
    return {
        "person": substitute.person.name,
        "stands_in_for": holding.user.name,
        "agency": holding.agency.code,
        "post": Post(holding.post).value,
        "valid_from": substitute.valid_from.isoformat(),
        "valid_until": substitute.valid_until.isoformat() if substitute.valid_until else None,
    }


def _spoken(absence: Absence) -> dict[str, object]:
    return {
        "person": absence.user.name,
        "first_day": absence.first_day.isoformat(),
        "last_day": absence.last_day.isoformat(),
    }


def _note(action: str, person_id: int, detail: dict[str, object], *, actor: Actor, at: datetime) -> None:
    trail.write(
        trail.Entry(action=action, subject_type="person", subject_id=person_id, detail=detail), actor=actor, at=at
    )
