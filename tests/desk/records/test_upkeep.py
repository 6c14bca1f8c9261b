"""The keeper's lists with what can be done at once, the line on the first screen, and the supervisor's table."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.domain.posts import Post
from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping
from gongkai.published.models import CatalogueNode, Entry
from gongkai.records.models import AgencyColumn, CatalogueStanding, Record
from gongkai.records.services import catalogue, looking_over
from tests import cast as casting
from tests.cast import Cast
from tests.desk import screens
from tests.factories import records

pytestmark = pytest.mark.django_db
URL = "/desk/jia-ju/records/upkeep/"
CHARGES, STATISTICS = "art20_08_charges", "art20_04_statistics"


def _wish(cast: Cast, code: str) -> AgencyColumn:
    with scoping.narrow_to([cast.agency.pk]):
        return AgencyColumn.objects.get(code=code)


class TestLists:
    def test_blank_columns_are_listed_and_filled_ones_are_not(self, client: Client, cast: Cast) -> None:
        records.published(cast, column_code=CHARGES)
        casting.sign_in(client, cast.chen)
        rows = "".join(screens.rows(client.get(URL)))
        assert "统计信息" in rows
        assert "行政事业性收费" not in rows

    def test_stale_columns_say_since_when(self, client: Client, cast: Cast) -> None:
        record = records.published(cast, column_code=CHARGES)
        Entry.objects.filter(pk=record.entry_id).update(published_at=timezone.now() - timedelta(days=800))
        casting.sign_in(client, cast.chen)
        (row,) = screens.rows(client.get(f"{URL}?show=stale"))
        assert "行政事业性收费" in row
        assert "365天（缺省）" in row
        assert "前更新" in row

    def test_late_records_are_listed_with_who_has_them(self, client: Client, cast: Cast) -> None:
        record = records.draft(cast, title="早该公开的通知")
        records.draft(cast, title="还不急的通知")
        with scoping.narrow_to([cast.agency.pk]):
            Record.objects.filter(pk=record.pk).update(due_on=timezone.localdate() - timedelta(days=9))
            Record.objects.exclude(pk=record.pk).update(due_on=timezone.localdate())
        casting.sign_in(client, cast.chen)
        (row,) = screens.rows(client.get(f"{URL}?show=late"))
        assert "早该公开的通知" in row
        assert "李" in row

    def test_a_drafter_does_not_keep_the_catalogue(self, client: Client, cast: Cast) -> None:
        casting.sign_in(client, cast.li)
        assert client.get(URL).status_code == 403


class TestActs:
    def test_a_row_is_hidden_with_one_click(self, client: Client, cast: Cast) -> None:
        casting.sign_in(client, cast.chen)
        answer = client.post(URL, {"hide": CHARGES, "reason": "本机关无此项职权"}, follow=True)
        assert "已隐藏1个栏目。公开页面随之更新。" in screens.notices(answer)
        assert _wish(cast, CHARGES).reason == "本机关无此项职权"
        assert not CatalogueNode.objects.filter(agency=cast.agency, code=CHARGES).exists()

    def test_ticked_columns_are_hidden_or_explained_together(self, client: Client, cast: Cast) -> None:
        keeper = cast.chen.acting(Duty.KEEP_CATALOGUE)
        catalogue.adjust(codes=[CHARGES], changes={"keeper": "财务科"}, actor=keeper, at=casting.AT)
        casting.sign_in(client, cast.chen)
        data = {"codes": [CHARGES, STATISTICS], "set_note": "", "note_words": "由上级公开。"}
        client.post(URL, data)
        assert {_wish(cast, code).empty_note for code in (CHARGES, STATISTICS)} == {"由上级公开。"}
        assert _wish(cast, CHARGES).keeper == "财务科"

    def test_a_period_makes_a_column_fresh_again(self, client: Client, cast: Cast) -> None:
        record = records.published(cast, column_code=CHARGES)
        Entry.objects.filter(pk=record.entry_id).update(published_at=timezone.now() - timedelta(days=800))
        casting.sign_in(client, cast.chen)
        assert "请填写更新周期。" in screens.errors(
            client.post(f"{URL}?show=stale", {"codes": CHARGES, "set_period": "", "period": ""})
        )
        client.post(f"{URL}?show=stale", {"codes": CHARGES, "set_period": "", "period": "900"})
        assert _wish(cast, CHARGES).update_period_days == 900

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            ({"hide": ""}, "勾选"),
            ({"hide": "guide"}, "固定栏目"),
            ({"hide": "nowhere"}, "没有这个栏目"),
            ({"codes": [STATISTICS, "guide"], "hide": ""}, "固定栏目"),
            ({"hide": CHARGES, "reason_words": "绝密★启用前"}, "国家秘密标志"),
        ],
    )
    def test_what_is_refused_says_why_and_changes_nothing(
        self, client: Client, cast: Cast, data: dict[str, object], reason: str
    ) -> None:
        casting.sign_in(client, cast.chen)
        answer = client.post(URL, data)
        assert reason in "".join(screens.errors(answer))
        with scoping.narrow_to([cast.agency.pk]):
            assert not AgencyColumn.objects.exists()

    def test_a_new_draft_begins_in_the_column(self, client: Client, cast: Cast) -> None:
        casting.sign_in(client, cast.li)
        page = screens.tree(client.get(f"/desk/jia-ju/records/new/?column={CHARGES}"))
        assert page.xpath('//select[@name="column_code"]/option[@selected]/@value') == [CHARGES]


class TestFirstScreen:
    def test_the_night_counts_and_the_keeper_sees_one_line(self, client: Client, cast: Cast) -> None:
        looking_over.look_over(at=casting.AT)
        casting.sign_in(client, cast.chen)
        text = screens.text(client.get("/desk/"))
        assert "请维护公开目录" in text
        assert "个空白栏目" in text
        casting.sign_in(client, cast.li)
        assert "请维护公开目录" not in screens.text(client.get("/desk/"))

    def test_an_act_of_the_keeper_is_counted_at_once(self, client: Client, cast: Cast) -> None:
        looking_over.look_over(at=casting.AT)
        with scoping.narrow_to([cast.agency.pk]):
            before = CatalogueStanding.objects.get().blank
        casting.sign_in(client, cast.chen)
        client.post(URL, {"hide": CHARGES, "reason": "本机关无此项职权"})
        with scoping.narrow_to([cast.agency.pk]):
            assert CatalogueStanding.objects.get().blank == before - 1


class TestBelow:
    @pytest.fixture
    def supervisor(self, cast: Cast) -> casting.Person:
        city = casting.agency("shi-zhengfu", "某市人民政府")
        for body in (cast.agency, cast.other_agency):
            Agency.objects.filter(pk=body.pk).update(parent=city, path=f"/{city.pk}/{body.pk}/")
        casting.agency("wai-shi", "外市人民政府")
        return casting.Person(casting.person("秦", post=Post.SUPERVISOR, agency=city), city)

    def test_a_supervisor_sees_the_bodies_below_and_no_others(
        self, client: Client, cast: Cast, supervisor: casting.Person
    ) -> None:
        casting.sign_in(client, supervisor)
        rows = "".join(screens.rows(client.get("/desk/shi-zhengfu/records/upkeep/below/")))
        assert "甲局" in rows
        assert "乙局" in rows
        assert "外市" not in rows
        assert "空白：" in rows

    def test_only_supervisors_of_that_body_enter(self, client: Client, cast: Cast, supervisor: casting.Person) -> None:
        casting.sign_in(client, supervisor)
        assert client.get("/desk/jia-ju/records/upkeep/below/").status_code == 404
        assert client.get("/desk/shi-zhengfu/records/upkeep/").status_code == 403
        casting.sign_in(client, cast.chen)
        assert client.get("/desk/jia-ju/records/upkeep/below/").status_code == 403

    def test_seventy_bodies_cost_as_many_queries_as_two(
        self, client: Client, cast: Cast, supervisor: casting.Person
    ) -> None:
        casting.sign_in(client, supervisor)
        place = "/desk/shi-zhengfu/records/upkeep/below/"
        client.get(place)
        with CaptureQueriesContext(connection) as few:
            client.get(place)
        for number in range(68):
            body = casting.agency(f"ju-{number}", f"第{number}局")
            Agency.objects.filter(pk=body.pk).update(path=f"/{supervisor.agency.pk}/{body.pk}/")
        with CaptureQueriesContext(connection) as many:
            answer = client.get(place)
        assert len(screens.rows(answer)) == 71
        assert len(many) == len(few) <= 14
