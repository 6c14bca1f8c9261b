"""Lists run newest first, by key, and leave out what is withdrawn."""

import datetime

import pytest

from gongkai.accounts.viewer import SYSTEM
from gongkai.published.models import Entry
from gongkai.published.selectors import listing
from gongkai.published.selectors.listing import Place, Shelf
from gongkai.published.services import withdrawing
from tests.integration.published import building

pytestmark = pytest.mark.django_db


def _titles(found: listing.Slice) -> list[str]:
    return [row.title for row in found.rows]


def _five(agency_id: int, **values: object) -> list[Entry]:
    # Two at the same moment: the id decides.
    days = [1, 2, 2, 3, 4]
    return [
        building.entry(
            agency_id,
            title=f"第{number}",
            published_at=building.AT + datetime.timedelta(days=day),
            **values,
        )
        for number, day in enumerate(days)
    ]


def test_pages_follow_each_other_forwards_and_backwards_without_gap_or_repetition() -> None:
    _five(building.agency().pk)
    shelf = Shelf()
    first = listing.newest(shelf, limit=2)
    assert (_titles(first), first.has_newer, first.has_older) == (["第4", "第3"], False, True)
    second = listing.newest(shelf, limit=2, older_than=first.rows[-1].place)
    assert (_titles(second), second.has_newer, second.has_older) == (["第2", "第1"], True, True)
    third = listing.newest(shelf, limit=2, older_than=second.rows[-1].place)
    assert (_titles(third), third.has_newer, third.has_older) == (["第0"], True, False)
    back = listing.newest(shelf, limit=2, newer_than=third.rows[0].place)
    assert (_titles(back), back.has_newer) == (["第2", "第1"], True)
    assert _titles(listing.oldest(shelf, limit=2)) == ["第1", "第0"]


def test_columns_are_merged_in_order_of_time() -> None:
    agency = building.agency()
    _five(agency.pk, node_code="plans")
    building.entry(
        agency.pk, title="夹在中间", node_code="budget", published_at=building.AT + datetime.timedelta(days=3, hours=1)
    )
    building.entry(agency.pk, title="别处", node_code="elsewhere")
    shelf = Shelf(agency_id=agency.pk, node_codes=("plans", "budget"))
    assert _titles(listing.newest(shelf, limit=3)) == ["第4", "夹在中间", "第3"]
    assert _titles(listing.oldest(shelf, limit=9))[:3] == ["第4", "夹在中间", "第3"]


def test_a_withdrawn_entry_leaves_every_list() -> None:
    agency = building.agency()
    entries = _five(agency.pk, node_code="plans", in_library=True)
    withdrawing.withdraw(entry_id=entries[4].pk, ground="依据", actor=SYSTEM, at=building.AT)
    for shelf in (Shelf(), Shelf(agency.pk), Shelf(agency.pk, ("plans",)), Shelf(in_library=True), Shelf(year=2026)):
        assert _titles(listing.newest(shelf, limit=1)) == ["第3"]
    assert [row.id for row in listing.by_ids([entries[4].pk, entries[0].pk])] == [entries[0].pk]


def test_a_year_begins_at_local_midnight() -> None:
    agency = building.agency()
    new_year = datetime.datetime(2026, 1, 1, tzinfo=building.SHANGHAI)
    building.entry(agency.pk, title="元旦", published_at=new_year)
    building.entry(agency.pk, title="除夕", published_at=new_year - datetime.timedelta(seconds=1))
    assert _titles(listing.newest(Shelf(year=2026), limit=5)) == ["元旦"]
    assert _titles(listing.newest(Shelf(year=2025), limit=5)) == ["除夕"]


def test_neighbours_stand_in_the_same_column() -> None:
    agency = building.agency()
    entries = _five(agency.pk, node_code="plans")
    building.entry(agency.pk, node_code="budget", published_at=building.AT + datetime.timedelta(days=2, hours=1))
    newer, older = listing.neighbours(entries[2])
    assert newer
    assert older
    assert (newer.title, older.title) == ("第3", "第1")
    assert listing.neighbours(entries[4])[0] is None
    assert listing.neighbours(entries[0])[1] is None


def test_counts_leave_out_what_is_withdrawn() -> None:
    agency = building.agency()
    entries = _five(agency.pk, node_code="plans")
    withdrawing.withdraw(entry_id=entries[0].pk, ground="依据", actor=SYSTEM, at=building.AT)
    assert listing.count_by_column(agency.pk) == {"plans": 4}
    assert listing.count_by_agency() == {agency.pk: 4}


@pytest.mark.parametrize("text", ["", "1", "1-", "-1", "a-b", "1-2-3", "9" * 30 + "-1", "１-２", "1-" + "9" * 30])
def test_a_place_that_was_tampered_with_is_no_place(text: str) -> None:
    with pytest.raises(ValueError):
        Place.parse(text)


def test_a_place_survives_in_a_url() -> None:
    place = Place(building.AT + datetime.timedelta(microseconds=1), 42)
    assert Place.parse(str(place)) == place
