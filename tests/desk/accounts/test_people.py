"""People and posts on the screens of the system and the security administrator."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.domain.posts import Post
from gongkai.accounts.models import PostHolding, User
from gongkai.agencies.models import Agency
from gongkai.groundwork.audit.models import AuditEvent
from tests import cast
from tests.desk import screens
from tests.integration.accounts.building import city, holder, person

pytestmark = pytest.mark.django_db

LIST = "/desk/system/people/"


@pytest.fixture
def agency() -> Agency:
    return city()


@pytest.fixture
def system(agency: Agency) -> Client:
    return _client(holder("system", Post.SYSTEM_ADMIN, agency))


@pytest.fixture
def security(agency: Agency) -> Client:
    return _client(holder("security", Post.SECURITY_ADMIN, agency))


def _client(user: User) -> Client:
    client = Client()
    cast.sign_in(client, user)
    return client


def _url(name: str, user: User) -> str:
    return reverse(f"accounts:{name}", kwargs={"person_id": user.pk})


class TestList:
    def test_it_shows_everybody_with_posts_and_state(self, system: Client, agency: Agency) -> None:
        holder("liming", Post.DRAFTER, agency)
        assert "liming liming 云溪市人民政府：承办人 正常" in screens.rows(system.get(LIST))

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("q=lim", ["liming"]),
            ("state=unposted", ["nopost"]),
            ("state=closed", ["gone"]),
            ("post=drafter", ["liming"]),
        ],
    )
    def test_it_is_narrowed_by_words_state_and_post(
        self, system: Client, agency: Agency, query: str, found: list[str]
    ) -> None:
        holder("liming", Post.DRAFTER, agency)
        person("nopost")
        User.objects.filter(pk=person("gone").pk).update(is_active=False)
        assert [row.split()[0] for row in screens.rows(system.get(f"{LIST}?{query}"))] == found

    def test_nothing_found_says_so(self, system: Client) -> None:
        assert "没有符合条件的人员" in screens.text(system.get(f"{LIST}?q=zzz"))

    def test_its_cost_does_not_grow_with_the_people(
        self, system: Client, agency: Agency, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(30):
            holder(f"person{number}", Post.DRAFTER, agency)
        with django_assert_max_num_queries(16):
            system.get(LIST)

    @pytest.mark.parametrize("post", [Post.DRAFTER, Post.LEADER, Post.AUDIT_ADMIN])
    def test_nobody_else_comes_in(self, agency: Agency, post: Post) -> None:
        other = person("other")
        client = _client(holder("someone", post, agency))
        for url in (LIST, _url("person", other), _url("person_close", other), _url("post_new", other)):
            assert client.get(url).status_code == 403


class TestPerson:
    def test_a_look_at_the_telephone_number_is_written_down(self, system: Client) -> None:
        user = person()
        User.objects.filter(pk=user.pk).update(phone="0990-5512345")
        assert "0990-5512345" in screens.text(system.get(_url("person", user)))
        row = AuditEvent.objects.get(action="person.look")
        assert (row.subject_id, row.post) == (str(user.pk), "system_admin")

    def test_a_look_by_way_of_the_form_counts_too(self, system: Client) -> None:
        user = person()
        User.objects.filter(pk=user.pk).update(phone="0990-5512345")
        assert "0990-5512345" in system.get(_url("person_change", user)).content.decode()
        assert AuditEvent.objects.filter(action="person.look").count() == 1

    def test_each_administrator_sees_the_own_verbs_only(self, system: Client, security: Client) -> None:
        user = person()
        by_system = screens.text(system.get(_url("person", user)))
        by_security = screens.text(security.get(_url("person", user)))
        assert "修改信息" in by_system
        assert "停用账号 " in by_system
        assert "修改信息" not in by_security
        assert _url("post_new", user) in security.get(_url("person", user)).content.decode()
        assert _url("post_new", user) not in system.get(_url("person", user)).content.decode()

    def test_what_one_administrator_may_do_the_other_may_not(self, system: Client, security: Client) -> None:
        user = person()
        for name in ("person_change", "person_close", "person_password", "person_reopen"):
            assert security.post(_url(name, user)).status_code == 403, name
        for name in ("post_new", "person_unlock", "person_second_factor"):
            assert system.post(_url(name, user)).status_code == 403, name


class TestAccounts:
    def test_a_new_account_shows_its_password_once(self, system: Client) -> None:
        answer = system.post(f"{LIST}new/", {"username": "xinren", "name": "新人"})
        password = screens.tree(answer).xpath("//code/text()")[0]
        made = User.objects.get(username="xinren")
        assert made.check_password(password)
        assert made.must_change_password
        assert password not in system.get(_url("person", made)).content.decode()

    def test_a_taken_name_is_refused_beside_the_field(self, system: Client) -> None:
        person("liming")
        answer = system.post(f"{LIST}new/", {"username": "liming", "name": "李"})
        assert screens.errors(answer) == ["这个用户名已被使用。"]

    def test_closing_asks_first(self, system: Client) -> None:
        user = person()
        assert "确定停用" in screens.text(system.get(_url("person_close", user)))
        user.refresh_from_db()
        assert user.is_active
        system.post(_url("person_close", user))
        user.refresh_from_db()
        assert not user.is_active
        system.post(_url("person_reopen", user))
        user.refresh_from_db()
        assert user.is_active

    def test_a_correction_is_saved(self, system: Client) -> None:
        user = person()
        system.post(_url("person_change", user), {"name": "李明", "phone": "1", "email": "a@b.example"})
        user.refresh_from_db()
        assert (user.username, user.name, user.email) == ("liming", "李明", "a@b.example")

    def test_the_password_of_an_administrator_is_not_reset_here(self, system: Client, agency: Agency) -> None:
        audit = holder("audit", Post.AUDIT_ADMIN, agency)
        answer = system.post(_url("person_password", audit), follow=True)
        assert any("三员" in notice for notice in screens.notices(answer))

    def test_a_reset_password_is_shown_once(self, system: Client) -> None:
        user = person()
        answer = system.post(_url("person_password", user))
        user.refresh_from_db()
        assert user.check_password(screens.tree(answer).xpath("//code/text()")[0])

    def test_a_lock_is_lifted_by_the_security_administrator(self, security: Client) -> None:
        user = person()
        User.objects.filter(pk=user.pk).update(locked_until=timezone.now() + timezone.timedelta(hours=1))
        assert "已锁定" in screens.text(security.get(_url("person", user)))
        security.post(_url("person_unlock", user))
        assert "正常" in screens.text(security.get(_url("person", user)))

    def test_an_unknown_person_is_not_found(self, system: Client) -> None:
        assert system.get(f"{LIST}99999/").status_code == 404


class TestPosts:
    def test_a_post_is_given_and_ended(self, security: Client, agency: Agency) -> None:
        user = person()
        form = {"agency_id": agency.pk, "post": "drafter", "valid_from": "2026-01-01", "is_deputy": "on"}
        security.post(_url("post_new", user), form)
        holding = PostHolding.objects.get(user=user)
        assert (holding.post, holding.is_deputy, holding.valid_until) == ("drafter", True, None)
        end = reverse("accounts:post_end", kwargs={"holding_id": holding.pk})
        security.post(end, {"last_day": "2026-02-01"})
        holding.refresh_from_db()
        assert str(holding.valid_until) == "2026-02-01"
        assert "承办人（代） 2026年1月1日起，至2026年2月1日 已终止" in screens.text(security.get(_url("person", user)))

    def test_a_refusal_of_the_service_is_shown_on_the_form(self, security: Client, agency: Agency) -> None:
        worker = holder("worker", Post.DRAFTER, agency)
        form = {"agency_id": agency.pk, "post": "system_admin", "valid_from": "2026-03-01"}
        answer = security.post(_url("post_new", worker), form)
        assert any("单独任职" in error for error in screens.errors(answer))
        assert PostHolding.objects.filter(user=worker).count() == 1

    def test_a_day_that_is_none_is_refused_in_words(self, security: Client, agency: Agency) -> None:
        form = {"agency_id": agency.pk, "post": "drafter", "valid_from": "2026-02-30"}
        answer = security.post(_url("post_new", person()), form)
        assert screens.errors(answer) == ["请按“2026-01-31”的样式填写日期。"]
