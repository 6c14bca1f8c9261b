"""What waits for whom: never the own work to review, never another agency's, the pressing things marked."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.viewer import Viewer
from gongkai.groundwork.worklist import Urgency, WorkKind
from gongkai.records import selectors
from gongkai.records.domain.stages import SIGN_OFF, Scheme, Stage
from gongkai.records.selectors import case_file, listing, scope
from gongkai.records.selectors.listing import Wanted
from gongkai.records.services import clearance, drafting, review, schemes
from gongkai.records.services.clearance import Conclusion, Verdict
from tests import cast as casting
from tests.cast import AT, Cast, Person
from tests.factories import records

pytestmark = pytest.mark.django_db
TODAY = AT.date()


def _waiting(person: Person, *, today: date = TODAY) -> list[tuple[str, str]]:
    return sorted((item.kind, item.title) for item in selectors.work_waiting(person.viewer, today=today))


class TestWorkWaiting:
    def test_each_person_finds_what_is_theirs(self, cast: Cast) -> None:
        records.draft(cast, title="草稿")
        records.returned(cast, title="退回的")
        records.submitted(cast, title="送审的")
        records.reviewed(cast, title="待签的")
        records.signed(cast, title="已签未审查的")
        records.cleared(cast, title="可以发布的")
        records.published(cast, title="已经公开的")
        assert _waiting(cast.li) == [("draft", "草稿"), ("returned", "退回的")]
        assert _waiting(cast.wang) == [("review", "送审的")]
        assert _waiting(cast.zhao) == [("review", "待签的")]
        assert _waiting(cast.chen) == [
            ("due", "可以发布的"),
            ("review", "已签未审查的"),
            ("review", "待签的"),
            ("review", "送审的"),
        ]
        assert _waiting(cast.zhou) == []

    def test_the_line_says_what_to_do_and_leads_there(self, cast: Cast) -> None:
        record = records.reviewed(cast)
        (item,) = selectors.work_waiting(cast.zhao.viewer, today=TODAY)
        assert item.sentence == "请签发李提交的信息"
        assert (item.agency_name, item.who, item.due_on) == ("甲局", "李", date(2026, 12, 14))
        assert item.url == f"/desk/jia-ju/records/{record.pk}/review/"

    def test_own_work_is_not_offered_for_review_though_one_holds_the_post(self) -> None:
        first, second, third = casting.town_of_three()
        drafter = first.acting(Duty.DRAFT_RECORDS)
        record = drafting.draft(content=records.content(), actor=drafter, at=AT)
        record = review.submit(record_id=record.pk, actor=drafter, at=AT)
        assert _waiting(first) == []
        # As reviewer; clearing the same record is not listed twice.
        assert [kind for kind, _ in _waiting(second)] == ["review"]
        review.approve(
            record_id=record.pk,
            digest=record.digest,
            actor=second.acting(Duty.REVIEW_AS_SECTION_HEAD),
            at=casting.later(),
        )
        sentences = [item.sentence for item in selectors.work_waiting(second.viewer, today=TODAY)]
        assert sentences == ["请对钱提交的信息作保密审查"]
        assert [item.sentence for item in selectors.work_waiting(third.viewer, today=TODAY)] == ["请签发钱提交的信息"]

    def test_a_referred_clearance_stays_on_the_list_an_exempt_one_does_not(self, cast: Cast) -> None:
        for verdict in (Verdict.REFER, Verdict.EXEMPT):
            record = records.submitted(cast, title=verdict.label)
            conclusion = Conclusion(record.digest, verdict, "待定")
            actor = cast.chen.acting(Duty.CLEAR_SECRECY)
            clearance.clear(record_id=record.pk, conclusion=conclusion, actor=actor, at=AT)
        assert _waiting(cast.chen) == [("review", "需报审")]

    def test_what_falls_due_reaches_those_who_answer_for_deadlines(self, cast: Cast) -> None:
        records.draft(cast, title="快到期的", created_on=date(2026, 10, 26))
        late = selectors.work_waiting(cast.chen.viewer, today=date(2026, 12, 1))
        assert [(item.kind, item.title, item.urgency) for item in late] == [(WorkKind.DUE, "快到期的", Urgency.OVERDUE)]
        assert selectors.work_counts(cast.chen.viewer, today=date(2026, 12, 1)) == (1, 1)
        assert _waiting(cast.chen, today=date(2026, 11, 10)) == []

    def test_what_is_kept_comes_up_when_it_is_to_be_looked_at_again(self, cast: Cast) -> None:
        records.kept(cast, reevaluate_on=date(2027, 1, 4))
        assert _waiting(cast.chen) == []
        (item,) = selectors.work_waiting(cast.chen.viewer, today=date(2026, 12, 10))
        assert (item.due_on, item.kind) == (date(2027, 1, 4), WorkKind.DUE)

    def test_a_signed_record_that_is_not_published_waits_to_be_kept(self, cast: Cast) -> None:
        drafter = cast.li.acting(Duty.DRAFT_RECORDS)
        single = Scheme((Stage(SIGN_OFF, "leader", "单位负责人签发"),), 2)
        schemes.choose(scheme=single, actor=cast.chen.acting(Duty.CHOOSE_REVIEW_SCHEME), at=AT)
        record = drafting.draft(content=records.not_public(title="内部办法"), actor=drafter, at=AT)
        record = review.submit(record_id=record.pk, actor=drafter, at=AT)
        assert _waiting(cast.chen) == []
        records.sign(cast, record)
        assert _waiting(cast.chen) == [("due", "内部办法")]

    def test_it_costs_the_same_for_many_records(
        self, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(12):
            records.submitted(cast, title=f"第{number}件")
        with django_assert_max_num_queries(12):
            assert len(_waiting(cast.wang)) == 12

    def test_somebody_without_a_seat_has_nothing(self) -> None:
        assert selectors.work_waiting(Viewer(user_id=1, name="无"), today=TODAY) == []
        assert selectors.work_counts(Viewer(user_id=1, name="无"), today=TODAY) == (0, 0)


class TestIsolation:
    def test_no_selector_shows_another_agency(self, cast: Cast) -> None:
        record = records.published(cast)
        stranger, place = cast.zhou.viewer, cast.agency.pk
        for read in (case_file.record, case_file.case_file, case_file.attachment):
            with pytest.raises(case_file.NotFound):
                read(stranger, place, record.pk)
            with pytest.raises(case_file.NotFound):
                read(stranger, cast.other_agency.pk, record.pk)
        for read_all in (listing.count_by_state, listing.columns_in_use, case_file.nodes, case_file.schemes):
            with pytest.raises(scope.NothingToSee):
                read_all(stranger, place)
        with pytest.raises(scope.NothingToSee):
            listing.records(stranger, place, Wanted())
        assert list(listing.records(stranger, cast.other_agency.pk, Wanted())) == []
