"""The list: what stands where, by filter and word, and nothing of another agency."""

import io

import openpyxl
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongkai.groundwork.audit.models import AuditEvent
from tests import cast as casting
from tests.cast import Cast
from tests.factories import records

pytestmark = pytest.mark.django_db
URL = "/desk/jia-ju/records/"


def _text(client: Client, query: str = "") -> str:
    answer = client.get(URL + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_shows_states_numbers_and_deadlines(client: Client, cast: Cast) -> None:
    public = records.published(cast, title="已经公开的通知")
    records.submitted(cast, title="正在审核的通知")
    casting.sign_in(client, cast.li)
    text = _text(client)
    for words in ("已经公开的通知", public.index_number, "正在审核的通知", "审核中", "未作保密审查", "2026-12-14"):
        assert words in text


@pytest.mark.parametrize(
    ("query", "seen", "unseen"),
    [
        ("?state=published", "公开的", "起草的"),
        ("?state=nonsense", "公开的", "没有这样的"),
        ("?attribute=not_disclosed", "留存的", "公开的"),
        ("?column=art20_08_charges", "收费的", "公开的"),
        ("?column=statutory", "收费的", "留存的"),
        ("?q=收费", "收费的", "公开的"),
        ("?q=〔2026〕12号 公开的", "公开的", "收费的"),
        ("?q=%27%20OR%201%3D1--", "没有符合条件", "公开的通知"),
        ("?state=discarded", "作废的", "公开的通知"),
    ],
)
def test_filters_stand_in_the_address(client: Client, cast: Cast, query: str, seen: str, unseen: str) -> None:
    records.published(cast, title="公开的通知")
    records.draft(cast, title="起草的通知")
    records.draft(cast, title="收费的公告", column_code="art20_08_charges", document_number="")
    records.kept(cast, title="留存的办法")
    records.discarded(cast, title="作废的通知")
    casting.sign_in(client, cast.li)
    text = _text(client, query)
    assert seen in text
    assert unseen not in text


def test_discarded_records_show_only_when_asked_for(client: Client, cast: Cast) -> None:
    records.discarded(cast, title="作废的通知")
    casting.sign_in(client, cast.li)
    assert "作废的通知" not in _text(client)


def test_only_who_drafts_is_offered_a_new_one(client: Client, cast: Cast) -> None:
    casting.sign_in(client, cast.li)
    assert f"{URL}new/" in _text(client)
    casting.sign_in(client, cast.zhao)
    assert f"{URL}new/" not in _text(client)


def test_a_long_list_has_pages_and_costs_the_same(
    client: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(55):
        records.draft(cast, title=f"第{number}号通知", at=casting.later(number))
    casting.sign_in(client, cast.li)
    with django_assert_max_num_queries(20):
        text = _text(client)
    assert "第54号通知" in text
    assert "第0号通知" not in text
    later = text.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert "第0号通知" in _text(client, later)


def test_nothing_of_another_agency_is_listed_or_counted(client: Client, cast: Cast) -> None:
    records.draft(cast, title="甲局的草稿")
    casting.sign_in(client, cast.zhou)
    assert client.get(URL).status_code == 404
    text = client.get("/desk/yi-ju/records/").content.decode()
    assert "甲局的草稿" not in text
    assert "还没有信息" in text


def test_the_workbook_has_every_row_of_the_filter_and_leaves_a_line_in_the_trail(client: Client, cast: Cast) -> None:
    for number in range(55):
        records.draft(cast, title=f"第{number}号通知")
    records.draft(cast, title="=别的", document_number="")
    casting.sign_in(client, cast.li)
    answer = client.get(f"{URL}export/?q=通知")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert len(rows) == 56
    assert rows[0][:2] == ("标题", "发文字号")
    assert AuditEvent.objects.get(action="record.export").detail["filter"] == {"q": "通知"}


def test_the_workbook_is_the_own_agencys(client: Client, cast: Cast) -> None:
    records.draft(cast)
    casting.sign_in(client, cast.zhou)
    assert client.get(f"{URL}export/").status_code == 404
