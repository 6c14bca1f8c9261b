"""Slips for every version: filled in, marked, archived; and the check whether a paper is true."""

import pytest
from django.test import Client

from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork import scoping
from gongkai.records.models import Record, RecordVersion
from gongkai.records.services import drafting, review, urgency
from tests import cast as casting
from tests.cast import Cast, Person
from tests.desk import screens
from tests.factories import records

pytestmark = pytest.mark.django_db
URL = "/desk/jia-ju/records/"


def _slip(client: Client, person: Person, record: Record, kind: str = "approval", number: int = 1) -> str:
    casting.sign_in(client, person)
    return screens.text(client.get(f"{URL}{record.pk}/versions/{number}/{kind}/"))


def _code(record: Record, number: int = 1) -> str:
    with scoping.narrow_to([record.agency_id]):
        version = RecordVersion.objects.get(record=record, number=number)
    return f"{record.pk}-{number}-{version.digest[:12].upper()}"


class TestTheApproval:
    def test_names_document_opinions_signers_and_code(self, client: Client, cast: Cast) -> None:
        record = records.cleared(cast)
        text = _slip(client, cast.wang, record)
        for words in (
            *(
                "政府信息公开审批单",
                "公开单位：甲局",
                "关于做好冬季供暖工作的通知",
                "甲政办发〔2026〕12号",
                "☑公文 ☐非公文",
            ),
            *("主动公开", "李，2026年11月20日09:30送审", "科室负责人审核 同意。 签名：王（承办科室负责人）"),
            *("单位负责人签发 同意 签名：赵（单位负责人）", "保密审查结论 可以公开。 签名：陈（保密审查员）"),
            *(f"核验码： {_code(record)}", "本稿在办", "审签后即时公开，不晚于"),
        ):
            assert words in text, words

    def test_leaves_room_where_nobody_has_decided(self, client: Client, cast: Cast) -> None:
        text = _slip(client, cast.wang, records.submitted(cast, document_number=""))
        assert "☐公文 ☑非公文" in text
        assert "单位负责人签发 签名： 年 月 日" in text

    def test_marks_what_was_signed_on_paper(self, client: Client, cast: Cast) -> None:
        text = _slip(client, cast.wang, records.signed_on_paper(cast))
        assert "签名：赵（单位负责人） 2026年11月20日" in text
        assert "纸质签批，陈于2026年11月20日09:30录入" in text

    def test_marks_deputies(self, client: Client, cast: Cast) -> None:
        cast.zhao.user.holdings.update(is_deputy=True)
        assert "赵（单位负责人（代））" in _slip(client, cast.wang, records.signed(cast))

    def test_says_what_an_urgent_release_left_out_and_who_made_up_for_it(self, client: Client, cast: Cast) -> None:
        record = records.released_urgently(cast)
        assert "科室负责人审核 紧急发布时略过，发布后补办。" in _slip(client, cast.wang, record)
        said = urgency.Said("section_head", "approve", "情况属实")
        actor = cast.wang.acting(Duty.REVIEW_AS_SECTION_HEAD)
        urgency.follow_up(record_id=record.pk, said=said, actor=actor, at=casting.later())
        text = _slip(client, cast.wang, record)
        assert "科室负责人审核 情况属实 签名：王" in text
        assert "本稿为现行公开的内容" in text


class TestTheSecrecyReview:
    def test_shows_three_steps_and_ticks_the_conclusion(self, client: Client, cast: Cast) -> None:
        text = _slip(client, cast.wang, records.cleared(cast), "secrecy")
        for words in (
            *(
                "政府信息公开保密审查单",
                "初审（科室负责人审核） 同意。 签名：王",
                "复审（保密审查） 可以公开。 签名：陈",
            ),
            *("批准（单位负责人） 同意 签名：赵", "☑可以公开 ☐免于公开 ☐需报审", "先审查后公开 谁公开谁负责 一事一审"),
        ):
            assert words in text, words

    def test_ticks_nothing_before_the_conclusion(self, client: Client, cast: Cast) -> None:
        assert "☐可以公开 ☐免于公开 ☐需报审" in _slip(client, cast.wang, records.submitted(cast), "secrecy")


class TestOldVersions:
    def test_keep_the_opinions_that_were_given_on_them(self, client: Client, cast: Cast) -> None:
        record = records.returned(cast)
        drafter = cast.li.acting(Duty.DRAFT_RECORDS)
        content = records.content(title="改过的标题")
        drafting.edit(
            record_id=record.pk,
            content=content,
            lock_version=record.lock_version,
            actor=drafter,
            at=casting.later(),
        )
        record = review.submit(record_id=record.pk, actor=drafter, at=casting.later(2))
        old, new = (_slip(client, cast.wang, record, number=number) for number in (1, 2))
        assert "退回修改。请补充联系人。 签名：王" in old
        assert "本稿已由第2稿替代" in old
        assert "关于做好冬季供暖工作的通知" in old
        assert "改过的标题" in new
        assert "请补充联系人" not in new

    def test_that_do_not_exist_are_not_found(self, client: Client, cast: Cast) -> None:
        record = records.submitted(cast)
        casting.sign_in(client, cast.wang)
        assert client.get(f"{URL}{record.pk}/versions/2/approval/").status_code == 404
        casting.sign_in(client, cast.zhou)
        assert client.get(f"{URL}{record.pk}/versions/1/approval/").status_code == 404


class TestTheCheck:
    def _check(self, client: Client, code: str) -> str:
        return screens.text(client.get(f"{URL}slips/", {"code": code}))

    def test_tells_a_true_paper_from_a_false_one(self, client: Client, cast: Cast) -> None:
        record = records.cleared(cast)
        casting.sign_in(client, cast.wang)
        code = _code(record)
        text = self._check(client, f" {code[:10]} {code[10:]} ")
        assert "与系统中保存的内容一致" in text
        assert "关于做好冬季供暖工作的通知" in text
        assert "不能作准" in self._check(client, f"{record.pk}-1-{'0' * 12}")
        for unknown in (f"{record.pk}-9-{'0' * 12}", f"999999-1-{'0' * 12}"):
            assert "本单位没有这份材料" in self._check(client, unknown)
        assert "核验码的样式" in self._check(client, "核验")

    def test_of_another_agency_says_that_there_is_none(self, client: Client, cast: Cast) -> None:
        code = _code(records.cleared(cast))
        casting.sign_in(client, cast.zhou)
        answer = client.get("/desk/yi-ju/records/slips/", {"code": code})
        assert "本单位没有这份材料" in screens.text(answer)


def test_the_case_leads_to_the_slips_of_every_version(client: Client, cast: Cast) -> None:
    record = records.cleared(cast)
    casting.sign_in(client, cast.li)
    page = client.get(f"{URL}{record.pk}/").content.decode()
    for kind in ("approval", "secrecy"):
        assert f"{URL}{record.pk}/versions/1/{kind}/" in page
