"""Who is looking and who is acting."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.accounts.domain.duties import DUTIES, Duty
from gongkai.accounts.domain.posts import CASEWORK, Post
from gongkai.accounts.models import Mandate, PostHolding, Substitute, User
from gongkai.agencies.models import Agency


@dataclass(frozen=True)
class StandIn:
    """A post that somebody holds only while this colleague, its holder, is away."""

    post: Post
    user_id: int
    name: str


@dataclass(frozen=True)
class Seat:
    """The posts that a person holds at one agency, deputy posts (代) and those of absent colleagues included."""

    agency_id: int
    agency_code: str
    agency_name: str
    posts: frozenset[Post]
    deputy_posts: frozenset[Post] = frozenset()
    stands_in: tuple[StandIn, ...] = ()
    # Posts that are only held for this agency by the office in which the person works (代办), with its name.
    on_behalf: tuple[tuple[Post, str], ...] = ()
    # The body has gone into one at which the person has a seat; nothing new begins here.
    has_ended: bool = False

    def absent_holders(self, post: Post) -> tuple[int, ...]:
        """Whose work in this post lies with the person today, besides their own."""
        return tuple(absent.user_id for absent in self.stands_in if absent.post is post)

    def office_of(self, post: Post) -> str:
        """The office that holds the post for this agency; empty where it is the agency's own."""
        return dict(self.on_behalf).get(post, "")

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
    """A person acting in one post at one agency; services take it and the audit trail keeps it as values.

    ``office`` names the body from which they act for this agency (代办), empty for its own people.
    """

    user_id: int | None
    name: str
    agency_id: int | None
    agency_code: str
    post: str
    as_deputy: bool = False
    office: str = ""


def as_oneself(user: User) -> Actor:
    """A person acting on the own account, which needs no post."""
    return Actor(user_id=user.pk, name=user.name, agency_id=None, agency_code="", post="")


SYSTEM = Actor(user_id=None, name="系统", agency_id=None, agency_code="", post="system")


class HoldsNoSuchPost(Exception):
    """The person has no post at this agency that carries the duty."""


def viewer_of(user: User, *, on: date) -> Viewer:
    """The person with the posts that are valid on the day, as deputy also those of absent colleagues.

    One query; one more where a body of theirs has taken in another, and where it acts for others.

    Who holds a casework post at a body that staffs a second nameplate (两块牌子) holds it at the nameplate too.
    """
    rows = (
        PostHolding.objects.filter(Q(user=user) | Q(pk__in=_stood_in_for(user, on)))
        .filter(_valid(on))
        .order_by("agency__sort_order", "agency_id", "agency__nameplates__sort_order", "agency__nameplates", "id")
        .values_list(
            *("post", "is_deputy", "user_id", "user__name", _took_in("agency_id"), _acts_for_others("agency_id", on)),
            *_place_fields("agency__"),
            *_place_fields("agency__nameplates__"),
        )
    )
    seats: dict[int, Seat] = {}
    has_taken_in = has_mandates = False
    for name, is_deputy, holder_id, holder_name, took_in, acts, *values in rows:
        has_taken_in, has_mandates = has_taken_in or took_in, has_mandates or acts
        absent = StandIn(Post(name), holder_id, holder_name) if holder_id != user.pk else None
        taken = _Taken(Post(name), is_deputy or absent is not None, absent)
        body, plate = _Place(*values[:5]), _Place(*values[5:])
        _sit(seats, body, taken)
        if taken.post in CASEWORK and plate.exists(on):
            _sit(seats, plate, taken)
    merged = _seats_at_merged_bodies(seats, on) if has_taken_in else {}
    mandated = _seats_on_behalf(seats, on) if has_mandates else {}
    return Viewer(user_id=user.pk, name=user.name, seats=seats | mandated | merged)


def _acts_for_others(office: str, on: date) -> Exists:
    """Whether this body acts for another one on the day."""
    return Exists(Mandate.objects.filter(_valid(on), office_id=OuterRef(office)))


