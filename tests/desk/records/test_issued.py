"""The register on the desk: figures that open to their rows, gaps, a draft in one click, the workbook."""

import io

import openpyxl
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongkai.groundwork import scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.records.models import Record
from tests import cast as casting
from tests.cast import Cast
from tests.desk import screens
from tests.factories import records, registers
from tests.factories.registers import issued

pytestmark = pytest.mark.django_db
URL = "/desk/jia-ju/records/issued/"


def workbook(client: Client, query: str = "") -> list[tuple[object, ...]]:
    answer = client.get(f"{URL}export/{query}")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    return [tuple(row) for row in book.worksheets[0].iter_rows(values_only=True)]


def test_gaps_and_the_share_are_shown(client: Client, cast: Cast) -> None:
    registers.registered(cast, issued(1), issued(2), issued(5, attribute="on_request"))
    records.published(cast, document_number="甲政办发〔2026〕1号")
    casting.sign_in(client, cast.li)
    text = screens.text(client.get(URL))
    assert "公文主动公开率 33.3%" in text
    assert "年度 全部 2026年" in text
    assert "2个：3–4" in text
    assert "还没有起草" in text
    assert "已超期" in text


def test_the_figures_open_to_their_rows(client: Client, cast: Cast) -> None:
    registers.registered(cast, issued(1), issued(2), issued(3, attribute="on_request", unit="法规科"))
    records.published(cast, document_number="甲政办发〔2026〕1号")
    casting.sign_in(client, cast.li)
    links = screens.tree(client.get(URL)).xpath('//section[@aria-label="公文主动公开率"]//a')
    assert [link.text for link in links] == ["3", "2", "1", "1"]
    for link in links:
        rows = screens.tree(client.get(link.get("href"))).xpath("//tbody/tr")
        assert len(rows) == int(link.text)


def test_one_click_opens_a_draft_with_what_is_known(client: Client, cast: Cast) -> None:
    (document,) = registers.registered(cast, issued(1))
    casting.sign_in(client, cast.li)
    answer = client.post(f"{URL}{document.pk}/draft/")
    with scoping.narrow_to([cast.agency.pk]):
        record = Record.objects.get()
    assert answer.headers["Location"] == f"/desk/jia-ju/records/{record.pk}/edit/"
    assert record.title == "关于第1件事的通知"
    casting.sign_in(client, cast.wang)
    assert client.post(f"{URL}{document.pk}/draft/").status_code == 403
    casting.sign_in(client, cast.zhou)
    assert client.post(f"/desk/yi-ju/records/issued/{document.pk}/draft/").status_code == 404


def test_the_workbook_has_the_rows_of_the_filter_and_no_formulas(client: Client, cast: Cast) -> None:
    registers.registered(cast, issued(1, title="=1+1"), issued(2, attribute="on_request"))
    casting.sign_in(client, cast.li)
    head, row = workbook(client, "?attribute=proactive")
    assert head[:2] == ("文号", "标题")
    assert row[1] == "=1+1"
    assert AuditEvent.objects.get(action="issued.export").detail["filter"] == {"attribute": "proactive"}


def test_without_a_register_the_page_says_how_to_get_one(client: Client, cast: Cast) -> None:
    casting.sign_in(client, cast.li)
    assert "还没有发文登记" in screens.text(client.get(URL))


def test_it_costs_the_same_for_many(
    client: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    registers.registered(cast, *(issued(number, unit=f"第{number % 9}科") for number in range(1, 120)))
    casting.sign_in(client, cast.li)
    with django_assert_max_num_queries(20):
        client.get(URL)
    with django_assert_max_num_queries(16):
        client.get(f"{URL}rows/?year=2026")
