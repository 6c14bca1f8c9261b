"""Review, clearance and the acts that are asked for once more."""

import re

import pytest
from django.test import Client

from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork import scoping
from gongkai.published.models import Entry
from gongkai.records.models import Decision, Record
from gongkai.records.services import drafting, review
from tests import cast as casting
from tests.cast import Cast, Person
from tests.factories import records

pytestmark = pytest.mark.django_db
URL = "/desk/jia-ju/records/"


def _as(client: Client, person: Person) -> Client:
    casting.sign_in(client, person)
    return client


def _again(cast: Cast, record: Record) -> Record:
    with scoping.narrow_to([cast.agency.pk]):
        return Record.objects.get(pk=record.pk)


class TestReview:
    def test_document_opinion_and_deadline_stand_side_by_side(self, client: Client, cast: Cast) -> None:
        record = records.submitted(cast)
        text = _as(client, cast.wang).get(f"{URL}{record.pk}/review/").content.decode()
        for words in ("科室负责人审核", "各科室要提前检修管网", "审核通过", "退回修改", 'accesskey="a"', "公开期限"):
            assert words in text

    def test_after_a_decision_the_next_one_comes_up(self, client: Client, cast: Cast) -> None:
        first, second = (
            records.submitted(cast, title="先交的"),
            records.submitted(cast, title="后交的", at=casting.later()),
        )
        wang = _as(client, cast.wang)
        answer = wang.post(f"{URL}{first.pk}/review/", {"decision": "approve", "digest": first.digest})
        assert answer["Location"] == f"{URL}{second.pk}/review/"
        answer = wang.post(
            f"{URL}{second.pk}/review/", {"decision": "return", "digest": second.digest, "opinion": "请补充附件"}
        )
        assert answer["Location"] == "/desk/"
        assert (_again(cast, first).stage, _again(cast, second).state) == ("sign_off", "returned")

    def test_returning_without_an_opinion_is_refused_at_the_field(self, client: Client, cast: Cast) -> None:
        record = records.submitted(cast)
        answer = _as(client, cast.wang).post(
            f"{URL}{record.pk}/review/", {"decision": "return", "digest": record.digest, "opinion": ""}
        )
        assert re.search('class="field-error"[^>]*>[^<]*写明意见', answer.content.decode())
        assert _again(cast, record).state == "in_review"

    def test_the_change_since_the_last_version_is_shown(self, client: Client, cast: Cast) -> None:
        record = records.returned(cast)
        drafter = cast.li.acting(Duty.DRAFT_RECORDS)
        content = records.content(body_html="<p>各科室要在12月5日前检修管网，保障群众温暖过冬。</p>", title="新标题")
        drafting.edit(record_id=record.pk, content=content, lock_version=0, actor=drafter, at=casting.later())
        review.submit(record_id=record.pk, actor=drafter, at=casting.later(2))
        text = _as(client, cast.wang).get(f"{URL}{record.pk}/review/").content.decode()
        assert "<ins>新标题</ins>" in text
        changed = text.split('class="difference"')[1].split("</details>")[0]
        assert re.search("<ins>[^<]*12月5日", changed)
        assert "各科室要" in changed
        assert "请补充联系人。" in text

    def test_what_changed_meanwhile_must_be_read_again(self, client: Client, cast: Cast) -> None:
        record = records.submitted(cast)
        answer = _as(client, cast.wang).post(f"{URL}{record.pk}/review/", {"decision": "approve", "digest": "0" * 64})
        assert "内容已经更新" in answer.content.decode()

    def test_the_leader_signs_on_the_same_page(self, client: Client, cast: Cast) -> None:
        record = records.reviewed(cast)
        zhao = _as(client, cast.zhao)
        assert ">签发</button>" in zhao.get(f"{URL}{record.pk}/review/").content.decode()
        zhao.post(f"{URL}{record.pk}/review/", {"decision": "approve", "digest": record.digest, "opinion": "同意"})
        assert _again(cast, record).state == "signed"

    def test_what_is_over_leads_back_to_the_case(self, client: Client, cast: Cast) -> None:
        record = records.published(cast)
        assert _as(client, cast.zhao).get(f"{URL}{record.pk}/review/")["Location"] == f"{URL}{record.pk}/"

    def test_a_writer_is_told_why_not(self, client: Client, cast: Cast) -> None:
        town = casting.town_of_three()[0]
        drafter = town.acting(Duty.DRAFT_RECORDS)
        record = drafting.draft(content=records.content(), actor=drafter, at=casting.AT)
        record = review.submit(record_id=record.pk, actor=drafter, at=casting.AT)
        answer = _as(client, town).post(
            f"/desk/san-ren-zhen/records/{record.pk}/review/", {"decision": "approve", "digest": record.digest}
        )
        assert "您起草或者修改过这条信息" in answer.content.decode()


