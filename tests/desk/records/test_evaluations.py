"""The list of what is looked at again, and the register that takes days only."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from gongkai.groundwork import scoping
from gongkai.records.models import SecretRefusal
from tests import cast as casting
from tests.cast import Cast
from tests.factories import records

pytestmark = pytest.mark.django_db
URL = "/desk/jia-ju/records/evaluations/"


@pytest.fixture
def chen(client: Client, cast: Cast) -> Client:
    casting.sign_in(client, cast.chen)
    return client


def _day(days: int) -> str:
    return f"{timezone.localdate() + timedelta(days=days)}"


def test_what_is_kept_back_is_listed_by_its_day(chen: Client, cast: Cast) -> None:
    records.kept(cast, title="食堂管理办法")
    page = chen.get(URL).content.decode()
    assert "食堂管理办法" in page
    assert "尚未评估" in page
    assert "食堂管理办法" not in chen.get(f"{URL}?due=overdue").content.decode()


def test_the_list_asks_as_much_for_many_as_for_one(
    chen: Client, cast: Cast, django_assert_max_num_queries: object
) -> None:
    for _ in range(6):
        records.kept(cast, document_number="")
    with django_assert_max_num_queries(26):  # type: ignore[operator]  # a fixture of pytest-django
        chen.get(URL)


def test_a_secret_is_registered_by_days_only(chen: Client, cast: Cast) -> None:
    form = chen.get(f"{URL}secrets/new/").content.decode()
    assert "<textarea" not in form
    assert 'type="text"' not in form.split("<main")[1]
    answer = chen.post(f"{URL}secrets/new/", {"decided_on": _day(0), "reevaluate_on": _day(300)}, follow=True)
    assert "已登记，登记号" in answer.content.decode()
    assert "依法确定为国家秘密" in answer.content.decode()


def test_what_is_wrong_is_said(chen: Client, cast: Cast) -> None:
    answer = chen.post(f"{URL}secrets/new/", {"decided_on": _day(2), "reevaluate_on": _day(300)})
    assert "认定日期晚于今天" in answer.content.decode()
    refusal = records.secret(cast, at=timezone.now())
    answer = chen.post(f"{URL}secrets/{refusal.pk}/", {"outcome": "kept", "next_on": ""})
    assert "请填写下次评估日期" in answer.content.decode()


def test_a_secret_is_looked_at_again(chen: Client, cast: Cast) -> None:
    refusal = records.secret(cast, at=timezone.now())
    chen.post(f"{URL}secrets/{refusal.pk}/", {"outcome": "kept", "next_on": _day(500)})
    chen.post(f"{URL}secrets/{refusal.pk}/", {"outcome": "declassified", "next_on": ""})
    assert "已解密" in chen.get(f"{URL}secrets/").content.decode()
    with scoping.narrow_to([cast.agency.pk]):
        assert SecretRefusal.objects.get().declassified_on == timezone.localdate()


def test_the_register_is_not_for_everybody(client: Client, cast: Cast) -> None:
    casting.sign_in(client, cast.li)
    assert client.get(f"{URL}secrets/").status_code == 403
    assert "国家秘密登记" not in client.get(URL).content.decode()
