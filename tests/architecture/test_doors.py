"""Default closed: every desk URL has a door, and the duty matrix and the doors fit each other."""

import pytest

from gongkai.accounts.domain import duties, posts
from gongkai.accounts.domain.duties import Duty
from tests.architecture import doors

pytestmark = pytest.mark.pure

# Pages before sign-in. A new one is a deliberate step.
OPEN_TO_ANYONE = {"accounts:sign_in"}


def _demanded(url: doors.DeskUrl) -> tuple[Duty, ...]:
    if isinstance(url.access, tuple):
        return url.access
    return (url.access,) if isinstance(url.access, Duty) else ()


def test_every_desk_url_has_a_door() -> None:
    urls = doors.desk_urls()
    assert len(urls) > 10
    assert [str(url) for url in urls if url.access is None] == []


def test_only_the_pages_before_sign_in_are_open_to_anyone() -> None:
    assert {url.name for url in doors.desk_urls() if url.access == "anyone"} == OPEN_TO_ANYONE


def test_a_page_of_an_agency_asks_for_a_duty_at_that_agency() -> None:
    without = [str(url) for url in doors.desk_urls() if url.is_of_an_agency and not isinstance(url.access, tuple)]
    assert without == []


def test_every_duty_that_a_door_demands_is_carried_by_some_post() -> None:
    demanded = {duty for url in doors.desk_urls() for duty in _demanded(url)}
    assert {duty for duty in demanded if not duties.posts_with(duty)} == set()


def test_every_duty_of_the_matrix_opens_some_door() -> None:
    demanded = {duty for url in doors.desk_urls() for duty in _demanded(url)}
    granted = {duty for held in duties.DUTIES.values() for duty in held}
    assert granted - demanded == set()


def test_administrators_hold_no_casework_duty() -> None:
    casework = duties.casework_duties() - {Duty.SEE_TODAY}
    for post in posts.ADMINISTRATORS:
        assert duties.DUTIES[post] & casework == frozenset(), post
