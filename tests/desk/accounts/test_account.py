"""The own account: password, second factor, sessions."""

from datetime import timedelta

import pyotp
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.domain.posts import Post
from gongkai.accounts.models import DeskSession, User
from gongkai.accounts.services import second_factor
from tests import cast
from tests.desk import screens
from tests.integration.accounts.building import PASSWORD, city, holder

pytestmark = pytest.mark.django_db

PASSWORD_URL = "/desk/account/password/"
ON_URL = "/desk/account/second-factor/"


@pytest.fixture
def drafter(client: Client) -> User:
    user = holder("liming", Post.DRAFTER, city())
    cast.sign_in(client, user)
    return user


def test_the_page_shows_posts_and_sessions(client: Client, drafter: User) -> None:
    shown = screens.text(client.get("/desk/account/"))
    assert "云溪市人民政府 承办人" in shown
    assert "本次登录" in shown


def test_a_changed_password_keeps_this_session_and_ends_the_others(client: Client, drafter: User) -> None:
    elsewhere = Client()
    cast.sign_in(elsewhere, drafter)
    answer = client.post(PASSWORD_URL, {"old": PASSWORD, "new": "Another-4-you", "again": "Another-4-you"}, follow=True)
    assert "密码已修改" in screens.notices(answer)[0]
    assert client.get("/desk/account/").status_code == 200
    assert elsewhere.get("/desk/account/").status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "again", "word"),
    [
        (PASSWORD, "Another-4-you", "Another-4-me", "不一致"),
        ("wrong", "Another-4-you", "Another-4-you", "原密码不正确"),
        (PASSWORD, "short", "short", "至少10位"),
        (PASSWORD, "", "", "请填写新密码"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    client: Client, drafter: User, old: str, new: str, again: str, word: str
) -> None:
    answer = client.post(PASSWORD_URL, {"old": old, "new": new, "again": again})
    assert any(word in error for error in screens.errors(answer))
    drafter.refresh_from_db()
    assert drafter.check_password(PASSWORD)


def test_the_second_factor_is_on_after_one_fitting_code_and_off_after_the_password(
    client: Client, drafter: User
) -> None:
    page = screens.tree(client.get(ON_URL))
    secret = page.xpath("//code/text()")[0].replace(" ", "")
    assert page.xpath('//svg[@class="qr"]')
    assert screens.errors(client.post(ON_URL, {"code": "000000"}))
    client.post(ON_URL, {"code": pyotp.TOTP(secret).at(timezone.now())})
    drafter.refresh_from_db()
    assert second_factor.spelled(drafter.totp_secret).replace(" ", "") == secret
    off = reverse("accounts:second_factor_off")
    assert screens.errors(client.post(off, {"password": "wrong"})) == ["密码不正确。"]
    client.post(off, {"password": PASSWORD})
    drafter.refresh_from_db()
    assert drafter.totp_secret == ""


def test_the_secret_stays_the_same_until_it_is_confirmed(client: Client, drafter: User) -> None:
    shown = [screens.tree(client.get(ON_URL)).xpath("//code/text()") for _ in range(2)]
    assert shown[0] == shown[1]


def test_other_devices_are_signed_out_on_demand(client: Client, drafter: User) -> None:
    elsewhere = Client()
    cast.sign_in(elsewhere, drafter)
    client.post("/desk/account/sessions/end/")
    assert client.get("/desk/account/").status_code == 200
    assert elsewhere.get("/desk/account/").status_code == 302


def test_a_closed_account_is_out_at_once(client: Client, drafter: User) -> None:
    User.objects.filter(pk=drafter.pk).update(is_active=False)
    assert client.get("/desk/account/").status_code == 302


def test_a_session_that_was_seen_lately_costs_no_write(client: Client, drafter: User) -> None:
    before = DeskSession.objects.get().seen_at
    client.get("/desk/account/")
    assert DeskSession.objects.get().seen_at == before
    DeskSession.objects.update(seen_at=before - timedelta(minutes=2))
    client.get("/desk/account/")
    assert DeskSession.objects.get().seen_at > before - timedelta(minutes=1)
