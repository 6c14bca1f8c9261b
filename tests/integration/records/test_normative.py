"""Normative documents: numbers given once, findings as evidence, warnings in time, and rounds of clean-up."""

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork import scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.published.models import Entry, ValidityChange
from gongkai.records.domain import normative as domain
from gongkai.records.domain.normative import Finding, Outcome
from gongkai.records.models import CleanUp, CleanUpItem, Evaluation, Record, Registration
from gongkai.records.selectors import normative as selector
from gongkai.records.services import acting, publishing
from gongkai.records.services.normative import announcing, cleaning, evaluating, registering, ruling
from gongkai.records.services.normative.ruling import Rule
from tests import cast as casting
from tests.cast import AT, Cast
from tests.factories import records

pytestmark = pytest.mark.django_db
TODAY = AT.date()
LATER = casting.later()


def _document(cast: Cast, title: str = "供暖管理办法", *, at: datetime = AT, **values: object) -> Record:
    return records.published(cast, at=at, title=title, is_normative=True, **values)


def _evaluate(cast: Cast, record: Record, outcome: Outcome, **values: object) -> Evaluation:
    finding = Finding(outcome=outcome, reason=str(values.pop("reason", "仍需执行")), **values)  # type: ignore[arg-type]
    actor = cast.chen.acting(Duty.KEEP_NORMATIVE)
    return evaluating.evaluate(record_id=record.pk, finding=finding, actor=actor, at=LATER)


def _rule(cast: Cast, template: str) -> None:
    ruling.set_rule(rule=Rule(registration_template=template), actor=cast.chen.acting(Duty.KEEP_NORMATIVE), at=AT)


def _now(record: Record) -> Record:
    with scoping.narrow_to([record.agency_id]):
        return Record.objects.get(pk=record.pk)


def _numbers(cast: Cast) -> list[str]:
    with scoping.narrow_to([cast.agency.pk]):
        return list(Registration.objects.order_by("id").values_list("number", flat=True))


class TestNumbers:
    def test_a_document_gets_its_number_when_it_becomes_public_and_the_public_sees_it(self, cast: Cast) -> None:
        _rule(cast, "JJGS-{yyyy}-{seq:1}")
        first, second = _document(cast), _document(cast, "排水管理办法")
        records.published(cast, title="普通通知")
        assert _numbers(cast) == ["JJGS-2026-1", "JJGS-2026-2"]
        assert Entry.objects.get(pk=first.entry_id).registration_number == "JJGS-2026-1"
        assert AuditEvent.objects.filter(action="record.register", subject_id=str(second.pk)).count() == 1

    def test_without_a_rule_nothing_is_numbered_by_itself(self, cast: Cast) -> None:
        record = _document(cast)
        assert _numbers(cast) == []
        with pytest.raises(registering.CannotRegister, match="还没有设定"):
            registering.register(record_id=record.pk, actor=cast.chen.acting(Duty.KEEP_NORMATIVE), at=LATER)

    def test_a_number_entered_by_hand_is_never_given_again(self, cast: Cast) -> None:
        actor = cast.chen.acting(Duty.KEEP_NORMATIVE)
        old, other = _document(cast), _document(cast, "排水管理办法")
        registering.register(record_id=old.pk, number=" JJGS-2026-1 ", actor=actor, at=LATER)
        with pytest.raises(registering.CannotRegister, match="用过"):
            registering.register(record_id=other.pk, number="JJGS-2026-1", actor=actor, at=LATER)
        _rule(cast, "JJGS-{yyyy}-{seq:1}")
        registering.register(record_id=other.pk, actor=actor, at=LATER)
        assert _numbers(cast) == ["JJGS-2026-1", "JJGS-2026-2"]

    def test_two_agencies_may_have_the_same_number_and_neither_reaches_the_other(self, cast: Cast) -> None:
        record = _document(cast)
        with pytest.raises(acting.NoSuchRecord):
            registering.register(
                record_id=record.pk, number="X-1", actor=cast.zhou.acting(Duty.KEEP_NORMATIVE), at=LATER
            )

    @pytest.mark.parametrize("number", ["长" * 41, "机密★10年"])
    def test_what_is_no_number_is_refused(self, cast: Cast, number: str) -> None:
        record = _document(cast)
        with pytest.raises(registering.CannotRegister):
            registering.register(
                record_id=record.pk, number=number, actor=cast.chen.acting(Duty.KEEP_NORMATIVE), at=LATER
            )

    def test_an_ordinary_notice_has_no_registration_number(self, cast: Cast) -> None:
        record = records.published(cast)
        with pytest.raises(registering.CannotRegister, match="只有规范性文件"):
            registering.register(
                record_id=record.pk, number="X-1", actor=cast.chen.acting(Duty.KEEP_NORMATIVE), at=LATER
            )

    @pytest.mark.parametrize("template", ["GS-{seq:1}", "GS-{yyyy}", "{org9}-{yyyy}-{seq:1}", "规-{yyyy}-{seq:1}"])
    def test_a_template_without_year_and_serial_alone_is_refused(self, cast: Cast, template: str) -> None:
        with pytest.raises(ruling.CannotSetRule):
            _rule(cast, template)

    def test_a_number_cannot_be_changed_afterwards(self, cast: Cast) -> None:
        record = _document(cast)
        actor = cast.chen.acting(Duty.KEEP_NORMATIVE)
        registering.register(record_id=record.pk, number="X-1", actor=actor, at=LATER)
        with scoping.narrow_to([cast.agency.pk]), pytest.raises(DatabaseError), transaction.atomic():
            Registration.objects.update(number="X-2")


