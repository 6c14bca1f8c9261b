"""Decisions on paper bind like any other, are entered by a third person with the scan, and stay marked."""

import io
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.domain.posts import CASEWORK, Post
from gongkai.groundwork import scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.groundwork.files import store
from gongkai.groundwork.files.models import StoredFile
from gongkai.records.domain.stages import Hand
from gongkai.records.models import Decision, Record
from gongkai.records.services import acting, drafting, paper, publishing, review
from tests import cast as casting
from tests.cast import AT, Cast, Person
from tests.factories import records, signed_papers
from tests.factories import schemes as variants
from tests.integration.files import material

pytestmark = pytest.mark.django_db


def _enter(person: Person, record: Record, **values: Any) -> Record:
    actor = person.acting(Duty.RECORD_PAPER_DECISIONS)
    return paper.record_decision(
        record_id=record.pk, sheet=signed_papers.sheet(record, **values), actor=actor, at=casting.later()
    )


def _conclude(person: Person, record: Record, **values: Any) -> Record:
    actor = person.acting(Duty.RECORD_PAPER_DECISIONS)
    sheet = signed_papers.sheet(record, **{"outcome": "publish"} | values)
    return paper.record_clearance(record_id=record.pk, sheet=sheet, actor=actor, at=casting.later())


def _decision(record: Record, stage: str) -> Decision:
    with scoping.narrow_to([record.agency_id]):
        return Decision.objects.select_related("scan").get(record=record, stage=stage, is_valid=True)


class TestADecision:
    def test_of_the_leader_signs_the_record(self, cast: Cast) -> None:
        signer = Hand(cast.zhao.user.pk, "赵")
        record = _enter(cast.chen, records.reviewed(cast), signer=signer)
        assert (record.state, record.stage) == ("signed", "")
        decision = _decision(record, "sign_off")
        assert (decision.decider_id, decision.decider_name, decision.post) == (cast.zhao.user.pk, "赵", "leader")
        assert (decision.recorder_id, decision.recorder_name) == (cast.chen.user.pk, "陈")
        assert (decision.signed_on, decision.scan_name, decision.is_on_paper) == (AT.date(), "签批单.png", True)
        assert decision.scan is not None
        assert store.holds(decision.scan.digest)
        assert decision.digest == record.digest

    def test_of_somebody_who_is_no_user_counts_as_a_person_of_its_own(self, cast: Cast) -> None:
        record = _enter(cast.chen, records.reviewed(cast))
        assert (record.state, _decision(record, "sign_off").decider_id) == ("signed", None)

    def test_moves_on_from_an_earlier_stage_too(self, cast: Cast) -> None:
        record = _enter(cast.chen, records.submitted(cast), signer=Hand(cast.wang.user.pk, "王"))
        assert (record.state, record.stage) == ("in_review", "sign_off")

    def test_returns_the_record(self, cast: Cast) -> None:
        record = _enter(cast.chen, records.submitted(cast), outcome="return", opinion="请补附件。")
        assert record.state == "returned"
        with pytest.raises(paper.CannotRecordPaper, match="写明意见"):
            _enter(cast.chen, records.submitted(cast), outcome="return", opinion=" ")

    def test_leaves_its_line_with_signer_day_and_scan(self, cast: Cast) -> None:
        record = _enter(cast.chen, records.reviewed(cast))
        line = AuditEvent.objects.filter(action="record.record_paper").get()
        assert (line.actor_name, line.detail["signer"], line.detail["signed_on"]) == ("陈", "孙", "2026-11-20")
        assert line.detail["scan"] == _decision(record, "sign_off").scan.digest  # type: ignore[union-attr]


