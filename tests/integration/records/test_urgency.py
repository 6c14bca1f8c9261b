"""Urgent release shortens reviews, never signature and clearance; the missing ones are owed within a working day."""

from datetime import date, timedelta

import pytest

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.domain.posts import CASEWORK, Post
from gongkai.groundwork import scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.records.models import Decision, FollowUp, Record
from gongkai.records.selectors import worklist
from gongkai.records.services import acting, drafting, publishing, review, urgency
from tests import cast as casting
from tests.cast import AT, Cast, Person
from tests.factories import records
from tests.factories import schemes as variants

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)  # the day of the cast is a Friday


def _row(record: Record) -> Record:
    with scoping.narrow_to([record.agency_id]):
        return Record.objects.get(pk=record.pk)


def _owed(record: Record) -> list[FollowUp]:
    with scoping.narrow_to([record.agency_id]):
        return list(FollowUp.objects.filter(record=record).order_by("id"))


def _follow_up(person: Person, record: Record, outcome: str = "approve", opinion: str = "") -> Record:
    actor = person.acting(Duty.REVIEW_AS_SECTION_HEAD)
    said = urgency.Said("section_head", outcome, opinion)
    return urgency.follow_up(record_id=record.pk, said=said, actor=actor, at=casting.later())


class TestMarking:
    def test_leads_straight_to_what_no_urgency_leaves_out(self, cast: Cast) -> None:
        record = records.urgent(cast)
        assert (record.stage, record.urgent_by) == ("sign_off", "陈")
        assert AuditEvent.objects.get(action="record.mark_urgent").detail["reason"] == record.urgent_reason

    def test_a_draft_takes_the_short_way_when_it_is_submitted(self, cast: Cast) -> None:
        record = records.draft(cast)
        urgency.mark(record_id=record.pk, reason="暴雪", actor=cast.zhao.acting(Duty.SIGN_RECORDS), at=AT)
        submitted = review.submit(record_id=record.pk, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=AT)
        assert submitted.stage == "sign_off"

    def test_leaves_stages_that_may_not_be_skipped_where_they_are(self, cast: Cast) -> None:
        variants.stand_above(cast.agency)
        variants.choose(cast, variants.HEAD, variants.ABOVE, variants.SIGN)
        record = records.urgent(cast)
        assert (record.stage, record.held_at is not None) == ("superior", True)

    def test_lifted_it_goes_back_to_the_first_stage_not_passed(self, cast: Cast) -> None:
        record = records.urgent(cast)
        record = urgency.lift(record_id=record.pk, actor=cast.chen.acting(Duty.PUBLISH_RECORDS), at=AT)
        assert (record.stage, record.urgent_reason) == ("section_head", "")
        passed = records.reviewed(cast)
        officer = cast.chen.acting(Duty.PUBLISH_RECORDS)
        urgency.mark(record_id=passed.pk, reason="暴雪", actor=officer, at=AT)
        assert urgency.lift(record_id=passed.pk, actor=officer, at=AT).stage == "sign_off"

    def test_needs_a_reason_and_somebody_who_did_not_write_it(self, cast: Cast) -> None:
        officer = cast.chen.acting(Duty.PUBLISH_RECORDS)
        with pytest.raises(urgency.CannotMarkUrgent, match="为什么"):
            urgency.mark(record_id=records.submitted(cast).pk, reason=" ", actor=officer, at=AT)
        with pytest.raises(urgency.CannotMarkUrgent, match="国家秘密"):
            urgency.mark(record_id=records.submitted(cast).pk, reason="机密★10年", actor=officer, at=AT)
        all_posts = Person(casting.person("冯", post=CASEWORK, agency=cast.agency), cast.agency)
        own = drafting.draft(content=records.content(), actor=all_posts.acting(Duty.DRAFT_RECORDS), at=AT)
        with pytest.raises(urgency.CannotMarkUrgent, match="其他同志"):
            urgency.mark(record_id=own.pk, reason="暴雪", actor=all_posts.acting(Duty.PUBLISH_RECORDS), at=AT)

    def test_is_for_what_goes_public_only(self, cast: Cast) -> None:
        actor = cast.li.acting(Duty.DRAFT_RECORDS)
        record = drafting.draft(content=records.not_public(), actor=actor, at=AT)
        with pytest.raises(urgency.CannotMarkUrgent, match="公开属性"):
            urgency.mark(record_id=record.pk, reason="暴雪", actor=cast.chen.acting(Duty.PUBLISH_RECORDS), at=AT)

    def test_is_not_there_for_another_agency(self, cast: Cast) -> None:
        record = records.submitted(cast)
        with pytest.raises(acting.NoSuchRecord):
            urgency.mark(record_id=record.pk, reason="暴雪", actor=cast.zhou.acting(Duty.SIGN_RECORDS), at=AT)


