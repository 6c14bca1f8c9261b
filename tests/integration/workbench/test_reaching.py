"""Contacts and webhooks of an agency: sealed, limited, written down, and nobody else's."""

from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork import scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.groundwork.notifications.message import Channel
from gongkai.workbench.models import Contact, Webhook
from gongkai.workbench.services import reaching
from gongkai.workbench.services.reaching import (
    CannotAddWebhook,
    CannotKeepContacts,
    CannotTest,
    Person,
    Receiver,
)
from tests import cast as casting
from tests.cast import AT, Cast
from tests.integration.notifications import receivers

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(settings: Settings) -> Iterator[Cast]:
    settings.NOTICE_HOSTS = ["127.0.0.1", "qyapi.weixin.qq.com"]
    assembled = casting.assemble()
    with scoping.narrow_to([assembled.agency.pk]):
        yield assembled


def keep(cast: Cast, *people: Person) -> None:
    reaching.keep_contacts(people=people, actor=cast.chen.acting(Duty.KEEP_REMINDERS), at=AT)


def add(cast: Cast, address: str = "https://qyapi.weixin.qq.com/send?key=1", **values: str) -> Webhook:
    receiver = Receiver(channel=Channel(values.get("channel", "wecom")), name="工作群", address=address)
    return reaching.add_webhook(receiver=receiver, actor=cast.chen.acting(Duty.KEEP_REMINDERS), at=AT)


def test_contacts_are_replaced_as_a_whole_and_counted_in_the_trail(cast: Cast) -> None:
    keep(cast, Person(name="一", phone="13800001234"), Person(name="二", mail="er@example.gov.cn"))
    keep(cast, Person(name="三", phone="13900001234"))
    assert [reaching.person_of(contact) for contact in Contact.objects.all()] == [
        Person(name="三", phone="13900001234")
    ]
    assert [event.detail for event in AuditEvent.objects.order_by("id")] == [{"how_many": 2}, {"how_many": 1}]


def test_numbers_and_addresses_are_not_readable_in_the_database(cast: Cast) -> None:
    keep(cast, Person(name="一", phone="13800001234", mail="yi@example.gov.cn"))
    add(cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM workbench_contact")
        stored = str(cursor.fetchall())
        cursor.execute("SELECT * FROM workbench_webhook")
        stored += str(cursor.fetchall())
    assert not any(word in stored for word in ("13800001234", "yi@example", "key=1"))


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ([Person(name="一", phone="1")] * 4, "最多"),
        ([Person(name="", phone="13800001234")], "姓名"),
        ([Person(name="一")], "手机号码或者电子邮件"),
        ([Person(name="一", phone="不是号码")], "手机号码不正确"),
        ([Person(name="一", mail="不是地址")], "电子邮件地址不正确"),
    ],
)
def test_contacts_that_cannot_be_reached_are_refused_and_the_old_ones_stay(
    cast: Cast, people: list[Person], words: str
) -> None:
    keep(cast, Person(name="原来的", phone="13800001234"))
    with pytest.raises(CannotKeepContacts, match=words):
        keep(cast, *people)
    assert Contact.objects.get().name == "原来的"


def test_a_webhook_elsewhere_is_refused(cast: Cast) -> None:
    with pytest.raises(CannotAddWebhook, match="不在本站允许"):
        add(cast, "https://evil.example/collect")
    assert not Webhook.objects.exists()


def test_an_own_receiver_needs_a_secret(cast: Cast) -> None:
    with pytest.raises(CannotAddWebhook, match="密钥"):
        add(cast, channel="signed")


def test_there_are_at_most_five(cast: Cast) -> None:
    for _ in range(5):
        add(cast)
    with pytest.raises(CannotAddWebhook, match="最多"):
        add(cast)


def test_a_test_message_arrives_and_is_written_down(cast: Cast) -> None:
    with receivers.http() as receiver:
        webhook = add(cast, receiver.address)
        actor = cast.chen.acting(Duty.KEEP_REMINDERS)
        reaching.test_webhook(webhook_id=webhook.pk, actor=actor, at=AT)
        receiver.status = 403
        with pytest.raises(CannotTest, match="403"):
            reaching.test_webhook(webhook_id=webhook.pk, actor=actor, at=AT)
    tested = AuditEvent.objects.filter(action="reminders.webhook_tested").order_by("id")
    assert [bool(event.detail["problem"]) for event in tested] == [False, True]


def test_another_agency_s_webhook_is_not_there(cast: Cast) -> None:
    webhook = add(cast)
    actor = cast.zhou.acting(Duty.KEEP_REMINDERS)
    for act in (reaching.remove_webhook, reaching.test_webhook):
        with pytest.raises(Webhook.DoesNotExist):
            act(webhook_id=webhook.pk, actor=actor, at=AT)
    assert Webhook.objects.filter(pk=webhook.pk).exists()


def test_a_removed_one_is_gone_and_named_in_the_trail(cast: Cast) -> None:
    webhook = add(cast)
    reaching.remove_webhook(webhook_id=webhook.pk, actor=cast.chen.acting(Duty.KEEP_REMINDERS), at=AT)
    assert not Webhook.objects.exists()
    removed = AuditEvent.objects.get(action="reminders.webhook_removed")
    assert removed.detail == {"name": "工作群", "host": "qyapi.weixin.qq.com"}
