"""Many people release at once: no number is given twice, none is lost, and a release that fails leaves no gap."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from gongkai.accounts.viewer import SYSTEM
from gongkai.published.models import Entry
from gongkai.published.services import releasing
from tests.integration.published import building

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, EACH = 8, 5


def _at_once(work: Callable[[], None]) -> None:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE) as people:
        for done in [people.submit(run) for _ in range(PEOPLE)]:
            done.result()


def _serials() -> list[int]:
    return sorted(int(number.rpartition("-")[2]) for number in Entry.objects.values_list("index_number", flat=True))


def test_people_who_release_at_once_get_different_numbers_without_gaps() -> None:
    agency = building.agency()

    def release() -> None:
        for _ in range(EACH):
            building.entry(agency.pk)

    _at_once(release)
    assert _serials() == list(range(1, PEOPLE * EACH + 1))


def test_blocks_for_the_same_agencies_in_any_order_do_not_lock_each_other_out() -> None:
    one, other = building.agency(), building.agency("gaj", organisation_code="014416349")

    def release() -> None:
        for order in ((one, other), (other, one)):
            contents = [building.content(agency.pk) for agency in order for _ in range(EACH)]
            releasing.release_many(contents, actor=SYSTEM, at=building.AT)

    _at_once(release)
    assert Entry.objects.values("index_number").distinct().count() == PEOPLE * EACH * 4
    assert _serials() == sorted([*range(1, PEOPLE * EACH * 2 + 1)] * 2)


def test_a_release_that_is_undone_gives_its_number_back() -> None:
    agency = building.agency()
    with transaction.atomic():
        building.entry(agency.pk)
        transaction.set_rollback(True)  # as when the caller's act fails afterwards
    assert building.entry(agency.pk).index_number.endswith("-00001")
