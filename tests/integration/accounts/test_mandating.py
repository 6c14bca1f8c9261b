"""代办: a superior office acts for an agency without staff, only while the mandate lasts, and every act says so."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from gongkai.accounts import viewer as viewers
from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.domain.posts import CASEWORK, Post
from gongkai.accounts.models import Mandate
from gongkai.accounts.services import mandating, posting
from gongkai.accounts.services.mandating import CannotEndMandate, CannotGrantMandate, Wish
from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.records.models import Decision
from gongkai.records.selectors import case_file, worklist
from gongkai.records.services import clearance, drafting, review
from gongkai.records.services.clearance import Conclusion, Verdict
from tests import cast as casting
from tests.cast import AT, Person
from tests.factories import records

pytestmark = pytest.mark.django_db
TODAY = AT.date()
LAST = TODAY + timedelta(days=30)
WORK = (Post.DRAFTER, Post.SECTION_HEAD, Post.LEADER, Post.SECRECY_REVIEWER, Post.DISCLOSURE_OFFICER)


@pytest.fixture
def city() -> Agency:
    return casting.agency("shi", "某市人民政府")


@pytest.fixture
def station(city: Agency) -> Agency:
    """Nobody works there."""
    return casting.agency("zhan", "某站", parent=city)


@pytest.fixture
def guard(city: Agency) -> Person:
    return Person(casting.person("安", post=Post.SECURITY_ADMIN, agency=city), city)


@pytest.fixture
def wish(city: Agency, station: Agency) -> Wish:
    return Wish(
        agency_id=station.pk,
        office_id=city.pk,
        posts=WORK,
        valid_from=TODAY,
        valid_until=LAST,
        basis="市政办函〔2026〕3号",
    )


def _grant(guard: Person, wish: Wish, **changes: Any) -> Mandate:
    return mandating.grant(wish=replace(wish, **changes), actor=guard.acting(Duty.GRANT_POSTS), at=AT)


def _seats(person: Person, on: date = TODAY) -> set[str]:
    return {seat.agency_code for seat in viewers.viewer_of(person.user, on=on).seats.values()}


class TestTheSeat:
    def test_exists_from_the_first_to_the_last_day_in_the_posts_held_at_the_office(
        self, city: Agency, guard: Person, wish: Wish
    ) -> None:
        officer = Person(casting.person("何", post={Post.DISCLOSURE_OFFICER, Post.SUPERVISOR}, agency=city), city)
        _grant(guard, wish)
        assert _seats(officer) == {"shi", "zhan"}
        assert _seats(officer, LAST) == {"shi", "zhan"}
        assert _seats(officer, LAST + timedelta(days=1)) == {"shi"}
        assert _seats(officer, TODAY - timedelta(days=1)) == {"shi"}
        seat = officer.viewer.seat_at("zhan")
        assert seat is not None
        assert seat.posts == {Post.DISCLOSURE_OFFICER}
        assert seat.office_of(Post.DISCLOSURE_OFFICER) == "某市人民政府"

    def test_is_not_given_for_posts_outside_the_mandate_nor_to_administrators(
        self, city: Agency, guard: Person, wish: Wish
    ) -> None:
        drafter = Person(casting.person("乔", post=Post.DRAFTER, agency=city), city)
        _grant(guard, wish, posts=(Post.LEADER,))
        assert _seats(drafter) == {"shi"}
        assert _seats(guard) == {"shi"}

    def test_ends_where_the_mandate_is_ended_earlier(self, city: Agency, guard: Person, wish: Wish) -> None:
        officer = Person(casting.person("何", post=CASEWORK, agency=city), city)
        mandate = _grant(guard, wish)
        mandating.end(mandate_id=mandate.pk, last_day=TODAY, actor=guard.acting(Duty.GRANT_POSTS), at=AT)
        assert _seats(officer) == {"shi", "zhan"}
        assert _seats(officer, TODAY + timedelta(days=1)) == {"shi"}

    def test_keeps_an_own_post_there_as_own(self, city: Agency, station: Agency, guard: Person, wish: Wish) -> None:
        officer = Person(casting.person("何", post=CASEWORK, agency=city), city)
        _grant(guard, wish, posts=(Post.LEADER,))
        grant = posting.Grant(person_id=officer.user.pk, agency_id=station.pk, post=Post.LEADER, valid_from=TODAY)
        posting.grant(wish=grant, actor=guard.acting(Duty.GRANT_POSTS), at=AT)
        actor = viewers.actor_for(officer.viewer, agency_id=station.pk, duty=Duty.SIGN_RECORDS)
        assert actor.office == ""

    def test_carries_the_deputy_along(self, city: Agency, station: Agency, guard: Person, wish: Wish) -> None:
        deputy = Person(casting.person("何", post=Post.DRAFTER, agency=city), city)
        deputy.user.holdings.update(is_deputy=True)
        _grant(guard, wish)
        actor = viewers.actor_for(deputy.viewer, agency_id=station.pk, duty=Duty.DRAFT_RECORDS)
        assert (actor.as_deputy, actor.office) == (True, "某市人民政府")


class TestTheWork:
    def test_is_recorded_as_done_on_behalf_in_every_line_and_decision(
        self, city: Agency, station: Agency, guard: Person, wish: Wish
    ) -> None:
        first, second, third = (Person(casting.person(name, post=WORK, agency=city), station) for name in "何吕施")
        _grant(guard, wish)
        drafter = first.acting(Duty.DRAFT_RECORDS)
        record = drafting.draft(content=records.content(), actor=drafter, at=AT)
        assert record.agency_id == station.pk
        record = review.submit(record_id=record.pk, actor=drafter, at=AT)
        assert worklist.reviews_waiting(second.viewer, station.pk)
        for person, duty in ((second, Duty.REVIEW_AS_SECTION_HEAD), (third, Duty.SIGN_RECORDS)):
            review.approve(record_id=record.pk, digest=record.digest, actor=person.acting(duty), at=AT)
        conclusion = Conclusion(record.digest, Verdict.PUBLISH)
        actor = second.acting(Duty.CLEAR_SECRECY)
        clearance.clear(record_id=record.pk, conclusion=conclusion, actor=actor, at=AT)
        with scoping.narrow_to([station.pk]):
            decided = Decision.objects.filter(record=record).values_list("office", "is_on_behalf").distinct()
            assert list(decided) == [("某市人民政府", True)]
        lines = AuditEvent.objects.filter(subject_type="record", subject_id=str(record.pk))
        assert lines.count() == 5
        assert {(line.detail["office"], line.detail["on_behalf"], line.agency_code) for line in lines} == {
            ("某市人民政府", True, "zhan")
        }

    def test_leaves_drafter_and_signer_different_persons(
        self, city: Agency, station: Agency, guard: Person, wish: Wish
    ) -> None:
        person = Person(casting.person("何", post=WORK, agency=city), station)
        _grant(guard, wish)
        drafter = person.acting(Duty.DRAFT_RECORDS)
        record = drafting.draft(content=records.content(), actor=drafter, at=AT)
        record = review.submit(record_id=record.pk, actor=drafter, at=AT)
        with pytest.raises(review.CannotDecide, match="起草"):
            review.approve(
                record_id=record.pk, digest=record.digest, actor=person.acting(Duty.REVIEW_AS_SECTION_HEAD), at=AT
            )

    def test_shows_who_is_waited_for(self, station: Agency, guard: Person, wish: Wish) -> None:
        _grant(guard, wish)
        assert case_file.holders(station.pk, on=TODAY)["leader"] == "某市人民政府代办"


class TestGranting:
    @pytest.mark.parametrize(
        ("changes", "reason"),
        [
            ({"valid_until": TODAY - timedelta(days=1)}, "早于开始"),
            ({"posts": ()}, "选择代办的岗位"),
            ({"posts": (Post.SUPERVISOR,)}, "选择代办的岗位"),
            ({"posts": (Post.SECURITY_ADMIN,)}, "选择代办的岗位"),
            ({"basis": "  "}, "依据文件"),
            ({"basis": "长" * 201}, "依据文件"),
        ],
    )
    def test_needs_posts_days_and_a_document(
        self, guard: Person, wish: Wish, changes: dict[str, Any], reason: str
    ) -> None:
        with pytest.raises(CannotGrantMandate, match=reason):
            _grant(guard, wish, **changes)
        assert Mandate.objects.count() == 0

    def test_goes_to_a_superior_only(self, city: Agency, station: Agency, guard: Person, wish: Wish) -> None:
        neighbour = casting.agency("lin", "邻局", parent=city)
        with pytest.raises(CannotGrantMandate, match="不是某站的上级"):
            _grant(guard, wish, office_id=neighbour.pk)
        with pytest.raises(CannotGrantMandate, match="不是某市人民政府的上级"):
            _grant(guard, wish, office_id=station.pk, agency_id=city.pk)

    def test_is_not_for_posts_that_the_agency_staffs(self, station: Agency, guard: Person, wish: Wish) -> None:
        casting.person("孟", post=Post.LEADER, agency=station)
        with pytest.raises(CannotGrantMandate, match="已有人任单位负责人"):
            _grant(guard, wish)
        assert _grant(guard, wish, posts=(Post.DRAFTER,)).posts == ["drafter"]

    def test_is_not_for_a_second_nameplate(self, city: Agency, station: Agency, guard: Person, wish: Wish) -> None:
        plate = casting.agency("pai", "另一块牌子", parent=city, staffed_by=station)
        with pytest.raises(CannotGrantMandate, match="合署"):
            _grant(guard, wish, agency_id=plate.pk)

    def test_is_not_given_twice_at_the_same_time(self, guard: Person, wish: Wish) -> None:
        _grant(guard, wish)
        with pytest.raises(CannotGrantMandate, match="已有代办"):
            _grant(guard, wish, valid_from=LAST, valid_until=LAST)
        later = LAST + timedelta(days=1)
        assert _grant(guard, wish, valid_from=later, valid_until=later).pk

    def test_and_ending_leave_their_lines(self, guard: Person, wish: Wish) -> None:
        mandate = _grant(guard, wish)
        actor = guard.acting(Duty.GRANT_POSTS)
        mandating.end(mandate_id=mandate.pk, last_day=TODAY, actor=actor, at=AT)
        with pytest.raises(CannotEndMandate, match="已经终止"):
            mandating.end(mandate_id=mandate.pk, last_day=TODAY, actor=actor, at=AT)
        lines = AuditEvent.objects.filter(action__startswith="mandate.").order_by("id")
        assert [(line.action, line.detail["by"], line.detail["basis"]) for line in lines] == [
            ("mandate.grant", "某市人民政府", "市政办函〔2026〕3号"),
            ("mandate.end", "某市人民政府", "市政办函〔2026〕3号"),
        ]


def test_acting_for_others_costs_one_more_query(
    city: Agency, guard: Person, wish: Wish, django_assert_num_queries: Any
) -> None:
    officer = casting.person("何", post=WORK, agency=city)
    _grant(guard, wish)
    with django_assert_num_queries(2):
        assert len(viewers.viewer_of(officer, on=TODAY).seats) == 2
