"""A substitute acts in the post of an absent colleague, as deputy, for the days of the absence and no longer."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from gongkai.accounts import viewer as viewers
from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.domain.posts import Post
from gongkai.accounts.models import Absence, PostHolding, Substitute, User
from gongkai.accounts.services import standing_in
from gongkai.accounts.services.standing_in import (
    CannotAnnounceAbsence,
    CannotAppointSubstitute,
    CannotCancelAbsence,
    CannotEndSubstitution,
    Days,
)
from gongkai.accounts.viewer import SYSTEM
from gongkai.groundwork import scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.records import selectors as records_selectors
from gongkai.records.models import Decision
from gongkai.records.services import review
from tests import cast as casting
from tests.cast import AT, Cast
from tests.factories import records

pytestmark = pytest.mark.django_db

TODAY = AT.date()
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def cast() -> Iterator[Cast]:
    """甲局, where 王 heads the section and 赵 may stand in for her."""
    assembled = casting.assemble()
    with scoping.narrow_to([assembled.agency.pk]):
        yield assembled


def holding(user: User) -> PostHolding:
    return PostHolding.objects.filter(user=user).order_by("id")[0]


def appoint(cast: Cast, *, person: User | None = None, post: PostHolding | None = None) -> Substitute:
    return standing_in.appoint(
        holding_id=(post or holding(cast.wang.user)).pk,
        person_id=(person or cast.zhao.user).pk,
        valid_from=TODAY,
        actor=SYSTEM,
        at=AT,
    )


def away(cast: Cast, first: date = TODAY, last: date = TOMORROW, *, at: datetime = AT) -> Absence:
    actor = cast.chen.acting(Duty.KEEP_ABSENCES)
    return standing_in.announce(person_id=cast.wang.user.pk, days=Days(first=first, last=last), actor=actor, at=at)


def posts_of_zhao(cast: Cast, on: date) -> frozenset[Post]:
    return viewers.viewer_of(cast.zhao.user, on=on).seats[cast.agency.pk].posts


class TestStandingIn:
    def test_the_substitute_has_the_post_on_the_days_of_the_absence_only(self, cast: Cast) -> None:
        appoint(cast)
        away(cast)
        held = [Post.SECTION_HEAD in posts_of_zhao(cast, TODAY + timedelta(days=days)) for days in (-1, 0, 1, 2)]
        assert held == [False, True, True, False]

    def test_without_an_absence_nothing_changes(self, cast: Cast) -> None:
        appoint(cast)
        assert posts_of_zhao(cast, TODAY) == {Post.LEADER}

    def test_an_absence_without_a_substitute_gives_nobody_anything(self, cast: Cast) -> None:
        away(cast)
        assert posts_of_zhao(cast, TODAY) == {Post.LEADER}

    def test_an_ended_arrangement_no_longer_counts(self, cast: Cast) -> None:
        substitute = appoint(cast)
        away(cast)
        standing_in.end(substitute_id=substitute.pk, last_day=TODAY, actor=SYSTEM, at=AT)
        assert Post.SECTION_HEAD not in posts_of_zhao(cast, TOMORROW)

    def test_the_seat_says_for_whom(self, cast: Cast) -> None:
        appoint(cast)
        away(cast)
        seat = viewers.viewer_of(cast.zhao.user, on=TODAY).seats[cast.agency.pk]
        assert [(each.post, each.name) for each in seat.stands_in] == [(Post.SECTION_HEAD, "王")]
        assert seat.deputy_posts == {Post.SECTION_HEAD}

    def test_a_decision_is_taken_in_the_own_name_as_deputy(self, cast: Cast) -> None:
        appoint(cast)
        away(cast)
        record = records.submitted(cast)
        actor = cast.zhao.acting(Duty.REVIEW_AS_SECTION_HEAD)
        review.approve(record_id=record.pk, digest=record.digest, actor=actor, at=AT)
        decision = Decision.objects.get(record=record)
        assert (decision.decider_name, decision.post, decision.as_deputy) == ("赵", "section_head", True)

    def test_the_drafts_of_an_absent_colleague_wait_for_the_substitute(self, cast: Cast) -> None:
        record = records.returned(cast)
        standing_in.appoint(
            holding_id=holding(cast.li.user).pk, person_id=cast.wang.user.pk, valid_from=TODAY, actor=SYSTEM, at=AT
        )
        days = Days(first=TODAY, last=TODAY)
        standing_in.announce(person_id=cast.li.user.pk, days=days, actor=SYSTEM, at=AT)
        waiting = records_selectors.work_waiting(cast.wang.viewer, today=TODAY)
        assert [item.title for item in waiting] == [record.title]

    def test_one_query_finds_all_posts(self, cast: Cast, django_assert_num_queries: object) -> None:
        appoint(cast)
        away(cast)
        with django_assert_num_queries(1):  # type: ignore[operator]
            viewers.viewer_of(cast.zhao.user, on=TODAY)


class TestAppoint:
    def test_it_is_written_down(self, cast: Cast) -> None:
        appoint(cast)
        detail = AuditEvent.objects.get(action="substitute.appoint").detail
        assert (detail["person"], detail["stands_in_for"], detail["post"]) == ("赵", "王", "section_head")

    def test_nobody_stands_in_for_themselves(self, cast: Cast) -> None:
        with pytest.raises(CannotAppointSubstitute, match="本人"):
            appoint(cast, person=cast.wang.user)

    def test_somebody_from_another_body_is_refused(self, cast: Cast) -> None:
        with pytest.raises(CannotAppointSubstitute, match="本单位"):
            appoint(cast, person=cast.zhou.user)

    def test_an_administrator_has_no_substitute(self, cast: Cast) -> None:
        security = casting.person("孔", post=Post.SECURITY_ADMIN, agency=cast.agency)
        with pytest.raises(CannotAppointSubstitute, match="另设人员"):
            appoint(cast, post=holding(security))

    def test_twice_the_same_is_refused(self, cast: Cast) -> None:
        appoint(cast)
        with pytest.raises(CannotAppointSubstitute, match="已经是"):
            appoint(cast)

    def test_ending_twice_is_refused(self, cast: Cast) -> None:
        substitute = appoint(cast)
        standing_in.end(substitute_id=substitute.pk, last_day=TODAY, actor=SYSTEM, at=AT)
        with pytest.raises(CannotEndSubstitution):
            standing_in.end(substitute_id=substitute.pk, last_day=TODAY, actor=SYSTEM, at=AT)


class TestAbsence:
    def test_it_is_written_down_without_a_reason(self, cast: Cast) -> None:
        away(cast)
        detail = AuditEvent.objects.get(action="absence.announce").detail
        assert detail == {"person": "王", "first_day": "2026-11-20", "last_day": "2026-11-21"}

    def test_days_in_the_wrong_order_are_refused(self, cast: Cast) -> None:
        with pytest.raises(CannotAnnounceAbsence, match="早于"):
            away(cast, TOMORROW, TODAY)

    def test_days_that_are_over_are_refused(self, cast: Cast) -> None:
        with pytest.raises(CannotAnnounceAbsence, match="过去"):
            away(cast, TODAY - timedelta(days=9), TODAY - timedelta(days=1))

    def test_today_is_the_day_of_the_office(self, cast: Cast) -> None:
        past_midnight = AT.replace(hour=0, minute=30)  # still the day before in UTC
        assert away(cast, TODAY, TODAY, at=past_midnight).first_day == TODAY

    def test_overlapping_days_are_refused(self, cast: Cast) -> None:
        away(cast)
        with pytest.raises(CannotAnnounceAbsence, match="重叠"):
            away(cast, TOMORROW, TOMORROW)

    def test_one_to_come_is_cancelled_and_never_counted(self, cast: Cast) -> None:
        appoint(cast)
        absence = away(cast, TOMORROW, TOMORROW)
        standing_in.cancel(absence_id=absence.pk, today=TODAY, actor=SYSTEM, at=AT)
        assert Post.SECTION_HEAD not in posts_of_zhao(cast, TOMORROW)

    def test_one_that_has_begun_ends_before_today_and_stays_on_record(self, cast: Cast) -> None:
        appoint(cast)
        absence = away(cast)
        standing_in.cancel(absence_id=absence.pk, today=TOMORROW, actor=SYSTEM, at=AT)
        assert Post.SECTION_HEAD in posts_of_zhao(cast, TODAY)
        assert Post.SECTION_HEAD not in posts_of_zhao(cast, TOMORROW)

    def test_cancelling_twice_is_refused(self, cast: Cast) -> None:
        absence = away(cast)
        standing_in.cancel(absence_id=absence.pk, today=TODAY, actor=SYSTEM, at=AT)
        with pytest.raises(CannotCancelAbsence):
            standing_in.cancel(absence_id=absence.pk, today=TODAY, actor=SYSTEM, at=AT)
