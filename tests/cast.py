"""The shared cast: 李 writes, 王 heads the section, 赵 leads, 陈 clears and publishes, all at one agency.

周 holds every casework post at another agency and must never see anything. 吴 is a citizen who reads.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.test import Client
from django.utils import timezone

from gongkai.accounts import viewer as viewers
from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.domain.posts import CASEWORK, Post
from gongkai.accounts.models import DeskSession, PostHolding, User
from gongkai.accounts.viewer import Actor, Viewer
from gongkai.agencies.domain.kinds import AgencyKind
from gongkai.agencies.models import Agency

READER = "吴"
AT = datetime(2026, 11, 20, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
_SINCE = date(2020, 1, 1)


@dataclass(frozen=True)
class Person:
    """Somebody with a seat at one agency."""

    user: User
    agency: Agency

    @property
    def viewer(self) -> Viewer:
        return viewers.viewer_of(self.user, on=AT.date())

    def acting(self, duty: Duty) -> Actor:
        """This person under the duty, in the post that carries it."""
        return viewers.actor_for(self.viewer, agency_id=self.agency.pk, duty=duty)

    def as_post(self, post: Post) -> Actor:
        """This person in a post, held or not: for tests of what the services refuse."""
        return Actor(
            user_id=self.user.pk,
            name=self.user.name,
            agency_id=self.agency.pk,
            agency_code=self.agency.code,
            post=post.value,
        )


@dataclass(frozen=True)
class Cast:
    """Everyone, and the two agencies."""

    agency: Agency
    other_agency: Agency
    li: Person
    wang: Person
    zhao: Person
    chen: Person
    zhou: Person


_POSTS: Mapping[str, frozenset[Post]] = {
    "李": frozenset({Post.DRAFTER}),
    "王": frozenset({Post.SECTION_HEAD}),
    "赵": frozenset({Post.LEADER}),
    "陈": frozenset({Post.SECRECY_REVIEWER, Post.DISCLOSURE_OFFICER}),
}


def assemble() -> Cast:
    """Creates the cast at 甲局 and 乙局."""
    home = agency("jia-ju", "甲局", organisation_code="012345678")
    elsewhere = agency("yi-ju", "乙局", organisation_code="876543210")
    li, wang, zhao, chen = (Person(person(name, post=posts, agency=home), home) for name, posts in _POSTS.items())
    zhou = Person(person("周", post=CASEWORK, agency=elsewhere), elsewhere)
    return Cast(agency=home, other_agency=elsewhere, li=li, wang=wang, zhao=zhao, chen=chen, zhou=zhou)


def agency(code: str, name: str, **values: object) -> Agency:
    """A department of the city, unless said otherwise."""
    defaults: dict[str, object] = {
        "name": name,
        "short_name": name,
        "kind": AgencyKind.DEPARTMENT,
        "valid_from": _SINCE,
    }
    made = Agency.objects.create(code=code, **defaults | values)
    made.path = f"{made.parent.path if made.parent else '/'}{made.pk}/"
    made.save(update_fields=["path"])
    return made


def person(name: str, *, post: Post | Collection[Post], agency: Agency) -> User:
    """A user who holds these posts at the agency; the name to sign in with is made from both."""
    user = User(username=f"{agency.code}-{name}", name=name, password_changed_at=timezone.now())
    user.set_password("correct-horse-battery-7")
    user.save()
    posts = [post] if isinstance(post, Post) else sorted(post)
    PostHolding.objects.bulk_create(
        PostHolding(user=user, agency=agency, post=held.value, valid_from=_SINCE) for held in posts
    )
    return user


def town_of_three() -> tuple[Person, Person, Person]:
    """A town whose three people hold all casework posts each."""
    town = agency("san-ren-zhen", "三人镇", kind=AgencyKind.TOWN, organisation_code="333333333")
    first, second, third = (Person(person(name, post=CASEWORK, agency=town), town) for name in "钱孙冯")
    return first, second, third


def sign_in(client: Client, user: User | Person) -> None:
    """Opens a desk session for the person in the test client."""
    account = user.user if isinstance(user, Person) else user
    client.force_login(account)
    now = timezone.now()
    DeskSession.objects.get_or_create(
        session_key=client.session.session_key, defaults={"user": account, "opened_at": now, "seen_at": now}
    )


def later(hours: float = 1, *, days: int = 0) -> datetime:
    """Some time after `AT`."""
    return AT + timedelta(days=days, hours=hours)