class TestTheGates:
    def test_signature_and_clearance_stay_shut_without_theirs(self, cast: Cast) -> None:
        officer = cast.chen.acting(Duty.PUBLISH_RECORDS)
        with pytest.raises(publishing.CannotPublish):
            publishing.publish(record_id=records.urgent(cast).pk, actor=officer, at=AT)
        signed = records.sign(cast, records.urgent(cast))
        with pytest.raises(publishing.CannotPublish, match="保密审查"):
            publishing.publish(record_id=signed.pk, actor=officer, at=AT)

    def test_the_drafter_still_does_not_sign(self, cast: Cast) -> None:
        person = Person(casting.person("冯", post=CASEWORK, agency=cast.agency), cast.agency)
        drafter = person.acting(Duty.DRAFT_RECORDS)
        record = drafting.draft(content=records.content(), actor=drafter, at=AT)
        urgency.mark(record_id=record.pk, reason="暴雪", actor=cast.chen.acting(Duty.PUBLISH_RECORDS), at=AT)
        record = review.submit(record_id=record.pk, actor=drafter, at=AT)
        with pytest.raises(review.CannotDecide, match="起草"):
            review.approve(record_id=record.pk, digest=record.digest, actor=person.acting(Duty.SIGN_RECORDS), at=AT)


class TestWhatIsOwed:
    def test_is_each_review_left_out_by_the_next_working_day(self, cast: Cast) -> None:
        record = records.released_urgently(cast)
        assert [(owed.stage, owed.due_on, owed.outcome) for owed in _owed(record)] == [("section_head", MONDAY, "")]
        assert (record.state, record.urgent_reason) == ("published", "")

    def test_is_nothing_that_was_reviewed_before(self, cast: Cast) -> None:
        record = records.reviewed(cast)
        urgency.mark(record_id=record.pk, reason="暴雪", actor=cast.chen.acting(Duty.PUBLISH_RECORDS), at=AT)
        record = records.clear(cast, records.sign(cast, record))
        publishing.publish(record_id=record.pk, actor=cast.chen.acting(Duty.PUBLISH_RECORDS), at=AT)
        assert _owed(record) == []

    def test_waits_on_the_worklist_of_the_post_and_then_of_those_who_answer_for_it(self, cast: Cast) -> None:
        records.released_urgently(cast)
        (item,) = worklist.work_waiting(cast.wang.viewer, today=AT.date())
        assert (item.sentence, item.due_on) == ("紧急发布后，请补办科室负责人审核", MONDAY)
        assert item.url.endswith("/follow-up/")
        for person in (cast.chen, cast.zhao):
            assert not worklist.work_waiting(person.viewer, today=MONDAY)
            (late,) = worklist.work_waiting(person.viewer, today=MONDAY + timedelta(days=1))
            assert "逾期没有补办" in late.sentence
            assert late.urgency == "overdue"

    def test_lapses_when_a_corrected_version_takes_its_place(self, cast: Cast) -> None:
        record = records.released_urgently(cast)
        drafter = cast.li.acting(Duty.DRAFT_RECORDS)
        publishing.open_correction(record_id=record.pk, reason="日期有误", actor=drafter, at=casting.later())
        record = review.submit(record_id=record.pk, actor=drafter, at=casting.later())
        head = cast.wang.acting(Duty.REVIEW_AS_SECTION_HEAD)
        record = review.approve(record_id=record.pk, digest=record.digest, actor=head, at=casting.later())
        record = records.sign(cast, record)
        officer = cast.chen.acting(Duty.PUBLISH_RECORDS)
        publishing.publish(record_id=record.pk, actor=officer, at=casting.later())
        assert not worklist.work_waiting(cast.wang.viewer, today=AT.date())
        with pytest.raises(urgency.CannotFollowUp, match="没有等待补审"):
            _follow_up(cast.wang, record)