class TestClearance:
    def test_a_conclusion_is_recorded_and_the_next_comes_up(self, client: Client, cast: Cast) -> None:
        first, second = records.submitted(cast), records.signed(cast, at=casting.later())
        chen = _as(client, cast.chen)
        answer = chen.post(f"{URL}{first.pk}/clearance/", {"verdict": "publish", "digest": first.digest})
        assert answer["Location"] == f"{URL}{second.pk}/clearance/"
        with scoping.narrow_to([cast.agency.pk]):
            decision = Decision.objects.get(record=first, stage="secrecy_clearance")
        assert (decision.outcome, decision.decider_name, decision.post) == ("publish", "陈", "secrecy_reviewer")

    def test_the_conclusion_must_be_chosen_and_doubts_explained(self, client: Client, cast: Cast) -> None:
        record = records.submitted(cast)
        chen = _as(client, cast.chen)
        assert "请选择审查结论" in chen.post(f"{URL}{record.pk}/clearance/", {"digest": record.digest}).content.decode()
        answer = chen.post(f"{URL}{record.pk}/clearance/", {"verdict": "refer", "digest": record.digest})
        assert "要写明意见" in answer.content.decode()
        assert _again(cast, record).clearance == ""


class TestActs:
    def test_publishing_asks_once_more_and_does_it(self, client: Client, cast: Cast) -> None:
        record = records.cleared(cast)
        chen = _as(client, cast.chen)
        assert "索引号以后不变" in chen.get(f"{URL}{record.pk}/publish/").content.decode()
        assert Entry.objects.count() == 0
        assert chen.post(f"{URL}{record.pk}/publish/")["Location"] == f"{URL}{record.pk}/"
        text = chen.get(f"{URL}{record.pk}/").content.decode()
        assert Entry.objects.get().index_number in text
        assert f"/entries/{Entry.objects.get().pk}/" in text

    def test_publishing_too_early_is_explained(self, client: Client, cast: Cast) -> None:
        record = records.signed(cast)
        answer = _as(client, cast.chen).post(f"{URL}{record.pk}/publish/", follow=True)
        assert "还没有经过保密审查" in answer.content.decode()
        assert Entry.objects.count() == 0

    def test_withdrawing_needs_its_ground(self, client: Client, cast: Cast) -> None:
        record = records.published(cast)
        zhao = _as(client, cast.zhao)
        assert "请填写撤下依据" in zhao.post(f"{URL}{record.pk}/withdraw/", {"ground": ""}).content.decode()
        zhao.post(f"{URL}{record.pk}/withdraw/", {"ground": "内容有误"})
        assert Entry.objects.get().is_withdrawn

    def test_a_validity_names_its_successor_by_number(self, client: Client, cast: Cast) -> None:
        old, new = records.published(cast), records.published(cast, title="新文件")
        chen = _as(client, cast.chen)
        form = {"validity": "repealed", "since": "2026-11-20", "successor": "没有的号", "basis": ""}
        assert "没有这个索引号" in chen.post(f"{URL}{old.pk}/validity/", form).content.decode()
        chen.post(f"{URL}{old.pk}/validity/", form | {"successor": new.index_number})
        assert Entry.objects.get(pk=old.entry_id).successor_id == new.entry_id

    @pytest.mark.parametrize(
        ("build", "path", "form", "state"),
        [
            (records.submitted, "recall", {}, "returned"),
            (records.draft, "discard", {}, "discarded"),
            (records.correcting, "abandon", {}, "published"),
            (records.published, "correct", {"ground": "日期有误"}, "correcting"),
            (records.kept, "reopen", {}, "draft"),
        ],
    )
    def test_what_the_drafter_may_do(
        self, client: Client, cast: Cast, build: object, path: str, form: dict[str, str], state: str
    ) -> None:
        record = build(cast)  # type: ignore[operator]
        li = _as(client, cast.li)
        assert li.get(f"{URL}{record.pk}/{path}/").status_code == 200
        assert _again(cast, record).state == record.state
        assert li.post(f"{URL}{record.pk}/{path}/", form).status_code == 302
        assert _again(cast, record).state == state

    def test_the_office_sends_back_and_reevaluates(self, client: Client, cast: Cast) -> None:
        signed, kept = records.signed(cast), records.kept(cast)
        chen = _as(client, cast.chen)
        chen.post(f"{URL}{signed.pk}/send-back/", {"ground": "附件缺页"})
        assert _again(cast, signed).state == "returned"
        chen.post(f"{URL}{kept.pk}/reevaluate/", {"next_on": "2028-01-04", "opinion": "仍属内部事务"})
        assert str(_again(cast, kept).reevaluate_on) == "2028-01-04"

    def test_a_post_without_the_duty_is_refused(self, client: Client, cast: Cast) -> None:
        record = records.cleared(cast)
        for path in ("publish", "withdraw", "clearance", "validity"):
            assert _as(client, cast.li).post(f"{URL}{record.pk}/{path}/").status_code == 403