class TestTheSecrecyReview:
    def test_on_paper_opens_the_gate_for_exactly_this_content(self, cast: Cast) -> None:
        record = _conclude(cast.chen, records.signed(cast))
        assert record.clearance == "publish"
        assert _decision(record, "secrecy_clearance").post == "secrecy_reviewer"
        publishing.publish(record_id=record.pk, actor=cast.chen.acting(Duty.PUBLISH_RECORDS), at=casting.later())
        with pytest.raises(paper.CannotRecordPaper, match="内容已经更新"):
            _conclude(cast.chen, records.signed(cast), digest="0" * 64)

    def test_needs_words_where_it_does_not_say_publish(self, cast: Cast) -> None:
        with pytest.raises(paper.CannotRecordPaper, match="写明意见"):
            _conclude(cast.chen, records.signed(cast), outcome="refer", opinion="")


class TestFourEyes:
    def test_the_drafter_enters_nothing(self, cast: Cast) -> None:
        record = records.reviewed(cast)
        for enter in (_enter, _conclude):
            with pytest.raises(paper.CannotRecordPaper, match="由其他同志录入"):
                enter(cast.li, record)

    def test_nor_does_anybody_who_wrote_in_it(self, cast: Cast) -> None:
        helper = Person(casting.person("冯", post=CASEWORK, agency=cast.agency), cast.agency)
        record = records.draft(cast)
        actor = helper.acting(Duty.DRAFT_RECORDS)
        content = records.content(title="改过")
        drafting.edit(record_id=record.pk, content=content, lock_version=0, actor=actor, at=AT)
        record = review.submit(record_id=record.pk, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=AT)
        with pytest.raises(paper.CannotRecordPaper, match="由其他同志录入"):
            _enter(helper, record, signer=Hand(cast.wang.user.pk, "王"))
        with pytest.raises(paper.CannotRecordPaper, match="冯起草或者修改过"):
            _enter(cast.chen, record, signer=Hand(helper.user.pk, "冯"))
        with pytest.raises(paper.CannotRecordPaper, match="在名单中"):
            _enter(cast.chen, record, signer=Hand(None, "冯"))

    def test_the_drafter_is_not_the_signer_by_any_name(self, cast: Cast) -> None:
        record = records.reviewed(cast)
        with pytest.raises(paper.CannotRecordPaper, match="李起草或者修改过"):
            _enter(cast.chen, record, signer=Hand(None, "李"))
        with pytest.raises(paper.CannotRecordPaper, match="李起草或者修改过"):
            _conclude(cast.chen, record, signer=Hand(None, "李"))

    def test_who_signed_decides_here_and_enters_no_paper(self, cast: Cast) -> None:
        record = records.submitted(cast)
        for signer in (Hand(cast.wang.user.pk, "王"), Hand(None, "王")):
            with pytest.raises(paper.CannotRecordPaper, match="直接在系统中办理"):
                _enter(cast.wang, record, signer=signer)

    def test_a_person_signs_only_in_a_post_held_on_that_day(self, cast: Cast) -> None:
        other = casting.person("冯", post=Post.SECTION_HEAD, agency=cast.agency)
        with pytest.raises(paper.CannotRecordPaper, match="不任这个环节的岗位"):
            _enter(cast.chen, records.reviewed(cast), signer=Hand(other.pk, "冯"))
        with pytest.raises(paper.CannotRecordPaper, match="不任这个环节的岗位"):
            _enter(cast.chen, records.reviewed(cast), signer=Hand(cast.zhao.user.pk, "赵"), signed_on=date(2019, 1, 1))

    def test_named_signers_count_among_the_persons_of_the_scheme(self, cast: Cast) -> None:
        record = _enter(cast.chen, records.submitted(cast), signer=Hand(None, "孙"))
        with pytest.raises(paper.CannotRecordPaper, match="3个人"):
            _enter(cast.chen, record, signer=Hand(None, "孙"))
        assert _enter(cast.chen, record, signer=Hand(None, "钱")).state == "signed"

    def test_a_signer_without_a_name_is_nobody(self, cast: Cast) -> None:
        with pytest.raises(paper.CannotRecordPaper, match="姓名"):
            _enter(cast.chen, records.reviewed(cast), signer=Hand(None, ""))

    def test_the_database_refuses_what_the_service_would_not_write(self, cast: Cast) -> None:
        record = _enter(cast.chen, records.reviewed(cast))
        kept = _decision(record, "sign_off")
        wrong: tuple[dict[str, object], ...] = (
            {"scan_id": None},
            {"signed_on": None},
            {"recorder_id": None},
            {"recorder_id": cast.li.user.pk},
            {"decider_id": cast.chen.user.pk},
            {"decider_name": "李"},
        )
        with scoping.narrow_to([cast.agency.pk]):
            Decision.objects.filter(pk=kept.pk).update(is_valid=False)
            for change in wrong:
                row = Decision(**{f.attname: getattr(kept, f.attname) for f in Decision._meta.concrete_fields} | change)
                row.pk = None
                with pytest.raises(IntegrityError), transaction.atomic():
                    row.save(force_insert=True)


