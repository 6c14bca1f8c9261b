"""Where people, contacts and groups are reached: only over channels that the site has set up."""

import logging
from collections.abc import Iterable, Iterator
from datetime import date

from django.conf import settings

from gongkai.accounts import selectors as accounts
from gongkai.accounts.domain.posts import Post
from gongkai.accounts.models import User
from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping
from gongkai.groundwork.notifications import sealing
from gongkai.groundwork.notifications.message import Channel, Target
from gongkai.workbench.models import Contact, Webhook
from gongkai.workbench.services import reaching

logger = logging.getLogger("gongkai.reminders")


def holders(agency: Agency, post: Post, *, on: date) -> list[User]:
    """Who holds the post at the body, or at the body that staffs it."""
    places = [agency.pk, *([agency.staffed_by_id] if agency.staffed_by_id else [])]
    held = accounts.valid_holdings(on=on).filter(agency_id__in=places, post=post)
    return list(User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk"))


def by_mail(*people: User) -> list[Target]:
    return _mail(person.email for person in people)


def by_phone(*people: User) -> list[Target]:
    return _phone(person.phone for person in people)


def contacts(agency: Agency) -> list[Target]:
    """The agency's contacts, by every way they gave."""
    with scoping.narrow_to([agency.pk]):
        people = list(_opened(Contact.objects.filter(agency=agency).order_by("position")))
    return [*_mail(person.mail for person in people), *_phone(person.phone for person in people)]


def webhooks(agency: Agency) -> list[Target]:
    """The agency's groups and receivers."""
    found = []
    with scoping.narrow_to([agency.pk]):
        for webhook in Webhook.objects.filter(agency=agency).order_by("id"):
            try:
                found.append(reaching.target_of(webhook))
            except sealing.CannotOpen:
                logger.warning("webhook %s cannot be opened with the present key", webhook.pk)
    return found


def _opened(rows: Iterable[Contact]) -> Iterator[reaching.Person]:
    for contact in rows:
        try:
            yield reaching.person_of(contact)
        except sealing.CannotOpen:
            logger.warning("contact %s cannot be opened with the present key", contact.pk)


def _mail(addresses: Iterable[str]) -> list[Target]:
    if not settings.EMAIL_HOST:
        return []
    return [Target(channel=Channel.MAIL, address=address) for address in addresses if address]


def _phone(numbers: Iterable[str]) -> list[Target]:
    if not settings.SMS_GATEWAY_URL:
        return []
    return [Target(channel=Channel.SMS, address=number) for number in numbers if number]
