"""Release and withdrawal at a set time: every gate is asked again, and what did not happen is told."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork import scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.groundwork.work import timetable
from gongkai.published.models import Entry
from gongkai.records import tasks
from gongkai.records.domain.stages import CLEARANCE
from gongkai.records.models import Decision, Plan, Record
from gongkai.records.selectors import worklist
from gongkai.records.services import clearance, planning, publishing, review
from gongkai.records.services.clearance import Conclusion, Verdict
from tests import cast as casting
from tests.cast import AT, Cast
from tests.factories import records

pytestmark = pytest.mark.django_db
MORNING = AT + timedelta(days=1)


def _plan(cast: Cast, record: Record, due_at: datetime = MORNING) -> Plan:
    officer = cast.chen.acting(Duty.PUBLISH_RECORDS)
    return planning.plan_release(record_id=record.pk, due_at=due_at, actor=officer, at=casting.later())


def _again(record: Record) -> Record:
    with scoping.narrow_to([record.agency_id]):
        return Record.objects.get(pk=record.pk)


def _ended(cast: Cast) -> tuple[str, str]:
    with scoping.narrow_to([cast.agency.pk]):
        plan = Plan.objects.latest("pk")
    return plan.outcome, plan.reason


def _told(cast: Cast) -> list[str]:
    return [item.sentence for item in worklist.work_waiting(cast.chen.viewer, today=MORNING.date())]


class TestPlanRelease:
    def test_nothing_is_public_before_its_time(self, cast: Cast, client: Client) -> None:
        record = records.planned(cast)
        assert planning.carry_out_due(at=MORNING - timedelta(minutes=1)) == 0
        assert not Entry.objects.exists()
        assert _again(record).state == "signed"

    def test_at_its_time_it_goes_out_by_the_clock_in_the_name_of_the_office(self, cast: Cast) -> None:
        record = records.planned(cast)
        assert planning.carry_out_due(at=MORNING) == 1
        found = _again(record)
        entry = Entry.objects.get(pk=found.entry_id)
        assert (found.state, entry.published_at, entry.title) == ("published", MORNING, record.title)
        assert _ended(cast) == ("done", "")
        events = AuditEvent.objects.filter(subject_type="record", subject_id=str(record.pk)).order_by("-id")[:2]
        assert [(event.action, event.actor_id, event.agency_code) for event in events] == [
            ("record.publish", None, cast.agency.code),
            ("record.plan_done", None, cast.agency.code),
        ]
        assert events[1].detail == {"kind": "release", "planned_by": cast.chen.user.name}

    def test_early_in_the_morning_it_is_the_day_of_the_office_that_counts(self, cast: Cast) -> None:
        record = records.cleared(cast, effective_on=MORNING.date())
        early = MORNING.replace(hour=7).astimezone(UTC)
        _plan(cast, record, early)
        planning.carry_out_due(at=early)
        assert Entry.objects.get().validity == "valid"

    def test_it_happens_once(self, cast: Cast) -> None:
        records.planned(cast)
        assert planning.carry_out_due(at=MORNING) == 1
        assert planning.carry_out_due(at=MORNING) == 0
        assert Entry.objects.count() == 1

    def test_a_correction_goes_out_too(self, cast: Cast) -> None:
        record = records.correcting(cast)
        entry = Entry.objects.get(pk=record.entry_id)
        drafter = cast.li.acting(Duty.DRAFT_RECORDS)
        record = review.submit(record_id=record.pk, actor=drafter, at=casting.later())
        head = cast.wang.acting(Duty.REVIEW_AS_SECTION_HEAD)
        record = review.approve(record_id=record.pk, digest=record.digest, actor=head, at=casting.later())
        _plan(cast, records.sign(cast, record))
        planning.carry_out_due(at=MORNING)
        entry.refresh_from_db()
        assert (entry.version_number, entry.published_at) == (2, AT)

    @pytest.mark.parametrize("days", [-1, 0, 400])
    def test_a_time_that_has_passed_or_lies_too_far_ahead_is_refused(self, cast: Cast, days: int) -> None:
        record = records.cleared(cast)
        with pytest.raises(planning.CannotPlan, match="时间"):
            _plan(cast, record, AT + timedelta(days=days))

    def test_a_time_beyond_the_statutory_deadline_is_refused(self, cast: Cast) -> None:
        record = records.cleared(cast)
        assert record.due_on is not None
        with pytest.raises(planning.CannotPlan, match="晚于公开期限"):
            _plan(cast, record, AT + (record.due_on - AT.date()) + timedelta(days=1))
        assert _plan(cast, record, AT + (record.due_on - AT.date()))

    def test_what_is_late_already_may_still_be_planned(self, cast: Cast) -> None:
        record = records.cleared(cast, created_on=AT.date() - timedelta(days=90))
        assert _plan(cast, record)

    def test_without_clearance_nothing_is_planned(self, cast: Cast) -> None:
        record = records.signed(cast)
        with pytest.raises(planning.CannotPlan, match="保密审查"):
            _plan(cast, record)

    def test_a_second_plan_replaces_the_first(self, cast: Cast) -> None:
        record = records.planned(cast)
        _plan(cast, record, MORNING + timedelta(days=1))
        with scoping.narrow_to([cast.agency.pk]):
            assert list(Plan.objects.order_by("pk").values_list("outcome", flat=True)) == ["cancelled", ""]
        assert planning.carry_out_due(at=MORNING) == 0


class TestAGateThatNoLongerHolds:
    def _withdrawn_clearance(self, cast: Cast, record: Record) -> None:
        with scoping.narrow_to([cast.agency.pk]):
            Decision.objects.filter(record=record, stage=CLEARANCE).update(is_valid=False)

    def test_it_is_not_released_and_the_officer_is_told_why(self, cast: Cast) -> None:
        record = records.planned(cast)
        self._withdrawn_clearance(cast, record)
        assert planning.carry_out_due(at=MORNING) == 1
        assert not Entry.objects.exists()
        assert _ended(cast) == ("failed", "送审内容还没有经过保密审查，不能公开。")
        assert "定时发布没有办成：送审内容还没有经过保密审查，不能公开。" in _told(cast)
        events = AuditEvent.objects.filter(subject_type="record", subject_id=str(record.pk))
        assert events.latest("id").action == "record.plan_failed"

    def test_the_notice_goes_once_somebody_acts(self, cast: Cast) -> None:
        record = records.planned(cast)
        self._withdrawn_clearance(cast, record)
        planning.carry_out_due(at=MORNING)
        officer = cast.chen.acting(Duty.PUBLISH_RECORDS)
        review.send_back(record_id=record.pk, opinion="请重新送审", actor=officer, at=MORNING + timedelta(hours=1))
        assert not [sentence for sentence in _told(cast) if "没有办成" in sentence]

    def test_a_changed_conclusion_stops_it(self, cast: Cast) -> None:
        record = records.planned(cast)
        conclusion = Conclusion(record.digest, Verdict.REFER, "报上级确定")
        actor = cast.chen.acting(Duty.CLEAR_SECRECY)
        clearance.clear(record_id=record.pk, conclusion=conclusion, actor=actor, at=casting.later())
        planning.carry_out_due(at=MORNING)
        assert _ended(cast) == ("failed", "保密审查结论为“需报审”，不能公开。")

    def test_others_go_out_all_the_same(self, cast: Cast) -> None:
        first, second = records.planned(cast), records.planned(cast, document_number="甲政办发〔2026〕13号")
        self._withdrawn_clearance(cast, first)
        assert planning.carry_out_due(at=MORNING) == 2
        assert (_again(first).state, _again(second).state) == ("signed", "published")


class TestPlansThatActsOvertake:
    def test_published_by_hand(self, cast: Cast) -> None:
        record = records.planned(cast)
        publishing.publish(record_id=record.pk, actor=cast.chen.acting(Duty.PUBLISH_RECORDS), at=casting.later())
        assert _ended(cast)[0] == "overtaken"
        assert planning.carry_out_due(at=MORNING) == 0

    def test_recalled_and_changed(self, cast: Cast) -> None:
        record = records.planned(cast)
        review.recall(record_id=record.pk, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=casting.later())
        assert _ended(cast)[0] == "overtaken"
        assert planning.carry_out_due(at=MORNING) == 0

    def test_cancelled(self, cast: Cast) -> None:
        record = records.planned(cast)
        planning.cancel(record_id=record.pk, actor=cast.zhao.acting(Duty.WITHDRAW_RECORDS), at=casting.later())
        assert _ended(cast)[0] == "cancelled"
        assert planning.carry_out_due(at=MORNING) == 0

    def test_nothing_to_cancel(self, cast: Cast) -> None:
        record = records.cleared(cast)
        with pytest.raises(planning.CannotCancelPlan, match="没有设定"):
            planning.cancel(record_id=record.pk, actor=cast.chen.acting(Duty.PUBLISH_RECORDS), at=casting.later())


class TestPlanWithdrawal:
    def _plan(self, cast: Cast, record: Record, ground: str = "活动已经结束") -> Plan:
        leader = cast.zhao.acting(Duty.WITHDRAW_RECORDS)
        return planning.plan_withdrawal(
            record_id=record.pk, due_at=MORNING, ground=ground, actor=leader, at=casting.later()
        )

    def test_a_tombstone_with_the_ground_stands_there_from_then_on(self, cast: Cast, client: Client) -> None:
        record = records.published(cast)
        self._plan(cast, record)
        assert client.get(f"/entries/{record.entry_id}/").status_code == 200
        planning.carry_out_due(at=MORNING)
        page = client.get(f"/entries/{record.entry_id}/")
        assert page.status_code == 410
        assert "活动已经结束" in page.content.decode()
        assert _again(record).state == "withdrawn"

    def test_a_running_correction_does_not_stop_it(self, cast: Cast) -> None:
        record = records.published(cast)
        self._plan(cast, record)
        actor = cast.li.acting(Duty.DRAFT_RECORDS)
        publishing.open_correction(record_id=record.pk, reason="日期有误", actor=actor, at=casting.later())
        planning.carry_out_due(at=MORNING)
        assert _again(record).state == "withdrawn"

    @pytest.mark.parametrize(("ground", "words"), [(" ", "写明依据"), ("机密★10年", "国家秘密标志")])
    def test_a_missing_or_marked_ground_is_refused(self, cast: Cast, ground: str, words: str) -> None:
        record = records.published(cast)
        with pytest.raises(planning.CannotPlan, match=words):
            self._plan(cast, record, ground)

    def test_withdrawn_earlier_by_hand(self, cast: Cast) -> None:
        record = records.published(cast)
        self._plan(cast, record)
        leader = cast.zhao.acting(Duty.WITHDRAW_RECORDS)
        publishing.withdraw(record_id=record.pk, ground="内容有误", actor=leader, at=casting.later())
        assert _ended(cast)[0] == "overtaken"


def test_the_timetable_looks_every_five_minutes(cast: Cast) -> None:
    job = next(job for job in timetable.jobs() if job.task is tasks.carry_out_plans)
    assert job.slot.latest(AT + timedelta(minutes=4, seconds=59)) == AT
    assert job.slot.label() == "每 5 分钟"


def test_an_open_plan_is_unique_in_the_database(cast: Cast) -> None:
    record = records.planned(cast)
    with scoping.narrow_to([cast.agency.pk]):
        plan = Plan.objects.get(record=record)
        plan.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            plan.save(force_insert=True)


def test_what_was_planned_cannot_be_rewritten(cast: Cast) -> None:
    records.planned(cast)
    with pytest.raises(Exception, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE records_plan SET planner_name = 'x'")
