"""代办: a superior office acts for an agency without staff, in named posts, for a time, on a document."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from gongkai.accounts import selectors
from gongkai.accounts.domain.posts import CASEWORK, Post
from gongkai.accounts.models import Mandate
from gongkai.accounts.viewer import Actor
from gongkai.agencies.models import Agency
from gongkai.groundwork.audit import trail

# The competent authority supervises in its own name, never in somebody else's.
POSTS = tuple(post for post in Post if post in CASEWORK - {Post.SUPERVISOR})
LONGEST_BASIS = 200


class CannotGrantMandate(Exception):
    """The office does not stand above the agency, the agency has staff, or day or basis do not fit; in Chinese."""


class CannotEndMandate(Exception):
    """It has ended by then; the message says so in Chinese."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Which office is to act for which agency, in which posts, from a day to a day (its last), on which document."""

    agency_id: int
    office_id: int
    posts: tuple[Post, ...]
    valid_from: date
    valid_until: date
    basis: str


def grant(*, wish: Wish, actor: Actor, at: datetime) -> Mandate:
    """Lets the holders of these posts at the office act for the agency.

    Raises:
        CannotGrantMandate: see the class.
    """
    with transaction.atomic():
        agency = Agency.objects.select_for_update(no_key=True).get(pk=wish.agency_id)
        office = Agency.objects.get(pk=wish.office_id)
        _check(wish, agency, office)
        mandate = Mandate.objects.create(
            agency=agency,
            office=office,
            posts=[post.value for post in wish.posts],
            valid_from=wish.valid_from,
            valid_until=wish.valid_until,
            basis=wish.basis.strip(),
            granted_by_id=actor.user_id,
            granted_by_name=actor.name,
            granted_at=at,
        )
        _note("mandate.grant", mandate, actor=actor, at=at)
    return mandate


def end(*, mandate_id: int, last_day: date, actor: Actor, at: datetime) -> Mandate:
    """Ends a mandate after ``last_day``; one that never began is ended on the day on which it would have.

    Raises:
        CannotEndMandate: see the class.
    """
    with transaction.atomic():
        rows = Mandate.objects.select_for_update(of=("self",)).select_related("agency", "office")
        mandate = rows.get(pk=mandate_id)
        if mandate.valid_until <= last_day:
            raise CannotEndMandate("该代办在此之前已经终止。")
        mandate.valid_until = max(last_day, mandate.valid_from)
        mandate.save(update_fields=["valid_until"])
        _note("mandate.end", mandate, actor=actor, at=at)
    return mandate


def _check(wish: Wish, agency: Agency, office: Agency) -> None:
    if wish.valid_until < wish.valid_from:
        raise CannotGrantMandate("终止日期早于开始日期。")
    if not wish.posts or not set(wish.posts) <= set(POSTS):
        raise CannotGrantMandate("请选择代办的岗位。")
    if not wish.basis.strip() or len(wish.basis.strip()) > LONGEST_BASIS:
        raise CannotGrantMandate(f"请写明代办的依据文件，最多{LONGEST_BASIS}个字。")
    if agency.staffed_by_id is not None:
        raise CannotGrantMandate("该机构与其他机构合署，由实际承担工作的机构办理，不需要代办。")
    if office not in selectors.superiors(agency.pk, on=wish.valid_from):
        raise CannotGrantMandate(f"{office}不是{agency}的上级机关或者公开工作主管部门，不能代办。")
    for post in wish.posts:
        if selectors.holders(agency.pk, post, on=wish.valid_from):
            raise CannotGrantMandate(f"{agency}已有人任{post.label}，这个岗位不需要代办。")
    meanwhile = Mandate.objects.filter(
        agency=agency, valid_from__lte=wish.valid_until, valid_until__gte=wish.valid_from
    )
    if any(set(other.posts) & set(wish.posts) for other in meanwhile):
        raise CannotGrantMandate("这段时间里，该机构的这些岗位已有代办，请先终止。")


def _note(action: str, mandate: Mandate, *, actor: Actor, at: datetime) -> None:
    detail = {
        "by": mandate.office.name,
        "posts": mandate.posts,
        "valid_from": mandate.valid_from.isoformat(),
        "valid_until": mandate.valid_until.isoformat(),
        "basis": mandate.basis,
    }
    entry = trail.Entry(action=action, subject_type="agency", subject_id=mandate.agency_id, detail=detail)
    trail.write(entry, actor=actor, at=at)