class TestEvaluation:
    def test_a_document_that_continues_gets_another_last_day_with_evidence(self, cast: Cast) -> None:
        record = _document(cast, expires_on=date(2026, 12, 31))
        kept = _evaluate(cast, record, Outcome.CONTINUE, expires_on=date(2031, 12, 31))
        assert (kept.expired_on, kept.expires_on, kept.evaluator_name) == (
            date(2026, 12, 31),
            date(2031, 12, 31),
            "陈",
        )
        entry = Entry.objects.get(pk=record.entry_id)
        assert (entry.expires_on, entry.validity) == (date(2031, 12, 31), "valid")
        assert ValidityChange.objects.get(entry=entry).basis == "仍需执行"
        assert _now(record).expires_on == date(2031, 12, 31)
        assert AuditEvent.objects.filter(action="record.evaluate", subject_id=str(record.pk)).exists()

    @pytest.mark.parametrize(
        ("outcome", "validity"),
        [(Outcome.REPEAL, "repealed"), (Outcome.INVALIDATE, "expired"), (Outcome.AMEND, "valid")],
    )
    def test_the_end_is_public_at_once_and_an_amendment_is_an_opinion_only(
        self, cast: Cast, outcome: Outcome, validity: str
    ) -> None:
        record = _document(cast)
        _evaluate(cast, record, outcome)
        assert Entry.objects.get(pk=record.entry_id).validity == validity
        assert _now(record).validity == validity

    @pytest.mark.parametrize(
        ("values", "reason"),
        [
            ({"outcome": Outcome.CONTINUE, "reason": " "}, "理由"),
            ({"outcome": Outcome.CONTINUE, "expires_on": TODAY}, "晚于今天"),
            ({"outcome": Outcome.REPEAL, "expires_on": date(2031, 1, 1)}, "继续有效"),
            ({"outcome": Outcome.REPEAL, "reason": "机密★10年"}, "国家秘密标志"),
        ],
    )
    def test_what_is_refused_leaves_no_evidence(self, cast: Cast, values: dict[str, object], reason: str) -> None:
        record = _document(cast)
        with pytest.raises(evaluating.CannotEvaluate, match=reason):
            _evaluate(cast, record, values.pop("outcome"), **values)  # type: ignore[arg-type]
        with scoping.narrow_to([cast.agency.pk]):
            assert not Evaluation.objects.exists()

    def test_only_public_documents_that_hold_are_looked_at_again(self, cast: Cast) -> None:
        ended = _document(cast)
        _evaluate(cast, ended, Outcome.REPEAL)
        for record in (ended, records.published(cast, title="通知"), records.draft(cast, is_normative=True)):
            with pytest.raises(evaluating.CannotEvaluate):
                _evaluate(cast, record, Outcome.REPEAL)

    def test_a_renewed_document_gets_another_number_and_the_old_one_stays_taken(self, cast: Cast) -> None:
        _rule(cast, "JJGS-{yyyy}-{seq:1}")
        record = _document(cast)
        finding = Finding(outcome=Outcome.CONTINUE, reason="仍需执行", expires_on=date(2031, 1, 1))
        actor = cast.chen.acting(Duty.KEEP_NORMATIVE)
        evaluating.evaluate(record_id=record.pk, finding=finding, renumber=True, actor=actor, at=LATER)
        assert _numbers(cast) == ["JJGS-2026-1", "JJGS-2026-2"]
        assert Entry.objects.get(pk=record.entry_id).registration_number == "JJGS-2026-2"

    def test_a_correction_under_way_is_finished_first_and_given_up_keeps_the_new_day(self, cast: Cast) -> None:
        record = _document(cast, expires_on=date(2026, 12, 31))
        _evaluate(cast, record, Outcome.CONTINUE, expires_on=date(2031, 12, 31))
        writer = cast.li.acting(Duty.DRAFT_RECORDS)
        publishing.open_correction(record_id=record.pk, reason="错字", actor=writer, at=LATER)
        with pytest.raises(evaluating.CannotEvaluate, match="正在更正"):
            _evaluate(cast, record, Outcome.CONTINUE, expires_on=date(2036, 12, 31))
        publishing.abandon_correction(record_id=record.pk, actor=writer, at=LATER)
        assert _now(record).expires_on == date(2031, 12, 31)

    def test_another_agency_finds_no_such_document(self, cast: Cast) -> None:
        record = _document(cast)
        finding = Finding(outcome=Outcome.REPEAL, reason="x")
        actor = cast.zhou.acting(Duty.KEEP_NORMATIVE)
        with pytest.raises(acting.NoSuchRecord):
            evaluating.evaluate(record_id=record.pk, finding=finding, actor=actor, at=LATER)


