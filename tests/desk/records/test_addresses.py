"""The list of addresses for the assessment: what an agency hands in, and what the office above collects."""

import csv
import io

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.domain.posts import Post
from gongkai.agencies.models import Agency
from gongkai.published.domain import blocks
from gongkai.published.models import Entry
from gongkai.records.services import catalogue
from gongkai.records.services.catalogue import Wish
from tests import cast as casting
from tests.cast import Cast
from tests.factories import records

pytestmark = pytest.mark.django_db
URL = "/desk/jia-ju/records/addresses/"
CHARGES = "art20_08_charges"
BLOCKS = set(blocks.BLOCKS.values())


def _rows(client: Client, address: str) -> dict[str, list[str]]:
    """The lines of the text by column."""
    text = client.get(address).content.decode("utf-8-sig")
    _, *rows = csv.reader(io.StringIO(text))
    return {row[2]: row for row in rows}


@pytest.fixture(autouse=True)
def _known_as(settings: Settings) -> None:
    settings.PUBLIC_BASE_URL = "https://www.example.gov.cn"


class TestOwn:
    def test_every_block_and_every_last_column_has_its_address(self, client: Client, cast: Cast) -> None:
        record = records.published(cast, column_code=CHARGES)
        casting.sign_in(client, cast.chen)
        rows = _rows(client, f"{URL}list.csv")
        assert {row[1] for row in rows.values()} == BLOCKS
        (charges,) = (row for name, row in rows.items() if name.endswith("行政事业性收费"))
        entry = Entry.objects.get(pk=record.entry_id)
        assert charges[3] == f"https://www.example.gov.cn/agencies/jia-ju/columns/{CHARGES}/"
        assert charges[4:] == [
            "1",
            f"{timezone.localdate(entry.published_at)}",
            f"{timezone.localtime(entry.updated_at):%Y-%m-%d %H:%M}",
            "",
        ]
        assert rows["依申请公开"][3] == "https://www.example.gov.cn/requests/"
        assert rows["政府信息公开指南"][7] == "空白"

    def test_the_addresses_are_those_of_the_portal(self, client: Client, cast: Cast) -> None:
        records.published(cast)
        casting.sign_in(client, cast.chen)
        for row in _rows(client, f"{URL}list.csv").values():
            path = row[3].removeprefix("https://www.example.gov.cn")
            assert client.get(path).status_code == 200, path
        assert reverse("portal:entry", args=[7]) == "/entries/7/"

    def test_hidden_and_explained_columns_say_why(self, client: Client, cast: Cast) -> None:
        records.published(cast)
        keeper = cast.chen.acting(Duty.KEEP_CATALOGUE)
        hidden = Wish(is_hidden=True, reason="本机关无此项职权")
        catalogue.arrange(code=CHARGES, wish=hidden, actor=keeper, at=casting.later())
        noted = Wish(empty_note="本年度没有发生此类事项。")
        catalogue.arrange(code="art20_04_statistics", wish=noted, actor=keeper, at=casting.later())
        casting.sign_in(client, cast.chen)
        rows = {name.split("›")[-1]: row for name, row in _rows(client, f"{URL}list.csv").items()}
        assert rows["行政事业性收费"][3:] == ["", "0", "", "", "未设此栏目：本机关无此项职权"]
        assert rows["统计信息"][7] == "暂无内容：本年度没有发生此类事项。"

    def test_a_higher_level_adds_up_what_stands_below(self, client: Client, cast: Cast) -> None:
        records.published(cast)
        records.published(cast, column_code=CHARGES)
        casting.sign_in(client, cast.chen)
        rows = _rows(client, f"{URL}list.csv?level=1")
        assert set(rows) == BLOCKS
        assert rows["法定主动公开内容"][4] == "2"

    def test_the_page_and_the_sheet_say_the_same(self, client: Client, cast: Cast) -> None:
        records.published(cast)
        casting.sign_in(client, cast.chen)
        page = client.get(f"{URL}?level=2").content.decode()
        assert "/agencies/jia-ju/columns/art20_01_normative/" in page
        content = b"".join(client.get(f"{URL}list.xlsx?level=2"))  # type: ignore[arg-type]
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        assert sheet is not None
        texts = _rows(client, f"{URL}list.csv?level=2").values()
        assert [row[3] for row in sheet.values][1:] == [row[3] for row in texts]

    def test_another_agency_gets_nothing(self, client: Client, cast: Cast) -> None:
        casting.sign_in(client, cast.zhou)
        for name in ("", "list.csv", "list.xlsx", "below/", "below/list.csv", "below/list.xlsx"):
            assert client.get(f"{URL}{name}").status_code == 404


class TestBelow:
    def test_the_office_above_collects_all_bodies_below_it(self, client: Client, cast: Cast) -> None:
        city, supervisor = _city(cast)
        records.published(cast, column_code=CHARGES)
        casting.sign_in(client, supervisor)
        url = f"/desk/{city.code}/records/addresses/below/"
        text = client.get(f"{url}list.csv").content.decode()
        assert "甲局" in text
        assert "乙局" not in text
        with CaptureQueriesContext(
            connection,
        ) as few:
            page = client.get(url).content.decode()
        assert "甲局" in page
        _body(city, "丁局")
        _body(city, "戊局")
        with CaptureQueriesContext(connection) as more:
            assert "戊局" in client.get(url).content.decode()
        assert len(more) == len(few), "as many queries however many bodies"

    def test_it_is_for_supervisors(self, client: Client, cast: Cast) -> None:
        casting.sign_in(client, cast.chen)
        assert client.get(f"{URL}below/").status_code == 403


def _city(cast: Cast) -> tuple[Agency, casting.Person]:
    city = casting.agency("shi", "市政府办", organisation_code="555555555")
    Agency.objects.filter(pk=cast.agency.pk).update(parent=city, path=f"/{city.pk}/{cast.agency.pk}/")
    return city, casting.Person(casting.person("吕", post=Post.SUPERVISOR, agency=city), city)


def _body(city: Agency, name: str) -> None:
    made = casting.agency(f"ju-{ord(name[0])}", name)
    Agency.objects.filter(pk=made.pk).update(parent=city, path=f"/{city.pk}/{made.pk}/")
