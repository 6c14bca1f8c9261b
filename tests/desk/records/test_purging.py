"""Purge at the desk: asked for by one, confirmed or declined by another, and what is left to see."""

import pytest
from django.test import Client

from gongkai.groundwork import scoping
from gongkai.published.models import Entry
from gongkai.records.models import Record
from tests import cast as casting
from tests.cast import Cast, Person
from tests.factories import records

pytestmark = pytest.mark.django_db
URL = "/desk/jia-ju/records/"
ASKED = {"scope": "everything", "ground": "附件含个人信息"}


def _as(client: Client, person: Person) -> Client:
    casting.sign_in(client, person)
    return client


def _state(cast: Cast, record: Record) -> str:
    with scoping.narrow_to([cast.agency.pk]):
        return Record.objects.get(pk=record.pk).state


class TestAsking:
    def test_it_is_explained_asked_for_and_then_waits(self, client: Client, cast: Cast) -> None:
        record = records.published(cast)
        chen = _as(client, cast.chen)
        assert "任何人都不能恢复" in chen.get(f"{URL}{record.pk}/ask-purge/").content.decode()
        text = chen.post(f"{URL}{record.pk}/ask-purge/", ASKED, follow=True).content.decode()
        assert "等待单位负责人确认" in text
        assert f"{URL}{record.pk}/ask-purge/" not in text
        assert f"{URL}{record.pk}/purge/" not in text
        assert _state(cast, record) == "published"

    def test_scope_and_ground_are_asked_for(self, client: Client, cast: Cast) -> None:
        record = records.published(cast)
        text = _as(client, cast.chen).post(f"{URL}{record.pk}/ask-purge/", {"ground": ""}).content.decode()
        assert "请填写清除依据" in text

    def test_it_is_for_those_who_may_ask(self, client: Client, cast: Cast) -> None:
        record = records.published(cast)
        assert _as(client, cast.li).post(f"{URL}{record.pk}/ask-purge/", ASKED).status_code == 403
        assert _as(client, cast.zhou).post(f"{URL}{record.pk}/ask-purge/", ASKED).status_code == 404


class TestDeciding:
    def test_the_leader_finds_it_on_the_first_screen_and_confirms(self, client: Client, cast: Cast) -> None:
        record = records.purge_asked(cast)
        zhao = _as(client, cast.zhao)
        assert "陈申请清除，请确认" in zhao.get("/desk/").content.decode()
        assert f'btn-primary" href="{URL}{record.pk}/purge/"' in zhao.get(f"{URL}{record.pk}/").content.decode()
        page = zhao.get(f"{URL}{record.pk}/purge/").content.decode()
        for words in ("附件含个人信息", "全部内容和附件", "陈（保密审查员）", "原网址只留索引号"):
            assert words in page
        text = zhao.post(f"{URL}{record.pk}/purge/", follow=True).content.decode()
        for words in ("已清除", "（内容已清除）", "由陈申请、赵确认", "第1稿（内容已清除）", "确认清除全部内容和附件"):
            assert words in text
        assert "供暖" not in text
        assert Entry.objects.get(pk=record.entry_id).title == ""
        assert zhao.get(f"{URL}{record.pk}/versions/1/").status_code == 404

    def test_declining_needs_its_reason(self, client: Client, cast: Cast) -> None:
        record = records.purge_asked(cast)
        zhao = _as(client, cast.zhao)
        text = zhao.post(f"{URL}{record.pk}/purge/", {"decline": "1", "ground": ""}).content.decode()
        assert "请填写不予清除的理由" in text
        text = zhao.post(f"{URL}{record.pk}/purge/", {"decline": "1", "ground": "不含个人信息"}, follow=True).content
        assert "不予清除" in text.decode()
        assert _state(cast, record) == "published"

    def test_where_nothing_waits_it_leads_back(self, client: Client, cast: Cast) -> None:
        record = records.published(cast)
        assert _as(client, cast.zhao).get(f"{URL}{record.pk}/purge/")["Location"] == f"{URL}{record.pk}/"

    def test_nobody_else_confirms(self, client: Client, cast: Cast) -> None:
        record = records.purge_asked(cast)
        assert _as(client, cast.chen).post(f"{URL}{record.pk}/purge/").status_code == 403
        assert _as(client, cast.zhou).post(f"{URL}{record.pk}/purge/").status_code == 404
        assert _state(cast, record) == "published"


def test_the_public_reads_the_ground_and_nothing_else(client: Client, cast: Cast) -> None:
    record = records.purged(cast)
    answer = client.get(f"/entries/{record.entry_id}/")
    assert answer.status_code == 410
    assert "附件含个人信息" in answer.content.decode()
    body = client.get(f"/api/public/v1/entries/{record.entry_id}").json()
    assert (body["status"], body["title"], body["issuer"], body["digest"]) == ("withdrawn", "", "", record.digest)
