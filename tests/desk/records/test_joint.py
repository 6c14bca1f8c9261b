"""The lead sees who has confirmed; a co-issuer sees what it is asked, and nothing else of the lead."""

import pytest
from django.test import Client

from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork import scoping
from gongkai.records.models import ConfirmationRequest
from gongkai.records.services import coordinating
from tests import cast as casting
from tests.cast import Cast, Person
from tests.factories import records

pytestmark = pytest.mark.django_db
URL = "/desk/jia-ju/records/"
OTHER = "/desk/yi-ju/records/"


def _as(client: Client, person: Person) -> Client:
    casting.sign_in(client, person)
    return client


def _asked(cast: Cast) -> ConfirmationRequest:
    record = records.cleared(cast, joint_issuers=("乙局", "丙局"), remarks="内部说明")
    coordinating.ask(record_id=record.pk, actor=cast.chen.acting(Duty.PUBLISH_RECORDS), at=casting.later())
    with scoping.narrow_to([cast.other_agency.pk]):
        return ConfirmationRequest.objects.get()


def test_the_lead_asks_and_follows_the_answers(client: Client, cast: Cast) -> None:
    record = records.cleared(cast, joint_issuers=("乙局", "丙局"))
    chen = _as(client, cast.chen)
    page = chen.get(f"{URL}{record.pk}/").content.decode()
    assert page.count("未征求") == 2
    assert f"{URL}{record.pk}/ask-issuers/" in page
    assert "等待乙局、丙局的确认" in page
    assert f"{URL}{record.pk}/publish/" not in page
    chen.post(f"{URL}{record.pk}/ask-issuers/")
    page = chen.get(f"{URL}{record.pk}/").content.decode()
    assert (page.count("等待确认"), page.count("未征求")) == (1, 1)
    answer = chen.post(f"{URL}{record.pk}/publish/", follow=True).content.decode()
    assert "还没有乙局、丙局的确认" in answer


def test_paper_is_noted(client: Client, cast: Cast) -> None:
    record = records.cleared(cast, joint_issuers=("丙局",), is_party_mixed=True)
    chen = _as(client, cast.chen)
    form = {"issuer": "丙局", "answer": "confirmed", "given_by": "钱局长", "given_on": "2026-11-20", "opinion": ""}
    assert chen.post(f"{URL}{record.pk}/confirmations/new/", form).status_code == 302
    page = chen.get(f"{URL}{record.pk}/").content.decode()
    assert "钱局长（书面，陈登记）" in page
    party = form | {"issuer": "党委（党组）办公机构"}
    assert "请写明意见" in chen.post(f"{URL}{record.pk}/confirmations/new/", party).content.decode()
    assert "请选择发文机关" in chen.post(f"{URL}{record.pk}/confirmations/new/", form | {"issuer": ""}).content.decode()


def test_a_co_issuer_reads_what_would_be_public_and_answers(client: Client, cast: Cast) -> None:
    asked = _asked(cast)
    zhou = _as(client, cast.zhou)
    assert "甲局征求联合发文的确认意见" in zhou.get("/desk/").content.decode()
    assert asked.title in zhou.get(f"{OTHER}confirmations/").content.decode()
    page = zhou.get(f"{OTHER}confirmations/{asked.pk}/").content.decode()
    assert "各科室要提前检修管网" in page
    assert "内部说明" not in page
    wrong = zhou.post(f"{OTHER}confirmations/{asked.pk}/", {"answer": "objected", "opinion": ""})
    assert "有异议的，请写明意见" in wrong.content.decode()
    zhou.post(f"{OTHER}confirmations/{asked.pk}/", {"answer": "confirmed", "opinion": "一致"})
    assert "已答复：确认" in zhou.get(f"{OTHER}confirmations/").content.decode()
    record_page = f"{OTHER}{asked.lead_record}/"
    assert zhou.get(record_page).status_code == 404
    assert zhou.get(f"{URL}{asked.lead_record}/").status_code == 404


def test_the_lead_does_not_open_the_question_of_another(client: Client, cast: Cast) -> None:
    asked = _asked(cast)
    assert _as(client, cast.chen).get(f"{URL}confirmations/{asked.pk}/").status_code == 404


def test_only_the_disclosure_office_answers(client: Client, cast: Cast) -> None:
    assert _as(client, cast.li).get(f"{URL}confirmations/").status_code == 403
    assert "没有需要确认的联合发文" in _as(client, cast.zhou).get(f"{OTHER}confirmations/").content.decode()
