"""A joint document stands once, under its lead's number, in the lists of all its issuers, and counts once."""

import datetime
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.accounts.viewer import SYSTEM
from gongkai.agencies.models import Agency
from gongkai.published.models import Entry, EntryIssuer
from gongkai.published.selectors import filtering, listing
from gongkai.published.selectors.filtering import Conditions
from gongkai.published.selectors.listing import Shelf, Slice
from gongkai.published.services import releasing, withdrawing
from tests.integration.published import building
from tests.portal.conftest import index

__all__ = ["index"]
pytestmark = building.COMMITTING


@pytest.fixture
def lead() -> Agency:
    return building.agency("lead", name="清江市民政局", short_name="市民政局")


@pytest.fixture
def other(lead: Agency) -> Agency:
    return building.agency("other", name="清江市财政局", short_name="市财政局")


def _day(number: int) -> datetime.datetime:
    return building.AT + datetime.timedelta(days=number)


def _joint(lead: Agency, other: Agency, number: int, **values: object) -> Entry:
    fixed = {"title": f"联合{number}", "node_code": "plans", "joint_node_code": "plans", "published_at": _day(number)}
    return building.entry(lead.pk, joint_agency_ids=(other.pk,), **fixed | values)


def _own(agency: Agency, number: int) -> Entry:
    return building.entry(agency.pk, title=f"单独{number}", node_code="plans", published_at=_day(number))


def _titles(found: Slice) -> list[str]:
    return [row.title for row in found.rows]


@pytest.mark.parametrize("shelf", [(), ("plans",), ("plans", "plans.five")])
def test_pages_of_a_co_issuer_hold_both_kinds_in_order(lead: Agency, other: Agency, shelf: tuple[str, ...]) -> None:
    for number in range(6):
        _joint(lead, other, number) if number % 2 else _own(other, number)
    where = Shelf(other.pk, shelf)
    first = listing.newest(where, limit=4)
    assert _titles(first) == ["联合5", "单独4", "联合3", "单独2"]
    assert first.has_older
    rest = listing.newest(where, limit=4, older_than=first.rows[-1].place)
    assert _titles(rest) == ["联合1", "单独0"]
    assert not rest.has_older
    back = listing.newest(where, limit=4, newer_than=rest.rows[0].place)
    assert _titles(back) == _titles(first)
    assert _titles(listing.oldest(where, limit=1)) == ["单独0"]
    assert _titles(listing.newest(Shelf(other.pk, shelf, year=2026), limit=9)) == _titles(first) + _titles(rest)


def test_it_stands_once_in_the_whole_list_and_counts_once(lead: Agency, other: Agency) -> None:
    _joint(lead, other, 1)
    _own(other, 2)
    assert _titles(listing.newest(Shelf(), limit=9)) == ["单独2", "联合1"]
    assert listing.count_all() == 2
    assert listing.count_by_agency() == {lead.pk: 1, other.pk: 2}
    assert listing.count_by_column(other.pk) == {"plans": 2}
    assert listing.count_by_column(lead.pk) == {"plans": 1}


def test_it_keeps_the_number_of_its_lead(lead: Agency, other: Agency) -> None:
    entry = _joint(lead, other, 1)
    (row,) = listing.newest(Shelf(other.pk), limit=1).rows
    assert (row.id, row.index_number, row.agency_id) == (entry.pk, entry.index_number, lead.pk)


def test_the_lead_is_no_issuer_beside_itself(lead: Agency) -> None:
    building.entry(lead.pk, joint_agency_ids=(lead.pk,))
    assert not EntryIssuer.objects.exists()


def test_a_correction_may_change_who_issued_it(lead: Agency, other: Agency) -> None:
    entry = _joint(lead, other, 1)
    third = building.agency("third", name="清江市教育局")
    content = building.content(lead.pk, joint_agency_ids=(third.pk,))
    releasing.release_correction(entry_id=entry.pk, content=content, reason="更正", actor=SYSTEM, at=_day(2))
    assert _titles(listing.newest(Shelf(other.pk), limit=9)) == []
    assert [row.id for row in listing.newest(Shelf(third.pk), limit=9).rows] == [entry.pk]


def test_a_withdrawn_one_leaves_every_list(lead: Agency, other: Agency) -> None:
    entry = _joint(lead, other, 1)
    withdrawing.withdraw(entry_id=entry.pk, ground="依据", actor=SYSTEM, at=_day(2))
    for shelf in (Shelf(), Shelf(lead.pk), Shelf(other.pk), Shelf(other.pk, ("plans",))):
        assert _titles(listing.newest(shelf, limit=9)) == []
    assert listing.count_by_agency() == {}


def test_the_database_filter_finds_it_under_each_issuer(lead: Agency, other: Agency) -> None:
    entry = _joint(lead, other, 1)
    for agency in (lead, other):
        count, rows = filtering.newest(Conditions(agency_code=agency.code), first=0, limit=9)
        assert (count, [row.id for row in rows]) == (1, [entry.pk])


def test_search_and_interface_name_all_issuers(
    lead: Agency, other: Agency, client: Client, index: Callable[[], None]
) -> None:
    entry = _joint(lead, other, 1, title="关于养老服务补贴的通知")
    index()
    for code in (lead.code, other.code):
        found = client.get("/api/public/v1/entries", {"q": "养老服务", "agency": code}).json()
        assert [row["id"] for row in found["results"]] == [entry.pk]
    found = client.get("/api/public/v1/entries", {"q": "养老服务"}).json()
    assert found["count"] == 1
    assert {(value["value"], value["count"]) for value in found["facets"]["agency"]} == {("lead", 1), ("other", 1)}
    assert client.get(f"/api/public/v1/entries/{entry.pk}").json()["joint_agency_codes"] == ["other"]


def test_an_agency_without_joint_documents_asks_no_more_than_before(lead: Agency, other: Agency) -> None:
    _joint(lead, other, 1)
    listing.newest(Shelf(lead.pk), limit=1)
    with CaptureQueriesContext(connection) as queries:
        listing.newest(Shelf(lead.pk), limit=1)
    assert len(queries) == 1
    with CaptureQueriesContext(connection) as queries:
        listing.newest(Shelf(other.pk), limit=1)
    assert len(queries) == 2


def test_the_list_of_a_co_issuer_is_read_off_the_index(lead: Agency, other: Agency) -> None:
    _joint(lead, other, 1)
    with CaptureQueriesContext(connection) as queries:
        listing.newest(Shelf(other.pk), limit=1)
    sql = next(query["sql"] for query in queries if "entryissuer" in query["sql"] and "ORDER BY" in query["sql"])
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {'QUERY PLAN' if connection.vendor == 'sqlite' else ''} {sql}")
        plan = "\n".join(str(row) for row in cursor.fetchall())
    assert "issuer_newest" in plan
    assert "B-TREE" not in plan
