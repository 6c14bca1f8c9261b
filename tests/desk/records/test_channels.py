"""Channels on the case page, their list, and the table that is pasted."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests import cast as casting
from tests.cast import Cast
from tests.desk import screens
from tests.factories import records

pytestmark = pytest.mark.django_db
URL = "/desk/jia-ju/records/"
FORM = {"channel": "wechat", "name": "甲局发布", "published_on": "2026-11-20", "address": "https://a.example/1"}


def test_the_case_page_shows_the_website_first_and_takes_other_channels(client: Client, cast: Cast) -> None:
    record = records.published(cast)
    casting.sign_in(client, cast.li)
    assert "政府网站" in screens.text(client.get(f"{URL}{record.pk}/"))
    answer = client.post(f"{URL}{record.pk}/channels/new/", FORM, follow=True)
    assert "已登记。" in screens.notices(answer)
    assert "政务微信 甲局发布" in screens.text(answer)
    assert "登记公开渠道" in screens.text(answer)
    answer = client.post(f"{URL}{record.pk}/channels/new/", FORM)
    assert screens.errors(answer) == ["这个渠道已经登记过了。"]


def test_a_row_is_removed_after_a_question(client: Client, cast: Cast) -> None:
    record = records.published(cast)
    casting.sign_in(client, cast.li)
    client.post(f"{URL}{record.pk}/channels/new/", FORM)
    page = screens.tree(client.get(f"{URL}{record.pk}/"))
    (place,) = page.xpath('//a[contains(@href, "/remove/")]/@href')
    assert "移除" in screens.text(client.get(place))
    assert "甲局发布" not in "".join(screens.rows(client.post(place, follow=True)))


def test_a_reviewer_sees_channels_but_does_not_note_them(client: Client, cast: Cast) -> None:
    record = records.published(cast)
    casting.sign_in(client, cast.wang)
    assert "登记其他渠道" not in screens.text(client.get(f"{URL}{record.pk}/"))
    assert client.post(f"{URL}{record.pk}/channels/new/", FORM).status_code == 403


def test_a_pasted_table_says_what_is_wrong_line_by_line(client: Client, cast: Cast) -> None:
    record = records.published(cast)
    casting.sign_in(client, cast.chen)
    wrong = client.post(f"{URL}channels/paste/", {"lines": f"{record.index_number}|微博|甲局|2026-11-20\nx|y"})
    assert "第2行" in "".join(screens.errors(wrong))
    right = client.post(f"{URL}channels/paste/", {"lines": f"{record.index_number}|微博|甲局|2026-11-20"}, follow=True)
    assert "已登记1条。" in screens.notices(right)
    assert record.title in screens.rows(right)[0]


def test_the_list_filters_and_keeps_to_its_budget(
    client: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        record = records.published(cast, title=f"通知{number}")
        casting.sign_in(client, cast.li)
        client.post(f"{URL}{record.pk}/channels/new/", FORM)
    with django_assert_max_num_queries(16):
        answer = client.get(f"{URL}channels/?channel=wechat&year=2026")
    assert len(screens.rows(answer)) > 10
    assert "没有登记" in screens.text(client.get(f"{URL}channels/?channel=weibo"))
    assert client.get(f"{URL}channels/?channel=nonsense&year=abc").status_code == 200