class TestTheDay:
    def test_is_not_to_come(self, cast: Cast) -> None:
        with pytest.raises(paper.CannotRecordPaper, match="晚于今天"):
            _enter(cast.chen, records.reviewed(cast), signed_on=date(2026, 11, 21))

    def test_before_the_submission_needs_a_reason_which_is_kept(self, cast: Cast) -> None:
        record = records.reviewed(cast)
        with pytest.raises(paper.CannotRecordPaper, match="说明原因"):
            _enter(cast.chen, record, signed_on=date(2026, 11, 19))
        _enter(cast.chen, record, signed_on=date(2026, 11, 19), note="会签时已经签批")
        assert AuditEvent.objects.get(action="record.record_paper").detail["note"] == "会签时已经签批"


class TestTheScan:
    @pytest.mark.parametrize("name", ["签批.docx", "签批.txt"])
    def test_is_a_picture_or_a_pdf(self, cast: Cast, name: str) -> None:
        content = material.docx("同意") if name.endswith("docx") else "同意".encode()
        with pytest.raises(paper.CannotRecordPaper):
            _enter(cast.chen, records.reviewed(cast), scan=io.BytesIO(content), scan_name=name)
        assert StoredFile.objects.count() == 0

    def test_may_be_a_pdf(self, cast: Cast) -> None:
        record = _enter(cast.chen, records.reviewed(cast), scan=io.BytesIO(material.pdf("tongyi")), scan_name="签.pdf")
        assert record.state == "signed"

    def test_carries_no_secret_mark_in_its_name_or_words(self, cast: Cast) -> None:
        record = records.reviewed(cast)
        for values in ({"scan_name": "机密★10年.png"}, {"opinion": "机密★10年"}, {"note": "机密★10年"}):
            with pytest.raises(paper.CannotRecordPaper, match="国家秘密"):
                _enter(cast.chen, record, **values)


class TestWhereItIsRefused:
    def test_another_agency_finds_nothing_to_enter(self, cast: Cast) -> None:
        record = records.reviewed(cast)
        for enter in (_enter, _conclude):
            with pytest.raises(acting.NoSuchRecord):
                enter(cast.zhou, record)

    def test_a_leader_has_no_part_in_entering(self, cast: Cast) -> None:
        record = records.submitted(cast)
        with pytest.raises(paper.CannotRecordPaper, match="岗位"):
            paper.record_decision(
                record_id=record.pk, sheet=signed_papers.sheet(record), actor=cast.zhao.as_post(Post.LEADER), at=AT
            )

    def test_the_stage_of_an_office_above_is_decided_there(self, cast: Cast) -> None:
        variants.stand_above(cast.agency)
        variants.choose(cast, variants.HEAD, variants.ABOVE, variants.SIGN)
        with pytest.raises(paper.CannotRecordPaper, match="由某县人民政府办理"):
            _enter(cast.chen, variants.waiting_above(cast))

    def test_after_the_signature_no_stage_is_left(self, cast: Cast) -> None:
        with pytest.raises(paper.CannotRecordPaper, match="没有等待签批"):
            _enter(cast.chen, records.signed(cast))
