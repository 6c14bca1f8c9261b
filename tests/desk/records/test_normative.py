"""The screens of normative documents: lists, evaluation, numbers, and a round from its opening to the notice."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongkai.groundwork import scoping
from gongkai.published.models import Entry
from gongkai.records.models import CleanUpItem, Record
from tests import cast as casting
from tests.cast import Cast
from tests.desk import screens
from tests.factories import normative, records

pytestmark = pytest.mark.django_db
DESK = "/desk/jia-ju/records/"
LIST = f"{DESK}normative/"


class TestLists:
    def test_what_ends_soon_says_when_and_what_has_no_end_what_it_should_be(self, client: Client, cast: Cast) -> None:
        normative.document(cast, title="快到期的办法", expires_on=timezone.localdate() + timedelta(days=20))
        normative.document(cast, title="没有期限的办法（试行）", effective_on=date(2026, 11, 18))
        casting.sign_in(client, cast.chen)
        rows = screens.rows(client.get(LIST))
        assert "登记号：JJGS-2026" in rows[0]
        assert "按规定应为2028-11-17" in next(row for row in rows if "没有期限" in row)
        (ending,) = screens.rows(client.get(f"{LIST}?show=30"))
        assert "快到期的办法" in ending

    def test_the_list_takes_no_more_queries_for_more_documents(self, client: Client, cast: Cast) -> None:
        casting.sign_in(client, cast.chen)
        counts = []
        for number in range(2):
            for part in range(1 + 4 * number):
                normative.document(cast, title=f"办法{number}{part}")
            client.get(LIST)
            with CaptureQueriesContext(connection) as captured:
                client.get(LIST)
            counts.append(len(captured))
        assert counts[0] == counts[1]

    def test_a_stranger_finds_nothing(self, client: Client, cast: Cast) -> None:
        record = normative.document(cast)
        casting.sign_in(client, cast.zhou)
        for tail in ("normative/", f"{record.pk}/evaluate/", "clean-ups/"):
            assert client.get(DESK + tail).status_code == 404
            assert client.get(f"/desk/yi-ju/records/{record.pk}/evaluate/").status_code == 404


class TestActs:
    def test_the_form_begins_with_another_period_and_keeps_the_finding(self, client: Client, cast: Cast) -> None:
        record = normative.document(cast, expires_on=date(2026, 12, 31))
        casting.sign_in(client, cast.chen)
        place = f"{DESK}{record.pk}/evaluate/"
        page = screens.tree(client.get(place))
        assert page.xpath('//input[@name="expires_on"]/@value') == ["2031-12-31"]
        asked = {"outcome": "continue", "expires_on": "2031-12-31"}
        assert "理由" in "".join(screens.errors(client.post(place, asked)))
        client.post(place, asked | {"reason": "仍需执行"})
        assert Entry.objects.get(pk=record.entry_id).expires_on == date(2031, 12, 31)
        assert "仍需执行" in screens.text(client.get(place))
        assert "评估：继续有效" in screens.text(client.get(f"{DESK}{record.pk}/"))

    def test_the_proposed_day_does_not_stand_against_a_repeal(self, client: Client, cast: Cast) -> None:
        record = normative.document(cast, expires_on=date(2026, 12, 31))
        casting.sign_in(client, cast.chen)
        asked = {"outcome": "repeal", "expires_on": "2031-12-31", "reason": "上位法已废止"}
        client.post(f"{DESK}{record.pk}/evaluate/", asked)
        assert Entry.objects.get(pk=record.entry_id).validity == "repealed"

    def test_rule_and_number_are_set_on_their_pages(self, client: Client, cast: Cast) -> None:
        record = records.published(cast, title="排水办法", is_normative=True)
        casting.sign_in(client, cast.chen)
        rule = f"{LIST}rule/"
        assert screens.errors(client.post(rule, {"registration_template": "没有序号"}))
        client.post(rule, {"registration_template": "GS-{yyyy}-{seq:2}", "validity_years": "3"})
        client.post(f"{DESK}{record.pk}/register/", {"number": ""})
        assert Entry.objects.get(pk=record.entry_id).registration_number == f"GS-{timezone.localdate().year}-01"
        assert "用过" in "".join(
            screens.errors(
                client.post(f"{DESK}{record.pk}/register/", {"number": f"GS-{timezone.localdate().year}-01"})
            )
        )

    def test_a_drafter_evaluates_nothing(self, client: Client, cast: Cast) -> None:
        record = normative.document(cast)
        casting.sign_in(client, cast.li)
        assert client.get(f"{DESK}{record.pk}/evaluate/").status_code == 403

    def test_what_is_not_normative_is_not_found(self, client: Client, cast: Cast) -> None:
        record = records.published(cast)
        casting.sign_in(client, cast.chen)
        assert client.get(f"{DESK}{record.pk}/evaluate/").status_code == 404


class TestRound:
    def test_from_opening_to_the_notice(self, client: Client, cast: Cast) -> None:
        one, two = normative.document(cast, title="甲办法"), normative.document(cast, title="乙办法")
        casting.sign_in(client, cast.chen)
        data = {"title": "2026年规范性文件清理", "cutoff_on": timezone.localdate().isoformat()}
        place = client.post(f"{DESK}clean-ups/new/", data).headers["Location"]
        with scoping.narrow_to([cast.agency.pk]):
            items = dict(CleanUpItem.objects.values_list("record__title", "pk"))
        asked = {"items": [items["乙办法"]], "outcome": "repeal", "reason": "上位法已废止"}
        preview = client.post(f"{place}decide/", asked)
        assert "以下1件文件的清理意见为“废止”" in screens.text(preview)
        client.post(f"{place}decide/", asked | {"sure": "yes"})
        page = client.get(place)
        assert "乙办法" in "".join(screens.rows(page))
        assert "结束清理" not in "".join(link.text_content() for link in screens.tree(page).xpath("//main//a"))
        kept = {"items": [items["甲办法"]], "outcome": "continue", "reason": "可行", "sure": "yes"}
        client.post(f"{place}decide/", kept)
        assert "结束清理" in screens.text(client.get(place))
        client.post(f"{place}close/")
        assert {Entry.objects.get(pk=record.entry_id).validity for record in (one, two)} == {"valid", "repealed"}
        assert client.post(f"{place}notice/").status_code == 403
        casting.sign_in(client, cast.li)
        client.post(f"{place}notice/")
        with scoping.narrow_to([cast.agency.pk]):
            assert Record.objects.filter(title__contains="清理结果的公告", state="draft").exists()

    def test_nothing_ticked_is_said(self, client: Client, cast: Cast) -> None:
        normative.document(cast)
        row = normative.clean_up(cast)
        casting.sign_in(client, cast.chen)
        asked = {"outcome": "repeal", "reason": "过时", "sure": "yes"}
        assert "请先勾选文件" in "".join(screens.errors(client.post(f"{DESK}clean-ups/{row.pk}/decide/", asked)))
