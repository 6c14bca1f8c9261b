"""What the screens for people and posts show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts import selectors
from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.domain.posts import CASEWORK, Post
from gongkai.accounts.models import PostHolding, User
from gongkai.accounts.viewer import Viewer
from gongkai.groundwork.ui import filters, paging
from gongkai.groundwork.ui.filters import FilterGroup
from gongkai.groundwork.ui.paging import KeysetPage
from gongkai.groundwork.ui.parts import Badge, Fact, Tone

_STATES = (("unposted", "未设岗位"), ("locked", "已锁定"), ("closed", "已停用"))


@dataclass(frozen=True)
class PersonLine:
    """One person in the list, with the posts of today."""

    username: str
    name: str
    url: str
    state: Badge
    posts: tuple[str, ...]


@dataclass(frozen=True)
class PeoplePage:
    """The list."""

    words: str
    groups: tuple[FilterGroup, ...]
    lines: tuple[PersonLine, ...]
    page: KeysetPage[User]
    may_create: bool


@dataclass(frozen=True)
class SubstituteLine:
    """Who stands in for a post while its holder is away."""

    name: str
    end_url: str


@dataclass(frozen=True)
class HoldingLine:
    """One post of a person."""

    agency: str
    post: str
    is_deputy: bool
    valid_from: date
    valid_until: date | None
    state: Badge
    end_url: str
    substitutes: tuple[SubstituteLine, ...]
    appoint_url: str


@dataclass(frozen=True)
class PersonPage:
    """One person: facts, posts, and what this administrator may do."""

    person: User
    state: Badge
    facts: tuple[Fact, ...]
    holdings: tuple[HoldingLine, ...]
    may_keep: bool
    may_grant: bool
    is_locked: bool
    is_self: bool


def people_page(viewer: Viewer, *, query: QueryDict, now: datetime) -> PeoplePage:
    today = timezone.localdate(now)
    words = query.get("q", "").strip()
    rows = selectors.matching(selectors.people(viewer), words)
    rows = selectors.in_state(rows, query.get("state", ""), at=now, on=today)
    rows = selectors.holding_post(rows, post=query.get("post", ""), agency_id=None, on=today)
    page = paging.keyset_page(rows, order=("username",), query=query)
    posts = _posts_by_person(page.items, today)
    return PeoplePage(
        words=words,
        groups=(
            filters.choice_filter(query, param="state", label="账号", options=_STATES),
            filters.choice_filter(query, param="post", label="岗位", options=[(p.value, p.label) for p in Post]),
        ),
        lines=tuple(_line(user, posts.get(user.pk, ()), now) for user in page.items),
        page=page,
        may_create=bool(viewer.agencies_where(Duty.MANAGE_ACCOUNTS)),
    )


def person_page(viewer: Viewer, person: User, *, now: datetime) -> PersonPage:
    today = timezone.localdate(now)
    may_grant = bool(viewer.agencies_where(Duty.GRANT_POSTS)) and person.pk != viewer.user_id
    holdings = selectors.holdings_of(viewer, person.pk)
    standing = _substitutes(viewer, person, today, may_grant=may_grant)
    return PersonPage(
        person=person,
        state=state_of(person, now=now),
        facts=(
            Fact(label="用户名", value=person.username),
            Fact(label="电话", value=person.phone),
            Fact(label="电子邮件", value=person.email),
            Fact(label="动态口令", value="已启用" if person.totp_secret else "未启用"),
            Fact(label="最近登录", value=_moment(person.last_login)),
        ),
        holdings=tuple(
            _holding_line(holding, today, may_grant=may_grant, standing=standing.get(holding.pk, ()))
            for holding in holdings
        ),
        may_keep=bool(viewer.agencies_where(Duty.MANAGE_ACCOUNTS)),
        may_grant=may_grant,
        is_locked=_is_locked(person, now),
        is_self=person.pk == viewer.user_id,
    )


def state_of(person: User, *, now: datetime) -> Badge:
    if not person.is_active:
        return Badge(label="已停用", tone=Tone.ENDED)
    if _is_locked(person, now):
        return Badge(label="已锁定", tone=Tone.WAITING)
    return Badge(label="正常", tone=Tone.GOOD)


def _is_locked(person: User, now: datetime) -> bool:
    return person.locked_until is not None and person.locked_until > now


def _line(user: User, posts: tuple[str, ...], now: datetime) -> PersonLine:
    url = reverse("accounts:person", kwargs={"person_id": user.pk})
    return PersonLine(user.username, user.name, url, state_of(user, now=now), posts)


def _posts_by_person(people: Iterable[User], today: date) -> dict[int, tuple[str, ...]]:
    held: dict[int, dict[str, list[str]]] = {}
    rows = selectors.valid_holdings(on=today).filter(user__in=[user.pk for user in people]).select_related("agency")
    for holding in rows.order_by("agency__sort_order", "agency_id", "id"):
        held.setdefault(holding.user_id, {}).setdefault(holding.agency.short_name, []).append(_post(holding))
    return {
        person_id: tuple(f"{agency}：{'、'.join(posts)}" for agency, posts in places.items())
        for person_id, places in held.items()
    }


def _post(holding: PostHolding) -> str:
    return Post(holding.post).label + ("（代）" if holding.is_deputy else "")


def _substitutes(
    viewer: Viewer, person: User, today: date, *, may_grant: bool
) -> dict[int, tuple[SubstituteLine, ...]]:
    found: dict[int, tuple[SubstituteLine, ...]] = {}
    for each in selectors.substitutes_of(viewer, person.pk, on=today):
        is_ending = each.valid_until is not None
        url = reverse("accounts:substitute_end", kwargs={"substitute_id": each.pk})
        line = SubstituteLine(each.person.name, url if may_grant and not is_ending else "")
        found[each.holding_id] = (*found.get(each.holding_id, ()), line)
    return found


def _holding_line(
    holding: PostHolding, today: date, *, may_grant: bool, standing: tuple[SubstituteLine, ...]
) -> HoldingLine:
    ended = holding.valid_until is not None and holding.valid_until < today
    coming = holding.valid_from > today
    badge = ("已终止", Tone.ENDED) if ended else ("未开始", Tone.NEUTRAL) if coming else ("在岗", Tone.GOOD)
    url = reverse("accounts:post_end", kwargs={"holding_id": holding.pk})
    return HoldingLine(
        agency=holding.agency.name,
        post=Post(holding.post).label,
        is_deputy=holding.is_deputy,
        valid_from=holding.valid_from,
        valid_until=holding.valid_until,
        state=Badge(label=badge[0], tone=badge[1]),
        end_url=url if may_grant and not ended else "",
        substitutes=standing,
        appoint_url=_appoint_url(holding) if may_grant and not ended else "",
    )


def _appoint_url(holding: PostHolding) -> str:
    """Administrators' posts and deputies have no substitute."""
    if holding.is_deputy or holding.post not in CASEWORK:
        return ""
    return reverse("accounts:substitute_new", kwargs={"holding_id": holding.pk})


def _moment(value: datetime | None) -> str:
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if value else "尚未登录"
