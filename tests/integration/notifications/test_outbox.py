"""Messages leave once, in the form their receiver wants, to hosts that the site has named, and addresses are erased."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from gongkai.groundwork.notifications import inbox, outbox
from gongkai.groundwork.notifications.channels import posting
from gongkai.groundwork.notifications.message import CannotDeliver, Channel, Message, Target
from gongkai.groundwork.notifications.models import Dispatch, Notice
from tests.integration.notifications import receivers
from tests.integration.notifications.receivers import MailBox, Receiver

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 20, 0, 30, tzinfo=UTC)
MESSAGE = Message(subject="today:2026-11-20:7", text="您有3件待办事项。", url="https://zwgk.example.gov.cn/desk/")


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    settings.NOTICE_HOSTS = ["127.0.0.1"]
    with receivers.http() as received:
        yield received


@pytest.fixture
def mail_box(settings: Settings) -> Iterator[MailBox]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with receivers.smtp() as box:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        yield box


def deliver(target: Target, *, at: datetime = AT) -> Dispatch:
    outbox.send(MESSAGE, [target], at=AT)
    outbox.deliver_due(at=at)
    return Dispatch.objects.get()


class TestForms:
    def test_a_group_of_wecom_gets_plain_text_with_the_link(self, receiver: Receiver) -> None:
        assert deliver(Target(channel=Channel.WECOM, address=receiver.address)).state == "sent"
        _, _, body = receiver.posts[0]
        assert body == {"msgtype": "text", "text": {"content": f"{MESSAGE.text}\n{MESSAGE.url}"}}

    def test_a_group_of_dingtalk_gets_time_stamp_and_signature_in_the_address(self, receiver: Receiver) -> None:
        deliver(Target(channel=Channel.DINGTALK, address=receiver.address, secret="SEC1"))
        path, _, body = receiver.posts[0]
        query = parse_qs(urlsplit(path).query)
        stamp = str(int(AT.timestamp() * 1000))
        expected = base64.b64encode(hmac.new(b"SEC1", f"{stamp}\nSEC1".encode(), hashlib.sha256).digest()).decode()
        assert (query["timestamp"], query["sign"], query["access_token"]) == ([stamp], [expected], ["1"])
        assert body["msgtype"] == "text"

    def test_an_own_receiver_can_check_who_sent_it(self, receiver: Receiver) -> None:
        deliver(Target(channel=Channel.SIGNED, address=receiver.address, secret="k"))
        _, headers, body = receiver.posts[0]
        signed = f"{headers['X-Gongkai-Timestamp']}.".encode() + posting.encoded(body)
        assert headers["X-Gongkai-Signature"] == hmac.new(b"k", signed, hashlib.sha256).hexdigest()
        assert body == {"subject": MESSAGE.subject, "text": MESSAGE.text, "url": MESSAGE.url}

    def test_an_sms_goes_to_the_gateway_signed(self, receiver: Receiver, settings: Settings) -> None:
        settings.SMS_GATEWAY_URL, settings.SMS_GATEWAY_SECRET = receiver.address, "gateway"
        assert deliver(Target(channel=Channel.SMS, address="13800001234")).state == "sent"
        _, headers, body = receiver.posts[0]
        assert body == {"phone": "13800001234", "text": MESSAGE.text, "reference": MESSAGE.subject}
        assert "X-Gongkai-Signature" in headers

    def test_a_mail_arrives_with_words_and_link(self, mail_box: MailBox) -> None:
        assert deliver(Target(channel=Channel.MAIL, address="li@example.gov.cn")).state == "sent"
        assert "li@example.gov.cn" in mail_box.mails[0]


class TestRefusals:
    def test_a_host_that_the_site_has_not_named_is_never_asked(self, receiver: Receiver) -> None:
        receiver.address = receiver.address.replace("127.0.0.1", "localhost")
        dispatch = deliver(Target(channel=Channel.WECOM, address=receiver.address))
        assert (dispatch.state, receiver.posts) == ("failed", [])
        assert "notice_hosts" in dispatch.problem

    def test_plain_http_is_for_this_machine_only(self, settings: Settings) -> None:
        settings.NOTICE_HOSTS = ["qyapi.weixin.qq.com", "127.0.0.1"]
        assert "https" in posting.objection("http://qyapi.weixin.qq.com/x")
        assert posting.objection("https://qyapi.weixin.qq.com/x") == ""
        assert posting.objection("http://127.0.0.1/x") == ""

    @pytest.mark.parametrize(
        "address", ["", "qyapi.weixin.qq.com/x", "ftp://127.0.0.1/x", "https://u:p@evil.example/x"]
    )
    def test_what_is_no_address_is_refused(self, settings: Settings, address: str) -> None:
        settings.NOTICE_HOSTS = ["127.0.0.1"]
        assert posting.objection(address) != ""

    def test_a_redirect_is_not_followed(self, receiver: Receiver) -> None:
        receiver.status, receiver.location = 302, receiver.address
        dispatch = deliver(Target(channel=Channel.WECOM, address=receiver.address))
        assert (dispatch.state, len(receiver.posts)) == ("failed", 1)

    def test_a_robot_that_says_no_is_tried_again(self, receiver: Receiver) -> None:
        receiver.answer = b'{"errcode": 45009, "errmsg": "limit"}'
        dispatch = deliver(Target(channel=Channel.WECOM, address=receiver.address))
        assert (dispatch.state, dispatch.tries) == ("waiting", 1)
        assert "45009" in dispatch.problem

    def test_an_answer_that_is_no_json_is_told(self, receiver: Receiver) -> None:
        receiver.answer = b"<html>login</html>"
        assert "无法识别" in deliver(Target(channel=Channel.WECOM, address=receiver.address)).problem

    def test_a_recipient_that_the_mail_server_refuses_is_given_up(self, mail_box: MailBox) -> None:
        mail_box.refusal = b"550 no such user\r\n"
        dispatch = deliver(Target(channel=Channel.MAIL, address="gone@example.gov.cn"))
        assert (dispatch.state, dispatch.sealed_target) == ("failed", "")

    def test_without_a_mail_server_it_is_said(self, settings: Settings) -> None:
        settings.EMAIL_HOST = ""
        with pytest.raises(CannotDeliver, match="尚未设置邮件服务器"):
            outbox.try_now(Target(channel=Channel.MAIL, address="li@example.gov.cn"), MESSAGE, at=AT)


class TestTrying:
    def test_it_is_tried_five_times_with_growing_pauses_and_then_given_up(self, receiver: Receiver) -> None:
        receiver.status = 503
        outbox.send(MESSAGE, [Target(channel=Channel.WECOM, address=receiver.address)], at=AT)
        moment, pauses = AT, []
        for _ in range(5):
            outbox.deliver_due(at=moment)
            dispatch = Dispatch.objects.get()
            pauses.append((dispatch.next_try_at - moment) // timedelta(minutes=1))
            assert outbox.deliver_due(at=dispatch.next_try_at - timedelta(seconds=1)) == (0, 0)
            moment = dispatch.next_try_at
        assert pauses == [2, 8, 32, 128, 512]
        assert (Dispatch.objects.get().state, len(receiver.posts)) == ("failed", 5)

    def test_what_failed_once_leaves_later(self, receiver: Receiver) -> None:
        receiver.status = 503
        dispatch = deliver(Target(channel=Channel.WECOM, address=receiver.address))
        receiver.status = 200
        assert outbox.deliver_due(at=dispatch.next_try_at) == (1, 0)
        assert Dispatch.objects.get().state == "sent"

    def test_the_same_message_to_the_same_target_leaves_once(self, receiver: Receiver) -> None:
        target = Target(channel=Channel.WECOM, address=receiver.address)
        outbox.send(MESSAGE, [target, target], at=AT)
        outbox.send(MESSAGE, [target], at=AT)
        outbox.deliver_due(at=AT)
        outbox.deliver_due(at=AT + timedelta(days=1))
        assert len(receiver.posts) == 1


class TestAddresses:
    def test_they_lie_in_the_database_encrypted_and_are_erased_when_the_message_has_left(
        self, receiver: Receiver
    ) -> None:
        outbox.send(MESSAGE, [Target(channel=Channel.WECOM, address=receiver.address, secret="topsecret")], at=AT)
        before = _everything()
        outbox.deliver_due(at=AT)
        assert "access_token" not in before
        assert "topsecret" not in before
        assert Dispatch.objects.get().sealed_target == ""

    def test_with_a_new_key_they_cannot_be_read_and_the_message_is_given_up(
        self, receiver: Receiver, settings: Settings
    ) -> None:
        outbox.send(MESSAGE, [Target(channel=Channel.WECOM, address=receiver.address)], at=AT)
        settings.NOTICE_KEY = "ab" * 32
        outbox.deliver_due(at=AT)
        assert "密钥已经更换" in Dispatch.objects.get().problem
        assert receiver.posts == []


class TestInbox:
    def test_the_same_thing_is_said_once(self) -> None:
        outbox.tell([_notice(7), _notice(7), _notice(8)])
        outbox.tell([_notice(7)])
        assert [inbox.unread_count(person) for person in (7, 8, 9)] == [1, 1, 0]

    def test_reading_touches_one_s_own_only(self) -> None:
        outbox.tell([_notice(7), _notice(8)])
        inbox.mark_read(7, at=AT)
        assert [inbox.unread_count(person) for person in (7, 8)] == [0, 1]

    def test_what_ended_long_ago_is_swept_away(self, receiver: Receiver) -> None:
        deliver(Target(channel=Channel.WECOM, address=receiver.address))
        outbox.tell([_notice(7)])
        outbox.sweep(at=AT + timedelta(days=89))
        assert (Dispatch.objects.count(), Notice.objects.count()) == (1, 1)
        outbox.sweep(at=AT + timedelta(days=91))
        assert (Dispatch.objects.count(), Notice.objects.count()) == (0, 0)


def _notice(person_id: int) -> Notice:
    return Notice(
        person_id=person_id, subject="today:2026-11-20", text="您有3件待办事项。", path="/desk/", created_at=AT
    )


def _everything() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM groundwork_dispatch")
        return json.dumps(cursor.fetchall(), default=str)
