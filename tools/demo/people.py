"""Puts the bodies, the people and their posts into the database; bodies and posts by the acts of administrators."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from gongkai.accounts.domain.posts import CASEWORK, Post
from gongkai.accounts.models import User
from gongkai.accounts.services import posting
from gongkai.accounts.viewer import SYSTEM, Actor
from gongkai.agencies.domain.details import AgencyDetails
from gongkai.agencies.domain.kinds import AgencyKind
from gongkai.agencies.models import Agency
from gongkai.agencies.services import keeping
from gongkai.law.identifiers import organisation_code
from tools.demo import city
from tools.demo.office import Office

_FOUNDED = date(2010, 1, 1)
_MERGED_ON = date(2025, 7, 1)


def settle(*, today: date) -> list[Office]:
    """The offices of the city, ready to act."""
    founded_at = timezone.make_aware(datetime.combine(today - timedelta(days=4 * 365), time(8)))
    agencies = _bodies(at=founded_at)
    actors = _posts(agencies, at=founded_at)
    return [
        Office(body, agencies[body.code], _acting_for(body, agencies, actors), defaultdict(int)) for body in city.BODIES
    ]


def _bodies(*, at: datetime) -> dict[str, Agency]:
    made: dict[str, Agency] = {}
    for position, body in enumerate(city.BODIES):
        root = made.get("qlsrmzf")
        details = AgencyDetails(
            code=body.code,
            name=body.name,
            short_name=body.short_name,
            kind=body.kind,
            valid_from=_FOUNDED,
            parent_id=root.pk if root else None,
            staffed_by_id=made[body.staffed_by].pk if body.staffed_by else None,
            organisation_code=_organisation_code(position),
            region_code=city.REGION_CODE,
            sort_order=position,
            **_of_the_site() if body.kind is AgencyKind.GOVERNMENT else {},
            address=f"{city.CITY}清岚大道{100 + position}号",
            phone=f"0990-55{position:02}012",
            postcode="990001",
            office_hours="工作日8:30—12:00,14:00—17:30(法定节假日除外)",
            disclosure_office=f"{body.short_name}政务公开科",
        )
        made[body.code] = keeping.create(details=details, actor=SYSTEM, at=at)
    for body in city.BODIES:
        if body.merged_into:
            ended, into = made[body.code], made[body.merged_into]
            made[body.code] = keeping.merge(agency_id=ended.pk, into_id=into.pk, on=_MERGED_ON, actor=SYSTEM, at=at)
    return made


def _of_the_site() -> dict[str, str]:
    return {
        "site_code": f"{city.REGION_CODE}0001",
        "site_name": f"{city.CITY}人民政府门户网站",
        "email": "zwgk@qinglan.example",
    }


def _organisation_code(position: int) -> str:
    digits = f"{99010000 + position * 17}"
    return digits + organisation_code.check_character(digits)


def _posts(agencies: dict[str, Agency], *, at: datetime) -> dict[str, dict[Post, Actor]]:
    encoded = make_password(city.PASSWORD)
    actors: dict[str, dict[Post, Actor]] = defaultdict(dict)
    for person in city.people():
        user = User.objects.create(
            username=person.username, name=person.name, password=encoded, is_demo=True, password_changed_at=at
        )
        for body, post in person.posts:
            agency = agencies[body]
            if agency.valid_until is None:
                wish = posting.Grant(person_id=user.pk, agency_id=agency.pk, post=post, valid_from=at.date())
                posting.grant(wish=wish, actor=SYSTEM, at=at)
            actors[body].setdefault(post, _actor(user, agency, post))
    return actors


def _acting_for(
    body: city.Body, agencies: dict[str, Agency], actors: dict[str, dict[Post, Actor]]
) -> dict[Post, Actor]:
    staff = actors[body.staffed_by or body.code]
    agency = agencies[body.code]
    missing = CASEWORK - staff.keys() - {Post.SUPERVISOR}
    assert not missing, f"nobody holds {missing} at {body.code}"
    return {post: Actor(actor.user_id, actor.name, agency.pk, agency.code, actor.post) for post, actor in staff.items()}


def _actor(user: User, agency: Agency, post: Post) -> Actor:
    return Actor(user_id=user.pk, name=user.name, agency_id=agency.pk, agency_code=agency.code, post=post.value)
