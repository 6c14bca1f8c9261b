"""Pages by key: no row is missed or shown twice, in either direction."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import QueryDict

from gongkai.groundwork.audit.models import AuditEvent
from gongkai.groundwork.ui.paging import KeysetPage, keyset_page

pytestmark = pytest.mark.django_db
ORDER = ("-at", "-id")


@pytest.fixture
def _rows() -> None:
    # Three events at each moment, a microsecond apart from the next: ties and fine differences.
    start = datetime(2026, 3, 5, tzinfo=UTC)
    AuditEvent.objects.bulk_create(
        AuditEvent(at=start + timedelta(microseconds=number // 3), actor_name="李", action="a", subject_type="s")
        for number in range(23)
    )


def _page(query: str) -> KeysetPage[AuditEvent]:
    return keyset_page(AuditEvent.objects.all(), order=ORDER, query=QueryDict(query.lstrip("?")), size=5)


def _all() -> list[int]:
    return list(AuditEvent.objects.order_by(*ORDER).values_list("id", flat=True))


@pytest.mark.usefixtures("_rows")
class TestPages:
    def test_going_on_shows_every_row_once(self) -> None:
        seen: list[int] = []
        url = "?kind=x"
        while url:
            page = _page(url)
            seen += [row.pk for row in page.items]
            url = page.later_url
            assert not url or "kind=x" in url
        assert seen == _all()

    def test_going_back_shows_the_same_pages(self) -> None:
        pages = [_page("")]
        while pages[-1].later_url:
            pages.append(_page(pages[-1].later_url))
        back = _page(pages[-1].earlier_url)
        assert back.items == pages[-2].items
        assert _page(back.earlier_url).items == pages[-3].items

    def test_the_first_page_offers_no_way_back_and_the_last_none_on(self) -> None:
        first = _page("")
        assert (first.first_url, first.earlier_url) == ("", "")
        last = first
        while last.later_url:
            last = _page(last.later_url)
        assert last.earlier_url
        assert len(last.items) == 3

    def test_a_row_that_arrives_meanwhile_moves_nothing(self) -> None:
        second = _page("").later_url
        before = _page(second).items
        AuditEvent.objects.create(at=datetime(2027, 1, 1, tzinfo=UTC), actor_name="李", action="a", subject_type="s")
        assert _page(second).items == before

    def test_going_back_beyond_the_beginning_shows_the_whole_first_page(self) -> None:
        second = _page(_page("").later_url)
        AuditEvent.objects.create(at=datetime(2027, 1, 1, tzinfo=UTC), actor_name="李", action="a", subject_type="s")
        assert _page(second.earlier_url).items == tuple(AuditEvent.objects.order_by(*ORDER)[1:6])
        assert len(_page(_page(second.earlier_url).earlier_url).items) == 5

    @pytest.mark.parametrize("place", ["after=x", "after=bnVsbA", "before=%00", "after=WzFd", "after=WyJhIiwiYiJd"])
    def test_a_place_that_cannot_be_read_means_the_first_page(self, place: str) -> None:
        assert _page(place).items == _page("").items


def test_an_empty_list_has_one_empty_page() -> None:
    page = _page("")
    assert (page.items, page.later_url, page.earlier_url) == ((), "", "")
