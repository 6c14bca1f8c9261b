"""People and administrators for tests."""

from datetime import UTC, date, datetime

from gongkai.accounts.domain.posts import Post
from gongkai.accounts.models import User
from gongkai.accounts.services import people, posting
from gongkai.accounts.services.people import PersonDetails
from gongkai.accounts.services.posting import Grant
from gongkai.accounts.viewer import SYSTEM
from gongkai.agencies.models import Agency
from tests import cast

NOW = datetime(2026, 3, 5, 6, 0, tzinfo=UTC)
TODAY = date(2026, 3, 5)
PASSWORD = "Yunxi-7788-ab"


def person(username: str = "liming", *, password: str = PASSWORD) -> User:
    """An open account without a post; the password is the person's own."""
    user = people.create(details=PersonDetails(username=username, name=username), actor=SYSTEM, at=NOW).user
    user.set_password(password)
    user.must_change_password = False
    user.save()
    return user


def city() -> Agency:
    return cast.agency("city", "云溪市人民政府")


def holder(username: str, post: Post, agency: Agency) -> User:
    """A person in a post since January."""
    user = person(username)
    wish = Grant(person_id=user.pk, agency_id=agency.pk, post=post, valid_from=date(2026, 1, 1))
    posting.grant(wish=wish, actor=SYSTEM, at=NOW)
    return user
