"""Notices, the list of what falls due, and where reminders go, on the screen."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork import scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.groundwork.notifications import inbox
from gongkai.groundwork.notifications.message import Channel
from gongkai.workbench.models import Contact, Webhook
from gongkai.workbench.services import reaching, reminding
from tests import cast as casting
from tests.cast import AT, Cast, Person
from tests.desk import screens
from tests.factories import records

pytestmark = pytest.mark.django_db

_EMPTY_ROWS = {f"{name}_{place}": "" for name in ("name", "phone", "mail") for place in (1, 2, 3)}


@pytest.fixture
def cast() -> Iterator[Cast]:
    assembled = casting.assemble()
    with scoping.narrow_to([assembled.agency.pk]):
        yield assembled


def signed_in(person: Person) -> Client:
    client = Client()
    casting.sign_in(client, person)
    return client


def url(cast: Cast, name: str, **values: object) -> str:
    return reverse(f"workbench:{name}", kwargs={"agency_code": cast.agency.code, **values})


class TestNotices:
    def test_the_menu_counts_what_is_new_until_it_is_seen(self, cast: Cast) -> None:
        records.submitted(cast)
        reminding.remind(today=AT.date(), at=AT)
        client = signed_in(cast.wang)
        first = client.get(reverse("workbench:notices")).content.decode()
        second = client.get(reverse("workbench:notices")).content.decode()
        assert ("您有1件待办事项。" in first, "未读" in first, "未读" in second) == (True, True, False)

    def test_the_first_screen_is_as_good_as_reading_the_reminder(self, cast: Cast) -> None:
        records.submitted(cast)
        reminding.remind(today=AT.date(), at=AT)
        signed_in(cast.wang).get(reverse("workbench:today"))
        assert inbox.unread_count(cast.wang.user.pk) == 0

    def test_nobody_sees_a_colleague_s(self, cast: Cast) -> None:
        records.submitted(cast)
        reminding.remind(today=AT.date(), at=AT)
        assert "没有提醒" in signed_in(cast.zhou).get(reverse("workbench:notices")).content.decode()


class TestFallingDue:
    def test_it_lists_what_is_due_by_the_day_first_what_is_late(self, cast: Cast) -> None:
        records.draft(cast, title="晚到期的", created_on=date(2026, 11, 16))
        records.draft(cast, title="早到期的", created_on=date(2026, 10, 9))
        records.draft(cast, title="没有期限的", created_on=None)
        answer = signed_in(cast.chen).get(url(cast, "falling_due"), {"until": "2027-01-31"})
        rows = screens.rows(answer)
        assert ["早到期的" in rows[0], "晚到期的" in rows[1], len(rows)] == [True, True, 2]

    def test_a_day_that_cannot_be_read_is_told(self, cast: Cast) -> None:
        page = signed_in(cast.chen).get(url(cast, "falling_due"), {"until": "月底"}).content.decode()
        assert "请按“2026-01-31”的样式填写日期。" in page

    def test_a_drafter_has_the_own_list_only(self, cast: Cast) -> None:
        assert signed_in(cast.li).get(url(cast, "falling_due")).status_code == 403


class TestReceivers:
    def test_contacts_are_kept_and_a_look_at_them_is_written_down(self, cast: Cast) -> None:
        client = signed_in(cast.chen)
        client.post(url(cast, "reminders"), _EMPTY_ROWS | {"name_2": "值班室", "phone_2": "13800001234"})
        assert Contact.objects.get().position == 1
        page = client.get(url(cast, "reminders")).content.decode()
        assert "13800001234" in page
        assert AuditEvent.objects.filter(action="reminders.look").count() == 1

    def test_a_wrong_number_is_told_and_what_was_typed_stays(self, cast: Cast) -> None:
        values = _EMPTY_ROWS | {"name_1": "值班室", "phone_1": "号码"}
        page = signed_in(cast.chen).post(url(cast, "reminders"), values).content.decode()
        assert "手机号码不正确" in page
        assert 'value="号码"' in page

    def test_a_group_is_added_shown_without_its_address_and_removed(self, cast: Cast) -> None:
        client = signed_in(cast.chen)
        address = "https://oapi.dingtalk.com/robot/send?access_token=geheim"
        values = {"channel": "dingtalk", "name": "工作群", "address": address, "secret": "SEC"}
        client.post(url(cast, "webhook_new"), values)
        page = client.get(url(cast, "reminders")).content.decode()
        assert ("工作群" in page, "geheim" in page) == (True, False)
        client.post(url(cast, "webhook_remove", webhook_id=Webhook.objects.get().pk))
        assert not Webhook.objects.exists()

    def test_a_foreign_host_is_refused_in_words(self, cast: Cast) -> None:
        values = {"channel": "wecom", "name": "工作群", "address": "https://evil.example/", "secret": ""}
        page = signed_in(cast.chen).post(url(cast, "webhook_new"), values).content.decode()
        assert "不在本站允许发送提醒的主机之列" in page

    def test_a_test_that_does_not_arrive_says_why(self, cast: Cast, settings: object) -> None:
        settings.NOTICE_HOSTS = ["127.0.0.1"]  # type: ignore[attr-defined]
        group = reaching.Receiver(channel=Channel.WECOM, name="工作群", address="http://127.0.0.1:9/")
        webhook = reaching.add_webhook(receiver=group, actor=cast.chen.acting(Duty.KEEP_REMINDERS), at=timezone.now())
        answer = signed_in(cast.chen).post(url(cast, "webhook_test", webhook_id=webhook.pk), follow=True)
        assert "测试消息没有送达：对方没有应答" in answer.content.decode()