class TestWarnings:
    def _sentences(self, cast: Cast, on: date) -> list[tuple[str, str]]:
        return [(item.sentence, item.title) for item in selector.work_waiting(cast.chen.viewer, today=on)]

    def test_half_a_year_before_the_office_is_told_and_in_the_last_month_of_each(self, cast: Cast) -> None:
        _document(cast, expires_on=date(2027, 12, 31))
        last = date(2027, 12, 31)
        assert self._sentences(cast, last - timedelta(days=181)) == []
        assert self._sentences(cast, last - timedelta(days=180)) == [("规范性文件半年内到期，请组织评估", "1件")]
        assert len(self._sentences(cast, last - timedelta(days=30))) == 2
        assert self._sentences(cast, last + timedelta(days=1)) == []

    def test_the_drafter_hears_of_the_own_document_and_a_stranger_of_none(self, cast: Cast) -> None:
        _document(cast, expires_on=TODAY + timedelta(days=10))
        (item,) = selector.work_waiting(cast.li.viewer, today=TODAY)
        assert item.due_on == TODAY + timedelta(days=10)
        assert list(selector.work_waiting(cast.zhou.viewer, today=TODAY)) == []
        assert selector.work_counts(cast.chen.viewer, today=TODAY) == (2, 0)

    def test_lists_agree_with_their_counts(self, cast: Cast) -> None:
        _document(cast, "一", expires_on=TODAY + timedelta(days=20))
        _document(cast, "二", expires_on=TODAY + timedelta(days=80))
        _document(cast, "三")
        _evaluate(cast, _document(cast, "四"), Outcome.REPEAL)
        counts = selector.counts(cast.chen.viewer, cast.agency.pk, today=TODAY)
        assert (counts.in_force, counts.no_end, counts.ended) == (3, 1, 1)
        assert counts.ending == {180: 2, 90: 2, 30: 1}
        for show, number in (("in_force", 3), ("no_end", 1), ("ended", 1), ("180", 2), ("30", 1)):
            assert selector.documents(cast.chen.viewer, cast.agency.pk, show, today=TODAY).count() == number

    @pytest.mark.parametrize(
        ("days", "stage"), [(181, None), (180, 180), (91, 180), (90, 90), (31, 90), (30, 30), (0, 30)]
    )
    def test_notices_come_at_180_90_and_30_days(self, days: int, stage: int | None) -> None:
        assert domain.stage(days) == stage

    def test_a_period_ends_the_day_before_and_a_trial_is_shorter(self) -> None:
        assert domain.last_day(date(2024, 2, 29), 5) == date(2029, 2, 28)
        assert domain.last_day(date(2026, 1, 1), 5) == date(2030, 12, 31)
        assert domain.period_years("管理办法", on=TODAY, own={}) == 5
        assert domain.period_years("管理办法（试行）", on=TODAY, own={}) == 2
        assert domain.period_years("管理办法", on=TODAY, own={domain.PERIOD: 3}) == 3


