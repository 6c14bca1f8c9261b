"""Posts given and ended; the three administrators kept apart; what a viewer may then do."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from gongkai.accounts import viewer as viewers
from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.domain.posts import ADMINISTRATORS, Post
from gongkai.accounts.models import PostHolding, User
from gongkai.accounts.services import people, posting
from gongkai.accounts.services.posting import CannotEndPost, CannotGrantPost, Grant
from gongkai.accounts.viewer import SYSTEM, as_oneself
from gongkai.agencies.models import Agency
from gongkai.groundwork.audit.models import AuditEvent
from tests import cast
from tests.integration.accounts.building import NOW, TODAY, city, holder, person

pytestmark = pytest.mark.django_db


def wish(user: User, agency: Agency, post: Post = Post.DRAFTER, **changes: Any) -> Grant:
    return replace(Grant(person_id=user.pk, agency_id=agency.pk, post=post, valid_from=TODAY), **changes)


def give(user: User, agency: Agency, post: Post = Post.DRAFTER, **changes: Any) -> PostHolding:
    return posting.grant(wish=wish(user, agency, post, **changes), actor=SYSTEM, at=NOW)


class TestGrant:
    def test_a_post_gives_its_duties_from_its_first_to_its_last_day(self) -> None:
        user, agency = person(), city()
        give(user, agency, valid_until=TODAY + timedelta(days=1))
        able = [
            bool(viewers.viewer_of(user, on=TODAY + timedelta(days=days)).agencies_where(Duty.DRAFT_RECORDS))
            for days in (-1, 0, 1, 2)
        ]
        assert able == [False, True, True, False]

    def test_the_trail_says_who_got_what(self) -> None:
        user, agency = person(), city()
        give(user, agency, is_deputy=True)
        detail = AuditEvent.objects.get(action="post.grant").detail
        assert (detail["agency"], detail["post"], detail["is_deputy"]) == ("city", "drafter", True)

    @pytest.mark.parametrize("post", sorted(ADMINISTRATORS))
    def test_an_administrator_gets_no_other_post_and_a_case_worker_no_administration(self, post: Post) -> None:
        agency = city()
        administrator, worker = holder("admin", post, agency), holder("worker", Post.DRAFTER, agency)
        elsewhere = cast.agency("other", "另一局")
        with pytest.raises(CannotGrantPost, match="单独任职"):
            give(administrator, elsewhere, Post.LEADER)
        with pytest.raises(CannotGrantPost, match="单独任职"):
            give(worker, elsewhere, post)

    def test_after_one_post_has_ended_the_other_may_follow(self) -> None:
        agency = city()
        worker = person()
        give(worker, agency, valid_until=TODAY)
        with pytest.raises(CannotGrantPost):
            give(worker, agency, Post.AUDIT_ADMIN)
        assert give(worker, agency, Post.AUDIT_ADMIN, valid_from=TODAY + timedelta(days=1))

    def test_nobody_gives_themselves_a_post(self) -> None:
        agency = city()
        security = holder("security", Post.SECURITY_ADMIN, agency)
        with pytest.raises(CannotGrantPost, match="自己"):
            posting.grant(wish=wish(security, agency), actor=as_oneself(security), at=NOW)

    def test_the_same_post_is_not_given_twice_at_a_time(self) -> None:
        user, agency = person(), city()
        give(user, agency)
        with pytest.raises(CannotGrantPost, match="无需重复"):
            give(user, agency)

    def test_closed_accounts_ended_bodies_and_reversed_days_are_refused(self) -> None:
        user, agency = person(), city()
        ended = cast.agency("ended", "已撤局", valid_until=date(2026, 1, 31))
        with pytest.raises(CannotGrantPost, match="已经终止"):
            give(user, ended)
        with pytest.raises(CannotGrantPost, match="早于"):
            give(user, agency, valid_until=TODAY - timedelta(days=1))
        people.close(person_id=user.pk, actor=SYSTEM, at=NOW)
        with pytest.raises(CannotGrantPost, match="停用"):
            give(user, agency)
        assert not PostHolding.objects.exists()


class TestEnd:
    def test_an_ended_post_carries_through_its_last_day(self) -> None:
        user, agency = person(), city()
        holding = give(user, agency)
        posting.end(holding_id=holding.pk, last_day=TODAY + timedelta(days=3), actor=SYSTEM, at=NOW)
        assert viewers.viewer_of(user, on=TODAY + timedelta(days=3)).seats
        assert not viewers.viewer_of(user, on=TODAY + timedelta(days=4)).seats

    def test_a_post_ends_once_and_not_by_its_holder(self) -> None:
        user, agency = person(), city()
        holding = give(user, agency)
        with pytest.raises(CannotEndPost, match="自己"):
            posting.end(holding_id=holding.pk, last_day=TODAY, actor=as_oneself(user), at=NOW)
        posting.end(holding_id=holding.pk, last_day=TODAY, actor=SYSTEM, at=NOW)
        with pytest.raises(CannotEndPost, match="已经终止"):
            posting.end(holding_id=holding.pk, last_day=TODAY, actor=SYSTEM, at=NOW)

    def test_the_last_security_administrator_stays(self) -> None:
        agency = city()
        first = holder("first", Post.SECURITY_ADMIN, agency)
        holding = PostHolding.objects.get(user=first)
        with pytest.raises(CannotEndPost, match="最后一名"):
            posting.end(holding_id=holding.pk, last_day=TODAY, actor=SYSTEM, at=NOW)
        holder("second", Post.SECURITY_ADMIN, agency)
        assert posting.end(holding_id=holding.pk, last_day=TODAY, actor=SYSTEM, at=NOW).valid_until == TODAY


class TestTwoNameplates:
    def test_a_post_at_the_body_with_the_staff_holds_at_the_nameplate_too(self) -> None:
        agency, user = city(), person()
        plate = cast.agency("plate", "另一块牌子", staffed_by=agency)
        give(user, agency, is_deputy=True)
        viewer = viewers.viewer_of(user, on=TODAY)
        actor = viewers.actor_for(viewer, agency_id=plate.pk, duty=Duty.DRAFT_RECORDS)
        assert (actor.agency_code, actor.post, actor.as_deputy) == ("plate", "drafter", True)

    def test_an_administrator_stays_at_the_body_where_the_post_is_held(self) -> None:
        agency = city()
        cast.agency("plate", "另一块牌子", staffed_by=agency)
        viewer = viewers.viewer_of(holder("system", Post.SYSTEM_ADMIN, agency), on=TODAY)
        assert viewer.agency_ids == (agency.pk,)

    def test_a_nameplate_that_has_ended_gives_no_seat(self) -> None:
        agency, user = city(), person()
        cast.agency("plate", "另一块牌子", staffed_by=agency, valid_until=date(2026, 1, 31))
        give(user, agency)
        assert viewers.viewer_of(user, on=TODAY).agency_ids == (agency.pk,)

    def test_posts_are_given_at_the_body_with_the_staff_only(self) -> None:
        agency, user = city(), person()
        plate = cast.agency("plate", "另一块牌子", staffed_by=agency)
        with pytest.raises(CannotGrantPost, match="合署"):
            give(user, plate)


def test_who_is_looking_costs_one_query(django_assert_num_queries: Any) -> None:
    agency, user = city(), person()
    cast.agency("plate", "另一块牌子", staffed_by=agency)
    give(user, agency)
    give(user, agency, Post.LEADER)
    with django_assert_num_queries(1):
        assert len(viewers.viewer_of(user, on=TODAY).seats) == 2
