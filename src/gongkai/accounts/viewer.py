"""Who is looking and who is acting."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from gongkai.accounts.domain.duties import DUTIES, Duty
from gongkai.accounts.domain.posts import Post
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


SYSTEM = Actor(user_id=None, name="系统", agency_id=None, agency_code="", post="system")


class HoldsNoSuchPost(Exception):
    """The person has no post at this agency that carries the duty."""


def viewer_of(user: User, *, on: date) -> Viewer:
    """The person with the posts that are valid on the day; one query."""
    holdings = (
        PostHolding.objects.filter(user=user, valid_from__lte=on)
        .filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on))
        .select_related("agency")
        .order_by("agency__sort_order", "agency_id", "id")
    )
    seats: dict[int, Seat] = {}
    for holding in holdings:
        before = seats.get(holding.agency_id)
        post = Post(holding.post)
        seats[holding.agency_id] = Seat(
            agency_id=holding.agency_id,
            agency_code=holding.agency.code,
            agency_name=holding.agency.name,
            posts=(before.posts if before else frozenset()) | {post},
            deputy_posts=(before.deputy_posts if before else frozenset())
            | ({post} if holding.is_deputy else frozenset()),
        )
    return Viewer(user_id=user.pk, name=user.name, seats=seats)


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