class TestCase:
    @pytest.mark.parametrize(
        ("build", "person", "primary"),
        [
            (records.draft, "li", "提交审核"),
            (records.returned, "li", "提交审核"),
            (records.submitted, "wang", "审核"),
            (records.submitted, "chen", "保密审查"),
            (records.reviewed, "zhao", "签发"),
            (records.cleared, "chen", "公开发布"),
            (records.submitted, "zhao", None),
            (records.submitted, "li", None),
            (records.published, "li", None),
            (records.withdrawn, "zhao", None),
        ],
    )
    def test_each_person_sees_one_next_step(
        self, client: Client, cast: Cast, build: object, person: str, primary: str | None
    ) -> None:
        record = build(cast)  # type: ignore[operator]
        text = _as(client, getattr(cast, person)).get(f"{URL}{record.pk}/").content.decode()
        found = re.findall(r'class="btn btn-primary"[^>]*>([^<]+)<', text)
        assert found == ([primary] if primary else [])

    def test_something_incomplete_asks_to_write_on(self, client: Client, cast: Cast) -> None:
        record = records.draft(cast, created_on=None)
        text = _as(client, cast.li).get(f"{URL}{record.pk}/").content.decode()
        assert re.findall(r'class="btn btn-primary"[^>]*>([^<]+)<', text) == ["修改"]
        assert "请填写成文日期" in text

    def test_the_whole_story_is_told_with_names_and_posts(self, client: Client, cast: Cast) -> None:
        record = records.published(cast)
        text = _as(client, cast.li).get(f"{URL}{record.pk}/").content.decode()
        for words in (
            "李（承办人）",
            "王（承办科室负责人）",
            "赵（单位负责人）",
            "陈（保密审查员）",
            "第1稿",
            "按期公开",
        ):
            assert words in text

    def test_it_says_whose_turn_it_is(self, client: Client, cast: Cast) -> None:
        text = _as(client, cast.li).get(f"{URL}{records.reviewed(cast).pk}/").content.decode()
        assert "等待单位负责人（赵）审核" in text

    def test_a_frozen_version_can_be_read_later(self, client: Client, cast: Cast) -> None:
        record = records.returned(cast)
        li = _as(client, cast.li)
        assert record.digest in li.get(f"{URL}{record.pk}/versions/1/").content.decode()
        assert li.get(f"{URL}{record.pk}/versions/2/").status_code == 404


class TestKeepers:
    def test_a_column_is_renamed_hidden_and_shown(self, client: Client, cast: Cast) -> None:
        chen = _as(client, cast.chen)
        url = f"{URL}catalogue/art20_08_charges/"
        assert "写明理由" in chen.post(url, {"is_hidden": "on"}).content.decode()
        chen.post(url, {"is_hidden": "on", "reason": "本机关无收费", "title": "收费目录"})
        text = chen.get(f"{URL}catalogue/").content.decode()
        for words in ("收费目录", "通用名称：行政事业性收费", "已隐藏", "本机关无收费"):
            assert words in text
        chen.post(url, {"title": ""})
        assert "已隐藏" not in chen.get(f"{URL}catalogue/").content.decode()

    def test_a_column_is_added_and_takes_records(self, client: Client, cast: Cast) -> None:
        chen = _as(client, cast.chen)
        chen.post(f"{URL}catalogue/art20_07_budget/new/", {"title": "三公经费"})
        assert "三公经费" in chen.get(f"{URL}catalogue/").content.decode()
        assert "三公经费" in _as(client, cast.li).get(f"{URL}new/").content.decode()

    def test_a_fixed_block_is_not_hidden(self, client: Client, cast: Cast) -> None:
        answer = _as(client, cast.chen).post(f"{URL}catalogue/guide/", {"is_hidden": "on", "reason": "不要"})
        assert "固定栏目" in answer.content.decode()

    def test_an_unknown_column_is_not_found(self, client: Client, cast: Cast) -> None:
        assert _as(client, cast.chen).get(f"{URL}catalogue/nowhere/").status_code == 404

    def test_drafters_keep_neither_catalogue_nor_scheme(self, client: Client, cast: Cast) -> None:
        for path in ("catalogue/", "scheme/", "catalogue/guide/"):
            assert _as(client, cast.li).get(URL + path).status_code == 403
