"""Urgent release on the desk: marked with a reason, seen everywhere, made up for afterwards."""

import pytest
from django.test import Client

from gongkai.groundwork import scoping
from gongkai.records.models import Record
from tests import cast as casting
from tests.cast import Cast, Person
from tests.desk import screens
from tests.factories import records

pytestmark = pytest.mark.django_db
URL = "/desk/jia-ju/records/"


def _as(client: Client, person: Person) -> Client:
    casting.sign_in(client, person)
    return client


def _again(record: Record) -> Record:
    with scoping.narrow_to([record.agency_id]):
        return Record.objects.get(pk=record.pk)


def test_marking_asks_for_the_reason_and_shows_it_everywhere(client: Client, cast: Cast) -> None:
    record = records.submitted(cast)
    chen = _as(client, cast.chen)
    assert "保密审查照常办理，不能略过" in screens.text(chen.get(f"{URL}{record.pk}/mark-urgent/"))
    assert "请填写紧急发布的理由。" in screens.errors(chen.post(f"{URL}{record.pk}/mark-urgent/", {"ground": ""}))
    page = chen.post(f"{URL}{record.pk}/mark-urgent/", {"ground": "暴雪将至"}, follow=True)
    text = screens.text(page)
    assert "紧急发布（陈标注）：暴雪将至" in text
    assert "发布后补办" in text
    assert "紧急发布" in screens.rows(chen.get(URL))[0]
    zhao = _as(client, cast.zhao)
    assert "紧急发布，请签发李提交的信息" in screens.text(zhao.get("/desk/"))
    assert "紧急发布：暴雪将至" in screens.text(zhao.get(f"{URL}{record.pk}/review/"))
    zhao.post(f"{URL}{record.pk}/lift-urgency/")
    assert (_again(record).stage, _again(record).urgent_reason) == ("section_head", "")


def test_is_offered_to_office_and_leader_not_to_writers(client: Client, cast: Cast) -> None:
    record = records.submitted(cast)
    assert "紧急发布" not in screens.text(_as(client, cast.li).get(f"{URL}{record.pk}/"))
    assert _as(client, cast.li).post(f"{URL}{record.pk}/mark-urgent/", {"ground": "暴雪"}).status_code == 403


class TestFollowingUp:
    def test_shows_what_went_out_and_why_and_agrees(self, client: Client, cast: Cast) -> None:
        record = records.released_urgently(cast)
        wang = _as(client, cast.wang)
        case = screens.text(wang.get(f"{URL}{record.pk}/"))
        assert "略过的“科室负责人审核”，应于2026年11月23日前补办" in case
        text = screens.text(wang.get(f"{URL}{record.pk}/follow-up/"))
        for words in (
            "补办：科室负责人审核",
            "暴雪将至",
            "各科室要提前检修管网",
            "补审通过",
            "要求更正",
            "要求撤下",
            "公开属性 主动公开",
        ):
            assert words in text
        answer = wang.post(f"{URL}{record.pk}/follow-up/", {"decision": "approve"}, follow=True)
        assert "已补审" in screens.text(answer)
        assert "补办科室负责人审核：通过" in screens.text(wang.get(f"{URL}{record.pk}/"))

    def test_objecting_asks_for_an_opinion_and_opens_the_correction(self, client: Client, cast: Cast) -> None:
        record = records.released_urgently(cast)
        wang = _as(client, cast.wang)
        answer = wang.post(f"{URL}{record.pk}/follow-up/", {"decision": "correct", "opinion": ""})
        assert "请写明意见" in screens.errors(answer)[-1]
        wang.post(f"{URL}{record.pk}/follow-up/", {"decision": "correct", "opinion": "第三段有误"})
        assert _again(record).state == "correcting"
        assert "补办科室负责人审核：要求更正 王" in screens.text(wang.get(f"{URL}{record.pk}/"))

    def test_asking_for_withdrawal_shows_on_the_case(self, client: Client, cast: Cast) -> None:
        record = records.released_urgently(cast)
        wang = _as(client, cast.wang)
        wang.post(f"{URL}{record.pk}/follow-up/", {"decision": "withdraw", "opinion": "不应公开"})
        assert "王补审要求撤下：不应公开" in screens.text(wang.get(f"{URL}{record.pk}/"))

    def test_leads_back_where_nothing_is_owed(self, client: Client, cast: Cast) -> None:
        record = records.published(cast)
        answer = _as(client, cast.wang).get(f"{URL}{record.pk}/follow-up/")
        assert answer["Location"] == f"{URL}{record.pk}/"
        owed = records.released_urgently(cast)
        assert _as(client, cast.zhao).get(f"{URL}{owed.pk}/follow-up/")["Location"] == f"{URL}{owed.pk}/"
        assert _as(client, cast.wang).post(f"{URL}{owed.pk}/follow-up/", {"decision": "burn"}).status_code == 200