def _seats_on_behalf(seats: Mapping[int, Seat], on: date) -> dict[int, Seat]:
    """The agencies for which a body of theirs acts, with the posts of the mandate; an own post there stays own."""
    found: dict[int, Seat] = {}
    mandates = Mandate.objects.filter(_valid(on), office_id__in=seats).select_related("agency", "office")
    for mandate in mandates.order_by("agency__sort_order", "agency_id", "id"):
        office, agency = seats[mandate.office_id], mandate.agency
        place = _Place(agency.pk, agency.code, agency.name, agency.valid_from, agency.valid_until)
        empty = Seat(agency_id=agency.pk, agency_code=place.code, agency_name=place.name, posts=frozenset())
        before = found.get(agency.pk) or seats.get(agency.pk, empty)
        posts = (office.posts & CASEWORK & {Post(post) for post in mandate.posts}) - before.posts
        if posts and place.exists(on):
            found[agency.pk] = replace(
                before,
                posts=before.posts | posts,
                deputy_posts=before.deputy_posts | (posts & office.deputy_posts),
                on_behalf=(*before.on_behalf, *((post, mandate.office.name) for post in sorted(posts))),
            )
    return found


def _took_in(successor: str) -> Exists:
    """Whether another body was merged into this one."""
    return Exists(Agency.objects.filter(successor_id=OuterRef(successor)))


def _seats_at_merged_bodies(seats: Mapping[int, Seat], on: date) -> dict[int, Seat]:
    """What a merged body published is looked after by the staff of its successor, in the posts they hold there."""
    merged = Agency.objects.filter(successor__isnull=False, valid_until__lt=on).order_by("sort_order", "id")
    gone_into: dict[int, list[Agency]] = defaultdict(list)
    for agency in merged.only("id", "code", "name", "successor_id"):
        gone_into[agency.successor_id or 0].append(agency)
    found: dict[int, Seat] = {}
    waiting = list(seats.values())
    while waiting:
        seat = waiting.pop()
        posts = seat.posts & CASEWORK
        for body in gone_into[seat.agency_id] if posts else ():
            if body.pk not in seats:
                place = replace(seat, agency_id=body.pk, agency_code=body.code, agency_name=body.name)
                found[body.pk] = replace(place, posts=posts, has_ended=True)
                waiting.append(found[body.pk])
    return found


def _valid(on: date) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_until__isnull=True) | Q(valid_until__gte=on))


def _stood_in_for(user: User, on: date) -> QuerySet[Substitute, int]:
    """The holdings of absent colleagues for whom this person is the substitute."""
    away = {"first_day__lte": on, "last_day__gte": on, "cancelled_at__isnull": True}
    return (
        Substitute.objects.filter(_valid(on), person=user)
        .filter(**{f"holding__user__absences__{name}": value for name, value in away.items()})
        .values_list("holding_id", flat=True)
    )


class _Taken(NamedTuple):
    """A post that is held, whether as deputy, and for whom."""

    post: Post
    is_deputy: bool
    absent: StandIn | None


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


def _sit(seats: dict[int, Seat], place: _Place, taken: _Taken) -> None:
    agency_id, post = place.agency_id or 0, taken.post
    empty = Seat(agency_id=agency_id, agency_code=place.code, agency_name=place.name, posts=frozenset())
    before = seats.get(agency_id, empty)
    in_own_right = before.posts - before.deputy_posts
    deputy_posts = before.deputy_posts | {post} if taken.is_deputy else before.deputy_posts - {post}
    absent = taken.absent
    seats[agency_id] = replace(
        before,
        posts=before.posts | {post},
        deputy_posts=deputy_posts - in_own_right,
        stands_in=before.stands_in if absent is None or absent in before.stands_in else (*before.stands_in, absent),
    )


def actor_for(viewer: Viewer, *, agency_id: int, duty: Duty) -> Actor:
    """The viewer acting at the agency in a post that carries the duty; an own post goes before a deputy's.

    Raises:
        HoldsNoSuchPost: there is none.
    """
    seat = viewer.seats.get(agency_id)
    able = [post for post in Post if seat and post in seat.posts and duty in DUTIES[post]]
    if seat is None or not able:
        raise HoldsNoSuchPost(f"{viewer.user_id} has no post for {duty} at agency {agency_id}")
    post = min(able, key=lambda candidate: (bool(seat.office_of(candidate)), candidate in seat.deputy_posts))
    return Actor(
        user_id=viewer.user_id,
        name=viewer.name,
        agency_id=seat.agency_id,
        agency_code=seat.agency_code,
        post=post.value,
        as_deputy=post in seat.deputy_posts,
        office=seat.office_of(post),
    )
