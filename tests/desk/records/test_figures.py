"""The screen of figures: numbers open their rows, a supervisor sees the own subtree, nobody sees more."""

import io
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.accounts.domain.posts import Post
from gongkai.agencies.domain.kinds import AgencyKind
from gongkai.agencies.models import Agency
from gongkai.records.desk.figures import plot
from gongkai.records.domain.figures import Period
from tests import cast as casting
from tests.cast import Cast, Person
from tests.desk import screens
from tests.factories import records

pytestmark = pytest.mark.django_db
URL = "/desk/jia-ju/records/figures/"


@pytest.fixture
def filled(cast: Cast) -> Cast:
    records.published(cast, title="供暖通知", document_number="甲政办发〔2026〕8号")
    records.published(cast, title="=办法", is_normative=True)
    records.withdrawn(cast, title="撤下的通知")
    return cast


@pytest.fixture
def supervisor(filled: Cast) -> Person:
    """秦 supervises from the body above 甲局; 乙局 stands elsewhere."""
    above = casting.agency("qu", "区政府", kind=AgencyKind.GOVERNMENT)
    filled.agency.parent, filled.agency.path = above, f"{above.path}{filled.agency.pk}/"
    filled.agency.save(update_fields=["parent", "path"])
    return Person(casting.person("秦", post=Post.SUPERVISOR, agency=above), above)


class TestPage:
    def test_the_form_of_the_year_stands_in_its_order(self, client: Client, filled: Cast) -> None:
        casting.sign_in(client, filled.chen)
        rows = screens.rows(client.get(f"{URL}?year=2026"))
        assert rows[3].startswith("行政规范性文件本年制发件数 1")
        assert any(row.startswith("第二十条第(八)项 行政事业性收费本年收费金额 — —") for row in rows)

    def test_another_edition_shows_channels_and_what_was_withdrawn(self, client: Client, filled: Cast) -> None:
        casting.sign_in(client, filled.chen)
        rows = screens.rows(client.get(f"{URL}?year=2026&form=G2014"))
        assert rows[0].startswith("主动公开政府信息数 3")
        assert "期末已撤下1件" in rows[0]

    def test_days_that_do_not_do_are_said_and_the_year_is_shown(self, client: Client, filled: Cast) -> None:
        casting.sign_in(client, filled.chen)
        for query in ("from=2026-03-01&until=2026-02-01", "from=x", "from=2008-01-01&until=2026-01-01"):
            assert "仍按年度统计" in "".join(screens.notices(client.get(f"{URL}?{query}")))

    def test_other_days_than_a_year_are_counted(self, client: Client, filled: Cast) -> None:
        casting.sign_in(client, filled.chen)
        answer = client.get(f"{URL}?from=2026-11-21&until=2026-11-30&form=G2014")
        assert screens.rows(answer)[0].startswith("主动公开政府信息数 0")
        assert "2026年11月21日至2026年11月30日" in screens.text(answer)

    def test_a_drafter_has_no_such_page(self, client: Client, filled: Cast) -> None:
        casting.sign_in(client, filled.li)
        assert client.get(URL).status_code == 403
        assert "公开数据" not in "".join(screens.menu(client.get("/desk/jia-ju/records/")))

    def test_what_is_not_counted_is_not_found(self, client: Client, filled: Cast) -> None:
        casting.sign_in(client, filled.chen)
        assert client.get(f"{URL}fees/").status_code == 404

    def test_the_page_takes_ten_queries_beside_those_of_its_frame(self, client: Client, filled: Cast) -> None:
        casting.sign_in(client, filled.chen)
        counts = []
        for place in ("/desk/jia-ju/records/scheme/", f"{URL}?form=G2014"):
            client.get(place)
            with CaptureQueriesContext(connection) as captured:
                client.get(place)
            counts.append(len(captured))
        assert counts[1] - counts[0] <= 9  # the page of the frame asks once for itself