class TestFollowingUp:
    def test_agrees_and_leaves_a_decision_on_the_released_version(self, cast: Cast) -> None:
        record = _follow_up(cast.wang, records.released_urgently(cast))
        assert record.state == "published"
        with scoping.narrow_to([cast.agency.pk]):
            decision = Decision.objects.get(record=record, stage="section_head")
        assert (decision.outcome, decision.decider_name, decision.digest) == ("approve", "王", record.digest)
        assert [owed.outcome for owed in _owed(record)] == ["approve"]
        assert not worklist.work_waiting(cast.wang.viewer, today=AT.date())

    def test_has_it_corrected_by_its_drafter_with_the_opinion(self, cast: Cast) -> None:
        record = _follow_up(cast.wang, records.released_urgently(cast), "correct", "第三段有误。")
        assert (record.state, record.correction_reason) == ("correcting", "紧急发布后经审核予以更正")
        assert record.writers == [cast.li.user.pk]
        assert AuditEvent.objects.get(action="record.demand_correction").detail["opinion"] == "第三段有误。"
        (item,) = worklist.work_waiting(cast.li.viewer, today=AT.date())
        assert item.sentence == "更正还没有提交审核"

    def test_asks_those_who_may_to_withdraw_it(self, cast: Cast) -> None:
        record = _follow_up(cast.wang, records.released_urgently(cast), "withdraw", "不应公开。")
        assert record.state == "published"
        for person in (cast.chen, cast.zhao):
            (item,) = worklist.work_waiting(person.viewer, today=AT.date())
            assert item.sentence == "王补审要求撤下，请办理：不应公开。"
        leader = cast.zhao.acting(Duty.WITHDRAW_RECORDS)
        publishing.withdraw(record_id=record.pk, ground="内容有误", actor=leader, at=casting.later())
        assert not worklist.work_waiting(cast.chen.viewer, today=AT.date())

    @pytest.mark.parametrize("outcome", ["correct", "withdraw"])
    def test_objects_with_an_opinion_only(self, cast: Cast, outcome: str) -> None:
        with pytest.raises(urgency.CannotFollowUp, match="写明意见"):
            _follow_up(cast.wang, records.released_urgently(cast), outcome, " ")

    def test_is_not_for_who_wrote_it_though_publishing_forgot_the_writers(self, cast: Cast) -> None:
        person = Person(casting.person("冯", post=CASEWORK, agency=cast.agency), cast.agency)
        drafter = person.acting(Duty.DRAFT_RECORDS)
        record = drafting.draft(content=records.content(), actor=drafter, at=AT)
        urgency.mark(record_id=record.pk, reason="暴雪", actor=cast.chen.acting(Duty.PUBLISH_RECORDS), at=AT)
        record = review.submit(record_id=record.pk, actor=drafter, at=AT)
        record = records.clear(cast, records.sign(cast, record))
        publishing.publish(record_id=record.pk, actor=cast.chen.acting(Duty.PUBLISH_RECORDS), at=AT)
        assert _row(record).writers == []
        with pytest.raises(urgency.CannotFollowUp, match="起草或者修改"):
            _follow_up(person, record)

    def test_is_not_for_who_signed_it_where_three_persons_are_asked_for(self, cast: Cast) -> None:
        both = Person(casting.person("冯", post={Post.SECTION_HEAD, Post.LEADER}, agency=cast.agency), cast.agency)
        record = records.urgent(cast)
        signer = both.acting(Duty.SIGN_RECORDS)
        record = review.approve(record_id=record.pk, digest=record.digest, actor=signer, at=AT)
        record = records.clear(cast, record)
        publishing.publish(record_id=record.pk, actor=cast.chen.acting(Duty.PUBLISH_RECORDS), at=AT)
        with pytest.raises(urgency.CannotFollowUp, match="3个人"):
            _follow_up(both, record)
        assert _follow_up(cast.wang, record).state == "published"

    def test_happens_once_and_in_the_post_of_the_stage(self, cast: Cast) -> None:
        record = records.released_urgently(cast)
        said = urgency.Said("section_head", "approve")
        with pytest.raises(urgency.CannotFollowUp, match="不由您的岗位"):
            urgency.follow_up(record_id=record.pk, said=said, actor=cast.zhao.acting(Duty.SIGN_RECORDS), at=AT)
        _follow_up(cast.wang, record)
        with pytest.raises(urgency.CannotFollowUp, match="没有等待"):
            _follow_up(cast.wang, record)

    def test_another_agency_finds_nothing(self, cast: Cast) -> None:
        with pytest.raises(acting.NoSuchRecord):
            _follow_up(cast.zhou, records.released_urgently(cast))