class TestCleanUp:
    def _open(self, cast: Cast) -> CleanUp:
        actor = cast.chen.acting(Duty.KEEP_NORMATIVE)
        return cleaning.open_round(title="2026年规范性文件清理", cutoff_on=TODAY, actor=actor, at=LATER)

    def _items(self, row: CleanUp) -> dict[str, int]:
        with scoping.narrow_to([row.agency_id]):
            return dict(CleanUpItem.objects.values_list("record__title", "pk"))

    def _decide(self, cast: Cast, row: CleanUp, titles: list[str], outcome: Outcome, **values: object) -> int:
        items = self._items(row)
        finding = Finding(outcome=outcome, reason="清理意见", **values)  # type: ignore[arg-type]
        actor = cast.chen.acting(Duty.KEEP_NORMATIVE)
        ids = [items[title] for title in titles]
        return cleaning.decide(clean_up_id=row.pk, item_ids=ids, finding=finding, actor=actor, at=LATER)

    def _close(self, cast: Cast, row: CleanUp) -> CleanUp:
        return cleaning.close(clean_up_id=row.pk, actor=cast.chen.acting(Duty.KEEP_NORMATIVE), at=LATER)

    def test_a_round_takes_what_holds_and_carries_everything_out_at_its_end(self, cast: Cast) -> None:
        keep, repeal = _document(cast, "甲办法"), _document(cast, "乙办法")
        _evaluate(cast, _document(cast, "早已废止的办法"), Outcome.REPEAL)
        records.published(cast, title="通知")
        row = self._open(cast)
        assert set(self._items(row)) == {"甲办法", "乙办法"}
        with pytest.raises(cleaning.CannotCleanUp, match="还有2件"):
            self._close(cast, row)
        self._decide(cast, row, ["甲办法"], Outcome.CONTINUE, expires_on=date(2031, 11, 20))
        self._decide(cast, row, ["乙办法"], Outcome.REPEAL)
        assert Entry.objects.get(pk=repeal.entry_id).validity == "valid"
        closed = self._close(cast, row)
        assert closed.closed_by == "陈"
        assert Entry.objects.get(pk=repeal.entry_id).validity == "repealed"
        assert Entry.objects.get(pk=keep.entry_id).expires_on == date(2031, 11, 20)
        with scoping.narrow_to([cast.agency.pk]):
            assert Evaluation.objects.filter(clean_up=row).count() == 2
        with pytest.raises(cleaning.CannotCleanUp, match="已经结束"):
            self._close(cast, row)

    def test_an_outcome_may_be_thought_over_until_the_end(self, cast: Cast) -> None:
        record = _document(cast, "甲办法")
        row = self._open(cast)
        self._decide(cast, row, ["甲办法"], Outcome.REPEAL)
        self._decide(cast, row, ["甲办法"], Outcome.AMEND)
        self._close(cast, row)
        assert Entry.objects.get(pk=record.entry_id).validity == "valid"

    def test_what_changed_meanwhile_is_noted_and_stops_nothing(self, cast: Cast) -> None:
        gone, other = _document(cast, "甲办法"), _document(cast, "乙办法")
        row = self._open(cast)
        self._decide(cast, row, ["甲办法", "乙办法"], Outcome.REPEAL)
        publishing.withdraw(record_id=gone.pk, ground="有误", actor=cast.zhao.acting(Duty.WITHDRAW_RECORDS), at=LATER)
        self._close(cast, row)
        assert Entry.objects.get(pk=other.entry_id).validity == "repealed"
        with scoping.narrow_to([cast.agency.pk]):
            assert CleanUpItem.objects.exclude(obstacle="").get().record_id == gone.pk

    def test_one_document_that_does_not_fit_keeps_all_as_they_are(self, cast: Cast) -> None:
        _document(cast, "甲办法")
        _evaluate(cast, ended := _document(cast, "乙办法"), Outcome.AMEND)
        row = self._open(cast)
        _evaluate(cast, ended, Outcome.REPEAL)
        with pytest.raises(cleaning.CannotCleanUp, match="乙办法"):
            self._decide(cast, row, ["甲办法", "乙办法"], Outcome.REPEAL)
        with scoping.narrow_to([cast.agency.pk]):
            assert not CleanUpItem.objects.exclude(outcome="").exists()

    def test_one_round_at_a_time_and_none_over_nothing(self, cast: Cast) -> None:
        with pytest.raises(cleaning.CannotCleanUp, match="没有现行有效"):
            self._open(cast)
        _document(cast)
        self._open(cast)
        with pytest.raises(cleaning.CannotCleanUp, match="还没有结束"):
            self._open(cast)

    def test_another_agency_has_no_such_round(self, cast: Cast) -> None:
        _document(cast)
        row = self._open(cast)
        with pytest.raises(acting.NoSuchRecord):
            cleaning.close(clean_up_id=row.pk, actor=cast.zhou.acting(Duty.KEEP_NORMATIVE), at=LATER)

    def test_the_result_becomes_a_draft_with_its_lists(self, cast: Cast) -> None:
        _document(cast, "甲办法<b>", document_number="甲发〔2026〕1号")
        row = self._open(cast)
        writer = cast.li.acting(Duty.DRAFT_RECORDS)
        with pytest.raises(announcing.CannotAnnounce):
            announcing.draft_notice(clean_up_id=row.pk, actor=writer, at=LATER)
        self._decide(cast, row, ["甲办法<b>"], Outcome.REPEAL)
        self._close(cast, row)
        notice = announcing.draft_notice(clean_up_id=row.pk, actor=writer, at=LATER)
        assert notice.title == "甲局关于2026年规范性文件清理结果的公告"
        assert notice.state == "draft"
        assert "甲办法&lt;b&gt;" in notice.body_html
        assert "废止的规范性文件（1件）" in notice.body_text
