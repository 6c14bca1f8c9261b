"""The first steps of a site: its government and the three administrators (三员). Doing them again changes nothing."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.domain.posts import Post
from gongkai.accounts.models import PostHolding
from gongkai.accounts.services import people, posting
from gongkai.accounts.viewer import SYSTEM
from gongkai.agencies.domain.details import AgencyDetails
from gongkai.agencies.domain.kinds import AgencyKind
from gongkai.agencies.models import Agency
from gongkai.agencies.services import keeping

ADMINISTRATORS = {
    Post.SYSTEM_ADMIN: "system-admin",
    Post.SECURITY_ADMIN: "security-admin",
    Post.AUDIT_ADMIN: "audit-admin",
}


@dataclass(frozen=True)
class Administrator:
    """One of the three. ``password`` is the one-time password of an account that was created just now."""

    post: str
    username: str
    password: str | None


@dataclass(frozen=True)
class Installed:
    """The government at the root of the tree and the three administrators."""

    agency_code: str
    agency_name: str
    agency_created: bool
    administrators: tuple[Administrator, ...]


def install(*, agency_code: str, agency_name: str, at: datetime) -> Installed:
    """Creates what is missing; existing bodies and people stay as they are.

    Raises:
        CannotKeepAgency: code or name of the new body are not acceptable.
    """
    with transaction.atomic():
        root = Agency.objects.filter(parent__isnull=True, kind=AgencyKind.GOVERNMENT.value).order_by("id").first()
        agency = root or _found(agency_code, agency_name, at)
        three = tuple(_administrator(post, username, agency, at) for post, username in ADMINISTRATORS.items())
    return Installed(agency.code, agency.name, root is None, three)


def _found(code: str, name: str, at: datetime) -> Agency:
    # A government is older than its software: what it published before is dated before today.
    details = AgencyDetails(code=code, name=name, kind=AgencyKind.GOVERNMENT, valid_from=_FOUNDED)
    return keeping.create(details=details, actor=SYSTEM, at=at)


def _administrator(post: Post, username: str, agency: Agency, at: datetime) -> Administrator:
    holding = (
        PostHolding.objects.filter(post=post.value, valid_until__isnull=True, user__is_active=True, user__is_demo=False)
        .select_related("user")
        .order_by("id")
        .first()
    )
    if holding:
        return Administrator(post.value, holding.user.username, None)
    person = people.create(details=people.PersonDetails(username=username, name=post.label), actor=SYSTEM, at=at)
    wish = posting.Grant(person_id=person.user.pk, agency_id=agency.pk, post=post, valid_from=timezone.localdate(at))
    posting.grant(wish=wish, actor=SYSTEM, at=at)
    return Administrator(post.value, username, person.password)


_FOUNDED = datetime.fromisoformat("1949-10-01").date()
