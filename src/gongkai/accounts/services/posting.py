"""Posts: the security administrator gives and ends them. The three administrators hold no other post (三员分立)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from gongkai.accounts.domain.posts import CASEWORK, Post, may_be_combined
from gongkai.accounts.models import PostHolding, Substitute, User
from gongkai.accounts.viewer import Actor
from gongkai.agencies.models import Agency
from gongkai.groundwork.audit import trail


class CannotGrantPost(Exception):
    """The person cannot hold this post there and then; the message says why in Chinese."""


class CannotEndPost(Exception):
    """The post cannot be ended like this; the message says why in Chinese."""


@dataclass(frozen=True, kw_only=True)
class Grant:
    """Who is to hold what, where, from when until when (its last day; None is open), and whether as deputy (代)."""

    person_id: int
    agency_id: int
    post: Post
    valid_from: date
    valid_until: date | None = None
    is_deputy: bool = False


def grant(*, wish: Grant, actor: Actor, at: datetime) -> PostHolding:
    """Gives a post.

    Raises:
        CannotGrantPost: to oneself, to a closed account, at an ended body or a second nameplate, twice at the same
            time, or together with posts that exclude it.
    """
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=wish.person_id)
        agency = Agency.objects.get(pk=wish.agency_id)
        _check(wish, user, agency, actor)
        holding = PostHolding.objects.create(
            user=user,
            agency=agency,
            post=wish.post.value,
            valid_from=wish.valid_from,
            valid_until=wish.valid_until,
            is_deputy=wish.is_deputy,
        )
        _note("post.grant", holding, actor=actor, at=at)
    return holding


def end(*, holding_id: int, last_day: date, actor: Actor, at: datetime) -> PostHolding:
    """Ends a post after ``last_day``; one that never began is ended on the day on which it would have.

    Raises:
        CannotEndPost: it is one's own, it has ended by then, or nobody else would be security administrator.
    """
    with transaction.atomic():
        holding = PostHolding.objects.select_for_update().select_related("agency", "user").get(pk=holding_id)
        if holding.user_id == actor.user_id:
            raise CannotEndPost("不能终止自己的岗位。")
        if holding.valid_until is not None and holding.valid_until <= last_day:
            raise CannotEndPost("该岗位在此之前已经终止。")
        if holding.post == Post.SECURITY_ADMIN and not _others_like(holding, last_day).exists():
            raise CannotEndPost("这是最后一名安全管理员，请先为他人设置该岗位。")
        holding.valid_until = max(last_day, holding.valid_from)
        holding.save(update_fields=["valid_until"])
        _note("post.end", holding, actor=actor, at=at)
    return holding


def carry_over(*, from_id: int, into_id: int, on: date, actor: Actor, at: datetime) -> int:
    """Moves the casework posts of a merged body to its successor from the day ``on``; returns how many.

    Who holds such a post there already keeps that one; substitutes (B角) come along with the post.
    """
    with transaction.atomic():
        rows = PostHolding.objects.select_for_update().filter(agency_id=from_id, post__in=CASEWORK, valid_from__lte=on)
        held = list(rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on)).order_by("id"))
        for holding in held:
            _carry(holding, into_id, on, actor=actor, at=at)
    return len(held)


def _carry(holding: PostHolding, into_id: int, on: date, *, actor: Actor, at: datetime) -> None:
    until = holding.valid_until
    standing = PostHolding.objects.filter(user_id=holding.user_id, agency_id=into_id, post=holding.post)
    there = standing.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on)).first()
    fresh = there or PostHolding.objects.create(
        user_id=holding.user_id,
        agency_id=into_id,
        post=holding.post,
        valid_from=on,
        valid_until=until,
        is_deputy=holding.is_deputy,
    )
    substitutes = holding.substitutes.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on))
    for each in substitutes.exclude(person_id__in=fresh.substitutes.values("person_id")):
        Substitute.objects.create(
            holding=fresh, person_id=each.person_id, valid_from=max(on, each.valid_from), valid_until=each.valid_until
        )
    holding.valid_until = max(on - timedelta(days=1), holding.valid_from)
    holding.save(update_fields=["valid_until"])
    _note("post.carry_over", fresh, actor=actor, at=at)


def _check(wish: Grant, user: User, agency: Agency, actor: Actor) -> None:
    if user.pk == actor.user_id:
        raise CannotGrantPost("不能为自己设置岗位。")
    if not user.is_active:
        raise CannotGrantPost("该账号已停用，请先由系统管理员恢复。")
    if wish.valid_until is not None and wish.valid_until < wish.valid_from:
        raise CannotGrantPost("终止日期早于开始日期。")
    if agency.valid_until is not None and agency.valid_until < wish.valid_from:
        raise CannotGrantPost("该机构已经终止。")
    if agency.staffed_by_id is not None:
        raise CannotGrantPost("该机构与其他机构合署，请在实际承担工作的机构设置岗位。")
    meanwhile = _overlapping(wish)
    if meanwhile.filter(agency=agency, post=wish.post.value).exists():
        raise CannotGrantPost("此人在该机构的这一岗位尚未终止，无需重复设置。")
    posts = frozenset(Post(post) for post in meanwhile.values_list("post", flat=True)) | {wish.post}
    if not may_be_combined(posts):
        raise CannotGrantPost("系统管理员、安全管理员、审计管理员只能单独任职，不能兼任其他岗位。")


def _overlapping(wish: Grant) -> QuerySet[PostHolding]:
    held = PostHolding.objects.filter(user_id=wish.person_id)
    held = held.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=wish.valid_from))
    return held if wish.valid_until is None else held.filter(valid_from__lte=wish.valid_until)


def _others_like(holding: PostHolding, on: date) -> QuerySet[PostHolding]:
    same = PostHolding.objects.filter(post=holding.post, user__is_active=True, valid_from__lte=on)
    return same.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=on)).exclude(user_id=holding.user_id)


def _note(action: str, holding: PostHolding, *, actor: Actor, at: datetime) -> None:
    detail = {
        "person": holding.user.name,
        "agency": holding.agency.code,
        "post": holding.post,
        "valid_from": holding.valid_from.isoformat(),
        "valid_until": holding.valid_until.isoformat() if holding.valid_until else None,
        "is_deputy": holding.is_deputy,
    }
    entry = trail.Entry(action=action, subject_type="person", subject_id=holding.user_id, detail=detail)
    trail.write(entry, actor=actor, at=at)
