"""The security administrator grants and ends 代办; the office works at the agency, and the pages say for whom."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from gongkai.accounts.domain.posts import CASEWORK, Post
from gongkai.accounts.models import Mandate
from gongkai.agencies.models import Agency
from tests import cast as casting
from tests.desk import screens

pytestmark = pytest.mark.django_db
URL = "/desk/system/mandates/"


@pytest.fixture
def city() -> Agency:
    return casting.agency("shi", "某市人民政府")


@pytest.fixture
def station(city: Agency) -> Agency:
    return casting.agency("zhan", "某站", parent=city)


def _form(city: Agency, station: Agency, **values: object) -> dict[str, object]:
    today = timezone.localdate()
    defaults: dict[str, object] = {
        "agency_id": station.pk,
        "office_id": city.pk,
        "posts": ["drafter", "leader"],
        "valid_from": today.isoformat(),
        "valid_until": (today + timedelta(days=30)).isoformat(),
        "basis": "市政办函〔2026〕3号",
    }
    return defaults | values


def test_granted_it_opens_the_agency_to_the_office_and_is_named_on_every_page(
    client: Client, city: Agency, station: Agency
) -> None:
    officer = casting.person("何", post=CASEWORK, agency=city)
    casting.sign_in(client, officer)
    assert client.get("/desk/zhan/records/").status_code == 404
    casting.sign_in(client, casting.person("安", post=Post.SECURITY_ADMIN, agency=city))
    assert "没有代办" in screens.text(client.get(URL))
    answer = client.post(f"{URL}new/", _form(city, station), follow=True)
    assert screens.rows(answer)[0].startswith("某站 某市人民政府 承办人、单位负责人")
    casting.sign_in(client, officer)
    page = client.get("/desk/zhan/records/")
    assert page.status_code == 200
    assert "承办人(代办)、单位负责人(代办)" in page.content.decode()
    assert client.get("/desk/zhan/records/catalogue/").status_code == 403


def test_ended_it_closes_again(client: Client, city: Agency, station: Agency) -> None:
    casting.sign_in(client, casting.person("安", post=Post.SECURITY_ADMIN, agency=city))
    client.post(f"{URL}new/", _form(city, station))
    mandate = Mandate.objects.get()
    yesterday = timezone.localdate() - timedelta(days=1)
    Mandate.objects.update(valid_from=yesterday)
    client.post(f"{URL}{mandate.pk}/end/", {"last_day": yesterday.isoformat()})
    assert "已终止" in screens.text(client.get(URL))
    casting.sign_in(client, casting.person("何", post=CASEWORK, agency=city))
    assert client.get("/desk/zhan/records/").status_code == 404


def test_refusals_are_said_on_the_form(client: Client, city: Agency, station: Agency) -> None:
    casting.sign_in(client, casting.person("安", post=Post.SECURITY_ADMIN, agency=city))
    answer = client.post(f"{URL}new/", _form(city, station, agency_id=city.pk, office_id=station.pk))
    assert "不是某市人民政府的上级机关" in screens.errors(answer)[0]
    client.post(f"{URL}new/", _form(city, station))
    mandate = Mandate.objects.get()
    answer = client.post(f"{URL}{mandate.pk}/end/", {"last_day": mandate.valid_until.isoformat()})
    assert "已经终止" in screens.errors(answer)[0]


@pytest.mark.parametrize("post", [Post.SYSTEM_ADMIN, Post.AUDIT_ADMIN, Post.LEADER, Post.SUPERVISOR])
def test_nobody_else_grants(client: Client, city: Agency, post: Post) -> None:
    casting.sign_in(client, casting.person("某", post=post, agency=city))
    assert client.get(URL).status_code == 403
    assert client.post(f"{URL}new/", {}).status_code == 403
