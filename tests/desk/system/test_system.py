"""State of the system, mail test and audit trail, for the administrators whose duty they are."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from gongkai.accounts.domain.posts import Post
from gongkai.accounts.models import User
from gongkai.accounts.services import people
from gongkai.accounts.viewer import SYSTEM, Actor
from gongkai.agencies.models import Agency
from gongkai.config import duties
from gongkai.config.desk.trail import contexts
from gongkai.groundwork.audit.models import AuditEvent, AuditSeal
from gongkai.groundwork.work import heartbeats
from tests import cast
from tests.desk import screens
from tests.integration.accounts.building import city, holder, person

pytestmark = pytest.mark.django_db

STATUS, MAIL, AUDIT = "/desk/system/status/", "/desk/system/mail/", "/desk/system/audit/"


@pytest.fixture
def root() -> Agency:
    return city()


def _client(user: User) -> Client:
    client = Client()
    cast.sign_in(client, user)
    return client


@pytest.fixture
def system(root: Agency) -> Client:
    return _client(holder("system", Post.SYSTEM_ADMIN, root))


@pytest.fixture
def auditor(root: Agency) -> Client:
    return _client(holder("auditor", Post.AUDIT_ADMIN, root))


class TestStatus:
    def test_a_missing_worker_is_named_with_what_to_do(self, system: Client) -> None:
        row = next(row for row in screens.rows(system.get(STATUS)) if row.startswith("后台程序"))
        assert "需要处理" in row
        assert "gongkai worker" in row

    def test_a_living_worker_is_seen(self, system: Client) -> None:
        heartbeats.beat(heartbeats.new_worker_id(), at=timezone.now())
        row = next(row for row in screens.rows(system.get(STATUS)) if row.startswith("后台程序"))
        assert "正常" in row

    def test_the_number_of_unsealed_lines_is_shown(self, system: Client) -> None:
        unsealed = AuditEvent.objects.count()
        assert f"待封存{unsealed}条" in screens.text(system.get(STATUS))

    @pytest.mark.parametrize("post", [Post.SECURITY_ADMIN, Post.AUDIT_ADMIN])
    def test_all_three_administrators_see_it(self, root: Agency, post: Post) -> None:
        assert _client(holder("someone", post, root)).get(STATUS).status_code == 200

    def test_case_workers_do_not(self, root: Agency) -> None:
        client = _client(holder("someone", Post.LEADER, root))
        assert [client.get(url).status_code for url in (STATUS, MAIL, AUDIT)] == [403, 403, 403]


class TestMail:
    def test_a_test_goes_to_the_address_and_into_the_trail_without_it(self, system: Client, settings: Any) -> None:
        settings.EMAIL_HOST = "mail.example"
        answer = system.post(MAIL, {"address": "a@b.example"}, follow=True)
        assert "请查收" in screens.notices(answer)[0]
        assert [message.to for message in mail.outbox] == [["a@b.example"]]
        assert AuditEvent.objects.get(action="mail.test").detail == {"sent": True, "reason": ""}

    def test_without_a_server_it_says_which_setting_is_missing(self, system: Client, settings: Any) -> None:
        settings.EMAIL_HOST = ""
        answer = system.post(MAIL, {"address": "a@b.example"})
        assert "mail_host" in screens.errors(answer)[0]
        assert mail.outbox == []

    def test_a_server_that_cannot_be_reached_is_said_in_words(self, system: Client, settings: Any) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
        answer = system.post(MAIL, {"address": "a@b.example"})
        assert "无法连接邮件服务器" in screens.errors(answer)[0]

    def test_the_password_of_the_server_is_never_shown(self, system: Client, settings: Any) -> None:
        settings.EMAIL_HOST_PASSWORD = "very-secret"
        assert "very-secret" not in system.get(MAIL).content.decode()


class TestTrail:
    def test_lines_say_in_words_who_did_what_to_whom(self, auditor: Client) -> None:
        user = person("liming")
        people.close(person_id=user.pk, actor=SYSTEM, at=timezone.now())
        assert "系统 停用账号 人员 liming" in screens.rows(auditor.get(AUDIT))[0]

    @pytest.mark.parametrize(
        ("query", "actions"),
        [
            ("action=person.close", ["停用账号"]),
            ("subject=person&person=王", ["解除锁定"]),
            ("person=王&until=2026-03-05", []),
            ("person=王&since=2026-03-06&until=2026-03-06", ["解除锁定"]),
            ("agency=jia", ["解除锁定"]),
            ("person=无", []),
        ],
    )
    def test_the_trail_is_narrowed_by_the_filter(self, auditor: Client, query: str, actions: list[str]) -> None:
        cast.agency("jia", "甲局")
        user = person("liming")
        wang = Actor(user_id=1, name="王", agency_id=1, agency_code="jia", post="leader")
        people.close(person_id=user.pk, actor=SYSTEM, at=cast.AT.replace(month=3, day=5))
        people.unlock(person_id=user.pk, actor=wang, at=cast.AT.replace(month=3, day=6))
        found = screens.tree(auditor.get(f"{AUDIT}?{query}")).xpath("//tbody/tr/td[3]/text()")
        assert found == actions

    def test_pages_follow_each_other_without_gap_or_repeat(self, auditor: Client) -> None:
        user = person("liming")
        for _ in range(120):
            people.unlock(person_id=user.pk, actor=SYSTEM, at=timezone.now())
        seen, url = [], f"{AUDIT}?action=account.unlock"
        while url:
            answer = auditor.get(url)
            seen.append(len(screens.rows(answer)))
            later = screens.tree(answer).xpath('//a[@rel="next"]/@href')
            url = f"{AUDIT}{later[0]}" if later else ""
        assert seen == [50, 50, 20]

    # The sealer waits for open transactions, so what it is to seal must be committed.
    @pytest.mark.django_db(transaction=True)
    def test_an_honest_trail_is_found_intact(self, auditor: Client) -> None:
        assert duties.sealer().seal(at=timezone.now()) > 0
        assert "未发现改动" in screens.notices(auditor.post(f"{AUDIT}verify/"))[0]

    @pytest.mark.django_db(transaction=True)
    def test_a_broken_chain_is_said_aloud(self, auditor: Client) -> None:
        duties.sealer().seal(at=timezone.now())
        AuditSeal.objects.create(
            number=99,
            event=AuditEvent.objects.create(at=timezone.now(), actor_name="?", action="x", subject_type="y"),
            link="0" * 64,
        )
        answer = auditor.post(f"{AUDIT}verify/")
        assert "不完整" in screens.notices(answer)[0]
        assert screens.rows(answer)[0].startswith("序号中断 3 ")

    def test_verification_waits_for_the_button(self, auditor: Client) -> None:
        assert screens.notices(auditor.get(f"{AUDIT}verify/")) == []

    @pytest.mark.django_db(transaction=True)
    def test_a_chain_that_is_too_long_is_verified_on_the_server(self, auditor: Client, monkeypatch: Any) -> None:
        duties.sealer().seal(at=timezone.now())
        monkeypatch.setattr(contexts, "LONGEST_HERE", 0)
        assert "gongkai audit verify" in screens.text(auditor.post(f"{AUDIT}verify/"))

    def test_the_other_administrators_do_not_read_it(self, system: Client, root: Agency) -> None:
        security = _client(holder("security", Post.SECURITY_ADMIN, root))
        for client in (system, security):
            assert client.get(AUDIT).status_code == 403
            assert client.post(f"{AUDIT}verify/").status_code == 403