class TestRows:
    def test_the_list_leads_to_the_case_and_downloads_without_formulas(self, client: Client, filled: Cast) -> None:
        casting.sign_in(client, filled.chen)
        place = f"{URL}published/"
        answer = client.get(f"{place}?year=2026")
        assert len(screens.rows(answer)) == 3
        assert "供暖通知" in "".join(screens.rows(answer))
        assert screens.tree(answer).xpath('//tbody//a[contains(@href, "/desk/jia-ju/records/")]')
        text = b"".join(client.get(f"{place}rows.csv?year=2026").streaming_content).decode()  # type: ignore[attr-defined]
        assert "'=办法" in text
        book = b"".join(client.get(f"{place}rows.xlsx?year=2026").streaming_content)  # type: ignore[attr-defined]
        sheet = openpyxl.load_workbook(io.BytesIO(book)).active
        assert sheet is not None
        assert {row[1].value for row in sheet.iter_rows(min_row=2)} == {"供暖通知", "=办法", "撤下的通知"}
        assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}

    def test_nothing_behind_a_zero_says_so(self, client: Client, filled: Cast) -> None:
        casting.sign_in(client, filled.chen)
        assert "没有这样的信息" in screens.text(client.get(f"{URL}weibo/"))

    def test_another_agency_is_not_there(self, client: Client, filled: Cast) -> None:
        casting.sign_in(client, filled.zhou)
        for tail in ("", "published/", "published/rows.csv", "published/rows.xlsx"):
            assert client.get(URL + tail).status_code == 404


class TestSupervisor:
    PLACE = "/desk/qu/records/figures/"

    def test_the_subtree_is_counted_by_body(self, client: Client, supervisor: Person) -> None:
        casting.sign_in(client, supervisor)
        answer = client.get(f"{self.PLACE}?year=2026&form=G2014")
        rows = screens.rows(answer)
        assert rows[0].startswith("主动公开政府信息数 3")
        assert any(row.startswith("甲局 政府部门 下一级 3") for row in rows)
        assert "乙局" not in screens.text(answer)

    def test_what_is_no_longer_public_has_no_title_for_those_above(self, client: Client, supervisor: Person) -> None:
        casting.sign_in(client, supervisor)
        answer = client.get(f"{self.PLACE}published/?year=2026")
        rows = "".join(screens.rows(answer))
        assert "供暖通知" in rows
        assert "（已撤下）" in rows
        for tail in ("", "rows.csv"):
            content = client.get(f"{self.PLACE}published/{tail}?year=2026")
            assert "撤下的通知" not in b"".join(content).decode()

    def test_a_body_elsewhere_cannot_be_asked_for(self, client: Client, filled: Cast, supervisor: Person) -> None:
        casting.sign_in(client, supervisor)
        answer = client.get(f"{self.PLACE}published/?year=2026&body={filled.other_agency.pk}")
        assert "没有这样的信息" in screens.text(answer)
        assert "乙局" not in screens.text(answer)

    def test_asking_for_below_does_not_help_an_officer(self, client: Client, filled: Cast) -> None:
        below = casting.agency("suo", "甲所", parent=filled.agency)
        casting.sign_in(client, filled.chen)
        assert Agency.objects.filter(pk=below.pk, path__startswith=filled.agency.path).exists()
        assert "甲所" not in screens.text(client.get(f"{URL}?whose=below&body={below.pk}"))


class TestPlot:
    def test_bars_stand_on_the_floor_and_the_highest_reaches_no_further_than_the_top(self) -> None:
        year = Period.of_year(2026)
        drawn = plot.plot(year, {date(2026, 3, 1): 37}, {date(2025, 3, 1): 12})
        assert drawn is not None
        march = drawn.bars[2]
        assert (march.number, march.before) == (37, 12)
        assert [value for _, value in drawn.grid] == [0, 20, 40]
        assert all(bar.y + bar.height == drawn.floor for bar in drawn.bars)
        assert min(y for y, _ in drawn.grid) > 0

    def test_nothing_and_too_much_are_not_drawn(self) -> None:
        assert plot.plot(Period.of_year(2026), {}, {}) is None
        assert plot.plot(Period(date(2020, 1, 1), date(2026, 1, 1)), {date(2020, 1, 1): 3}, {}) is None
