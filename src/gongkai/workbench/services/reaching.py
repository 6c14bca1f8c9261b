"""Where an agency's reminders go besides the people in their posts: up to three contacts, and webhooks."""

import dataclasses
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from gongkai.accounts.viewer import Actor
from gongkai.groundwork import scoping
from gongkai.groundwork.audit import trail
from gongkai.groundwork.notifications import outbox, sealing
from gongkai.groundwork.notifications.channels import posting
from gongkai.groundwork.notifications.message import WEBHOOKS, CannotDeliver, Channel, Message, Target
from gongkai.workbench.models import Contact, Webhook

MOST_CONTACTS = 3
MOST_WEBHOOKS = 5


class CannotKeepContacts(Exception):
    """Too many, or one that cannot be reached; the message says why in Chinese."""


class CannotAddWebhook(Exception):
    """Not an address to which this site posts, or too many; the message says why in Chinese."""


class CannotTest(Exception):
    """The test message did not leave; the message says why in Chinese."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Person:
    """A contact as typed; one of telephone and mail is needed."""

    name: str
    phone: str = ""
    mail: str = ""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Receiver:
    """A webhook as typed."""

    channel: Channel
    name: str
    address: str
    secret: str = ""


def keep_contacts(*, people: Sequence[Person], actor: Actor, at: datetime) -> None:
    """Replaces the contacts of the actor's agency.

    Raises:
        CannotKeepContacts: see the class.
    """
    agency_id = _agency(actor)
    if len(people) > MOST_CONTACTS:
        raise CannotKeepContacts(f"最多设置{MOST_CONTACTS}名联系人。")
    for person in people:
        _check(person)
    with scoping.narrow_to([agency_id]), transaction.atomic():
        Contact.objects.filter(agency_id=agency_id).delete()
        Contact.objects.bulk_create(
            Contact(
                agency_id=agency_id,
                position=place,
                name=person.name,
                sealed_phone=sealing.seal(person.phone) if person.phone else "",
                sealed_mail=sealing.seal(person.mail) if person.mail else "",
            )
            for place, person in enumerate(people, start=1)
        )
        _note("reminders.contacts", actor, {"how_many": len(people)}, at=at)


def looked_at_contacts(*, actor: Actor, at: datetime) -> None:
    """Writes down that somebody saw telephone numbers and addresses."""
    with transaction.atomic():
        _note("reminders.look", actor, {}, at=at)


def add_webhook(*, receiver: Receiver, actor: Actor, at: datetime) -> Webhook:
    """Adds a receiver.

    Raises:
        CannotAddWebhook: see the class.
    """
    agency_id = _agency(actor)
    if receiver.channel not in WEBHOOKS:
        raise CannotAddWebhook("请选择接收方式。")
    if reason := posting.objection(receiver.address):
        raise CannotAddWebhook(reason)
    if receiver.channel is Channel.SIGNED and not receiver.secret:
        raise CannotAddWebhook("签名回调要填写密钥，接收方用它核对消息来源。")
    with scoping.narrow_to([agency_id]), transaction.atomic():
        if Webhook.objects.filter(agency_id=agency_id).count() >= MOST_WEBHOOKS:
            raise CannotAddWebhook(f"最多设置{MOST_WEBHOOKS}个接收地址。")
        webhook = Webhook.objects.create(
            agency_id=agency_id,
            channel=receiver.channel.value,
            name=receiver.name,
            host=urlsplit(receiver.address).hostname or "",
            sealed_address=sealing.seal(receiver.address),
            sealed_secret=sealing.seal(receiver.secret) if receiver.secret else "",
            added_by_name=actor.name,
            added_at=at,
        )
        _note("reminders.webhook_added", actor, {"name": webhook.name, "host": webhook.host}, at=at)
    return webhook


def remove_webhook(*, webhook_id: int, actor: Actor, at: datetime) -> None:
    """Removes a receiver of the actor's agency. Raises `Webhook.DoesNotExist`."""
    with scoping.narrow_to([_agency(actor)]), transaction.atomic():
        webhook = Webhook.objects.get(pk=webhook_id)
        _note("reminders.webhook_removed", actor, {"name": webhook.name, "host": webhook.host}, at=at)
        webhook.delete()


def test_webhook(*, webhook_id: int, actor: Actor, at: datetime) -> None:
    """Posts one message now and writes down whether it left.

    Raises:
        CannotTest: it did not.
        Webhook.DoesNotExist: the actor's agency has none with this id.
    """
    with scoping.narrow_to([_agency(actor)]):
        webhook = Webhook.objects.get(pk=webhook_id)
    message = Message(subject=f"test:{webhook_id}:{at:%H%M%S}", text="这是一条测试消息，收到即说明提醒可以送达。")
    problem = ""
    try:
        outbox.try_now(target_of(webhook), message, at=at)
    except (CannotDeliver, sealing.CannotOpen) as error:
        problem = str(error)
    with transaction.atomic():
        _note("reminders.webhook_tested", actor, {"name": webhook.name, "problem": problem}, at=at)
    if problem:
        raise CannotTest(problem)


def target_of(webhook: Webhook) -> Target:
    """Where the webhook posts. Raises `sealing.CannotOpen`."""
    secret = sealing.open_(webhook.sealed_secret) if webhook.sealed_secret else ""
    return Target(channel=Channel(webhook.channel), address=sealing.open_(webhook.sealed_address), secret=secret)


def person_of(contact: Contact) -> Person:
    """The contact as typed. Raises `sealing.CannotOpen`."""
    return Person(
        name=contact.name,
        phone=sealing.open_(contact.sealed_phone) if contact.sealed_phone else "",
        mail=sealing.open_(contact.sealed_mail) if contact.sealed_mail else "",
    )


def _check(person: Person) -> None:
    if not person.name:
        raise CannotKeepContacts("请填写联系人姓名。")
    if not (person.phone or person.mail):
        raise CannotKeepContacts(f"请填写{person.name}的手机号码或者电子邮件。")
    digits = person.phone.removeprefix("+86").replace(" ", "").replace("-", "")
    if person.phone and not (digits.isascii() and digits.isdigit() and 7 <= len(digits) <= 15):
        raise CannotKeepContacts(f"{person.name}的手机号码不正确。")
    try:
        if person.mail:
            validate_email(person.mail)
    except ValidationError as error:
        raise CannotKeepContacts(f"{person.name}的电子邮件地址不正确。") from error


def _agency(actor: Actor) -> int:
    if actor.agency_id is None:
        raise CannotKeepContacts("须由本单位人员办理。")
    return actor.agency_id


def _note(action: str, actor: Actor, detail: dict[str, object], *, at: datetime) -> None:
    entry = trail.Entry(action=action, subject_type="agency", subject_id=actor.agency_id or "", detail=detail)
    trail.write(entry, actor=actor, at=at)
