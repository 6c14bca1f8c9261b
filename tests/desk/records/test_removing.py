"""Taking down at once: from the case in two steps, from a pasted address, and the reason afterwards."""

import pytest
from django.test import Client

from gongkai.accounts.domain.duties import Duty
from gongkai.published.models import Entry
from gongkai.records.services import removing
from tests import cast as casting
from tests.cast import Cast, Person
from tests.factories import records

pytestmark = pytest.mark.django_db
URL = "/desk/jia-ju/records/"


def _as(client: Client, person: Person) -> Client:
    casting.sign_in(client, person)
    return client


class TestCase:
    def test_one_button_and_one_confirmation_without_a_word(self, client: Client, cast: Cast) -> None:
        record = records.published(cast)
        zhao = _as(client, cast.zhao)
        assert (
            f'btn-outline-danger" href="{URL}{record.pk}/remove-now/"'
            in zhao.get(f"{URL}{record.pk}/").content.decode()
        )
        asked = zhao.get(f"{URL}{record.pk}/remove-now/").content.decode()
        assert "立即撤下" in asked
        assert "<textarea" not in asked
        answer = zhao.post(f"{URL}{record.pk}/remove-now/", follow=True)
        assert "请及时补写原因" in answer.content.decode()
        assert Entry.objects.get(pk=record.entry_id).is_withdrawn

    def test_who_may_not_take_down_sees_no_button_and_no_page(self, client: Client, cast: Cast) -> None:
        record = records.published(cast)
        li = _as(client, cast.li)
        assert "紧急撤下" not in li.get(f"{URL}{record.pk}/").content.decode()
        assert li.post(f"{URL}{record.pk}/remove-now/").status_code == 403
        assert _as(client, cast.zhou).post(f"{URL}{record.pk}/remove-now/").status_code == 404
        assert not Entry.objects.get(pk=record.entry_id).is_withdrawn

    def test_twice_is_explained(self, client: Client, cast: Cast) -> None:
        record = records.removed(cast)
        answer = _as(client, cast.zhao).post(f"{URL}{record.pk}/remove-now/", follow=True)
        assert "已撤下" in answer.content.decode()

    def test_the_reason_is_the_next_step_and_then_the_way_back_opens(self, client: Client, cast: Cast) -> None:
        record = records.removed(cast)
        zhao = _as(client, cast.zhao)
        text = zhao.get(f"{URL}{record.pk}/").content.decode()
        assert f'btn-primary" href="{URL}{record.pk}/explain/"' in text
        assert "请填写撤下原因" in zhao.post(f"{URL}{record.pk}/explain/", {"ground": ""}).content.decode()
        zhao.post(f"{URL}{record.pk}/explain/", {"ground": "附件有误"})
        assert Entry.objects.get(pk=record.entry_id).withdrawal_ground == "附件有误"
        li = _as(client, cast.li)
        assert f"{URL}{record.pk}/republish/" in li.get(f"{URL}{record.pk}/").content.decode()
        li.post(f"{URL}{record.pk}/republish/", {"ground": "附件已更换"})
        text = li.get(f"{URL}{record.pk}/").content.decode()
        assert "重新办理公开" in text
        assert f"{URL}{record.pk}/leave/" in text
        assert f"{URL}{record.pk}/withdraw/" not in text
        assert Entry.objects.get(pk=record.entry_id).is_withdrawn


class TestFinding:
    def test_a_pasted_address_leads_to_the_button(self, client: Client, cast: Cast) -> None:
        record = records.published(cast)
        asked = {"q": f"https://www.example.gov.cn/entries/{record.entry_id}/"}
        text = _as(client, cast.chen).get(f"{URL}remove-now/", asked).content.decode()
        assert f"{URL}{record.pk}/remove-now/" in text

    def test_nothing_found_says_so(self, client: Client, cast: Cast) -> None:
        record = records.published(cast)
        actor = cast.zhao.acting(Duty.WITHDRAW_RECORDS)
        removing.remove(record_id=record.pk, actor=actor, at=casting.later())
        text = _as(client, cast.chen).get(f"{URL}remove-now/", {"q": record.index_number}).content.decode()
        assert "没有找到正在公开的信息" in text

    def test_it_is_for_those_who_may_take_down(self, client: Client, cast: Cast) -> None:
        assert _as(client, cast.li).get(f"{URL}remove-now/").status_code == 403
