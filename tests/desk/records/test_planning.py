"""Day and time are set on the desk; the case page says what will happen, the first screen what did not."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork import scoping
from gongkai.records.models import Plan, Record
from gongkai.records.services import clearance, planning
from gongkai.records.services.clearance import Conclusion, Verdict
from tests import cast as casting
from tests.cast import Cast
from tests.factories import records

pytestmark = pytest.mark.django_db
URL = "/desk/jia-ju/records/"


def _tomorrow() -> dict[str, str]:
    return {"day": f"{timezone.localdate() + timedelta(days=1)}", "time": "08:30"}


def _cleared(cast: Cast) -> Record:
    return records.cleared(cast, created_on=timezone.localdate() - timedelta(days=3), at=timezone.now())


def _plan(cast: Cast) -> Plan:
    with scoping.narrow_to([cast.agency.pk]):
        return Plan.objects.get()


def test_the_officer_sets_day_and_time(client: Client, cast: Cast) -> None:
    record = _cleared(cast)
    casting.sign_in(client, cast.chen)
    assert f"{URL}{record.pk}/plan-release/" in client.get(f"{URL}{record.pk}/").content.decode()
    answer = client.post(f"{URL}{record.pk}/plan-release/", _tomorrow())
    assert answer["Location"] == f"{URL}{record.pk}/"
    assert timezone.localtime(_plan(cast).due_at).strftime("%H:%M") == "08:30"
    page = client.get(f"{URL}{record.pk}/").content.decode()
    assert "8:30公开发布（由陈设定）" in page.replace("08:30", "8:30")
    assert f"{URL}{record.pk}/cancel-plan/" in page
    assert "可以公开发布" not in client.get("/desk/").content.decode()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"day": "2020-01-02"}, "已经过去"),
        ({"time": "九点"}, "09:00"),
        ({"day": ""}, "请填写日期"),
    ],
)
def test_what_is_wrong_is_said_on_the_page(client: Client, cast: Cast, values: dict[str, str], words: str) -> None:
    record = _cleared(cast)
    casting.sign_in(client, cast.chen)
    answer = client.post(f"{URL}{record.pk}/plan-release/", _tomorrow() | values)
    assert answer.status_code == 200
    assert words in answer.content.decode()


def test_a_withdrawal_asks_for_its_ground(client: Client, cast: Cast) -> None:
    record = records.published(cast)
    casting.sign_in(client, cast.zhao)
    answer = client.post(f"{URL}{record.pk}/plan-withdrawal/", _tomorrow() | {"ground": ""})
    assert "请填写撤下依据" in answer.content.decode()
    client.post(f"{URL}{record.pk}/plan-withdrawal/", _tomorrow() | {"ground": "公示期满"})
    assert _plan(cast).ground == "公示期满"
    client.post(f"{URL}{record.pk}/cancel-plan/")
    assert _plan(cast).outcome == "cancelled"


def test_what_did_not_happen_stands_on_the_first_screen(client: Client, cast: Cast) -> None:
    record = _cleared(cast)
    casting.sign_in(client, cast.chen)
    client.post(f"{URL}{record.pk}/plan-release/", _tomorrow())
    conclusion = Conclusion(record.digest, Verdict.EXEMPT, "涉及他人隐私")
    actor = cast.chen.acting(Duty.CLEAR_SECRECY)
    clearance.clear(record_id=record.pk, conclusion=conclusion, actor=actor, at=timezone.now())
    planning.carry_out_due(at=timezone.now() + timedelta(days=2))
    page = client.get("/desk/").content.decode()
    assert "定时发布没有办成：保密审查结论为“免于公开”，不能公开。" in page
    assert "定时发布没有办成" in client.get(f"{URL}{record.pk}/").content.decode()


def test_the_drafter_sets_no_time(client: Client, cast: Cast) -> None:
    record = _cleared(cast)
    casting.sign_in(client, cast.li)
    assert client.post(f"{URL}{record.pk}/plan-release/", _tomorrow()).status_code == 403
    assert "plan-release" not in client.get(f"{URL}{record.pk}/").content.decode()
