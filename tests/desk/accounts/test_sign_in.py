"""The sign-in page: one answer for every failure, and back to where one wanted to go."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from gongkai.accounts.domain.posts import Post
from gongkai.accounts.models import DeskSession, User
from tests.desk import screens
from tests.integration.accounts.building import PASSWORD, city, holder, person

pytestmark = pytest.mark.django_db

URL = "/desk/sign-in/"


def sign_in(client: Client, username: str = "liming", password: str = PASSWORD, **more: Any) -> Any:
    return client.post(more.pop("url", URL), {"username": username, "password": password, **more})


@pytest.fixture
def drafter() -> User:
    return holder("liming", Post.DRAFTER, city())


def test_the_right_words_open_the_desk_and_register_the_session(client: Client, drafter: User) -> None:
    answer = sign_in(client)
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    assert DeskSession.objects.get().user == drafter
    assert client.get("/desk/").status_code == 200


def test_a_refusal_is_the_same_for_known_and_unknown_names(client: Client, drafter: User) -> None:
    answers = [sign_in(client, "liming", "wrong"), sign_in(client, "nobody", "wrong")]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert screens.errors(answers[0]) == screens.errors(answers[1])
    assert "锁定15分钟" in screens.errors(answers[0])[0]
    assert not DeskSession.objects.exists()


def test_the_password_is_never_sent_back(client: Client, drafter: User) -> None:
    assert "secret-words" not in sign_in(client, "liming", "secret-words").content.decode()


@pytest.mark.parametrize(
    ("wanted", "goes_to"),
    [("/desk/account/", "/desk/account/"), ("https://evil.example/", "/desk/"), ("//evil.example/", "/desk/")],
)
def test_one_comes_to_where_one_wanted_to_go_on_this_site_only(
    client: Client, drafter: User, wanted: str, goes_to: str
) -> None:
    assert sign_in(client, url=f"{URL}?next={wanted}")["Location"] == goes_to


def test_a_page_of_the_desk_sends_strangers_to_the_door_and_remembers_the_way(client: Client) -> None:
    assert client.get("/desk/account/")["Location"] == "/desk/sign-in/?next=/desk/account/"


def test_who_must_change_the_password_comes_no_further(client: Client, drafter: User) -> None:
    User.objects.filter(pk=drafter.pk).update(must_change_password=True)
    sign_in(client)
    assert client.get("/desk/")["Location"] == reverse("accounts:password")
    assert "初始密码" in screens.text(client.get(reverse("accounts:password")))
    client.post(reverse("accounts:password"), {"old": PASSWORD, "new": "Another-4-you", "again": "Another-4-you"})
    assert client.get("/desk/").status_code == 200


def test_a_person_without_a_post_is_told_whom_to_ask(client: Client) -> None:
    person("nopost")
    answer = sign_in(client, "nopost")
    assert answer["Location"] == reverse("accounts:account")
    assert "安全管理员" in screens.text(client.get(answer["Location"]))


def test_signing_out_ends_the_session(client: Client, drafter: User) -> None:
    sign_in(client)
    assert client.post("/desk/sign-out/").status_code == 302
    assert not DeskSession.objects.exists()
    assert client.get("/desk/").status_code == 302


def test_signing_out_needs_a_post_request(client: Client, drafter: User) -> None:
    sign_in(client)
    assert client.get("/desk/sign-out/").status_code == 405


def test_the_oldest_session_over_the_limit_ends(drafter: User) -> None:
    clients = [Client() for _ in range(settings.SESSION_LIMIT_PER_PERSON + 1)]
    for each in clients:
        sign_in(each)
    assert [each.get("/desk/").status_code for each in clients] == [302, *[200] * settings.SESSION_LIMIT_PER_PERSON]


def test_an_idle_session_ends(client: Client, drafter: User) -> None:
    sign_in(client)
    session = DeskSession.objects.get()
    DeskSession.objects.update(seen_at=session.seen_at.replace(year=2020))
    assert client.get("/desk/").status_code == 302


def test_pages_of_the_desk_are_kept_by_no_cache(client: Client, drafter: User) -> None:
    sign_in(client)
    for url in ("/desk/", "/desk/account/"):
        assert "no-store" in client.get(url)["Cache-Control"]
    assert "no-store" in Client().get(URL)["Cache-Control"]


def test_only_own_scripts_and_styles_act_on_a_page(client: Client, drafter: User) -> None:
    assert "script-src 'self';" in client.get(URL)["Content-Security-Policy"]
    sign_in(client)
    assert "script-src 'self';" in client.get("/desk/")["Content-Security-Policy"]


def test_the_form_cannot_be_sent_from_another_site(drafter: User) -> None:
    assert sign_in(Client(enforce_csrf_checks=True)).status_code == 403
