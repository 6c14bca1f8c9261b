"""Who is looking and who is acting."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from gongkai.accounts.domain.duties import DUTIES, Duty
from gongkai.accounts.domain.posts import CASEWORK, Post
from gongkai.accounts.models import PostHolding, User


@dataclass(frozen=True)
class Seat:
    """The posts that a person holds at one agency."""

    agency_id: int
    agency_code: str
    agency_name: str
    posts: frozenset[Post]
    deputy_posts: frozenset[Post] = frozenset()

    def may(self, duty: Duty) -> bool:
        return any(duty in DUTIES[post] for post in self.posts)


@dataclass(frozen=True)
class Viewer:
    """A person with all their seats. Selectors take it and show only what it may see."""

    user_id: int
    name: str
    seats: Mapping[int, Seat] = field(default_factory=dict)

    @property
    def agency_ids(self) -> tuple[int, ...]:
        return tuple(self.seats)

    def agencies_where(self, duty: Duty) -> tuple[int, ...]:
        """The agencies at which this person has the duty."""
        return tuple(seat.agency_id for seat in self.seats.values() if seat.may(duty))

    def seat_at(self, agency_code: str) -> Seat | None:
        return next((seat for seat in self.seats.values() if seat.agency_code == agency_code), None)


@dataclass(frozen=True)
class Actor:
    """A person acting in one post at one agency; services take it and the audit trail keeps it as values."""

    user_id: int | None
    name: str
    agency_id: int | None
    agency_code: str
    post: str
    as_deputy: bool = False


def as_oneself(user: User) -> Actor:
    """A person acting on the own account, which needs no post."""
    return Actor(user_id=user.pk, name=user.name, agency_id=None, agency_code="", post="")


SYSTEM = Actor(user_id=None, name="系统", agency_id=None, agency_code="", post="system")


class HoldsNoSuchPost(Exception):
    """The person has no post at this agency that carries the duty."""


def viewer_of(user: User, *, on: date) -> Viewer:
    """The person with the posts that are valid on the day; one query.

    Who holds a casework post at a body that staffs a second nameplate (两块牌子) holds it at the nameplate too.
    """
    rows = (
        PostHolding.objects.filter(user=user, valid_from__lte=on)
        .filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on))
        .order_by("agency__sort_order", "agency_id", "agency__nameplates__sort_order", "agency__nameplates", "id")
        .values_list("post", "is_deputy", *_place_fields("agency__"), *_place_fields("agency__nameplates__"))
    )
    seats: dict[int, Seat] = {}
    for name, is_deputy, *values in rows:
        post = Post(name)
        body, plate = _Place(*values[:5]), _Place(*values[5:])
        _sit(seats, body, post, is_deputy=is_deputy)
        if post in CASEWORK and plate.exists(on):
            _sit(seats, plate, post, is_deputy=is_deputy)
    return Viewer(user_id=user.pk, name=user.name, seats=seats)


class _Place(NamedTuple):
    agency_id: int | None
    code: str
    name: str
    valid_from: date
    valid_until: date | None

    def exists(self, on: date) -> bool:
        return (
            self.agency_id is not None
            and self.valid_from <= on
            and (self.valid_until is None or on <= self.valid_until)
        )


def _place_fields(prefix: str) -> list[str]:
    return [f"{prefix}{name}" for name in ("id", "code", "name", "valid_from", "valid_until")]


def _sit(seats: dict[int, Seat], place: _Place, post: Post, *, is_deputy: bool) -> None:
    agency_id = place.agency_id or 0
    empty = Seat(agency_id=agency_id, agency_code=place.code, agency_name=place.name, posts=frozenset())
    before = seats.get(agency_id, empty)
    in_own_right = before.posts - before.deputy_posts
    deputy_posts = before.deputy_posts | {post} if is_deputy else before.deputy_posts - {post}
    seats[agency_id] = replace(before, posts=before.posts | {post}, deputy_posts=deputy_posts - in_own_right)


def actor_for(viewer: Viewer, *, agency_id: int, duty: Duty) -> Actor:
    """The viewer acting at the agency in a post that carries the duty; an own post goes before a deputy's.

    Raises:
        HoldsNoSuchPost: there is none.
    """
    seat = viewer.seats.get(agency_id)
    able = [post for post in Post if seat and post in seat.posts and duty in DUTIES[post]]
    if seat is None or not able:
        raise HoldsNoSuchPost(f"{viewer.user_id} has no post for {duty} at agency {agency_id}")
    post = min(able, key=lambda candidate: candidate in seat.deputy_posts)
    return Actor(
        user_id=viewer.user_id,
        name=viewer.name,
        agency_id=seat.agency_id,
        agency_code=seat.agency_code,
        post=post.value,
        as_deputy=post in seat.deputy_posts,
    )
