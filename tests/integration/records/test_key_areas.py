"""Key areas: columns belong by the common catalogue or by the agency's word; the public counts with them."""

import pytest

from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork import scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.law import vocabulary
from gongkai.published.selectors import key_areas as public
from gongkai.published.selectors import remembered
from gongkai.records.domain import statutory_tree
from gongkai.records.selectors import key_areas as selector
from gongkai.records.selectors import scope
from gongkai.records.services import key_areas
from gongkai.records.services.key_areas import CannotAssign
from tests.cast import AT, Cast
from tests.factories import records

pytestmark = pytest.mark.django_db
BUDGET, CHARGES, STATISTICS = "art20_07_budget.budget", "art20_08_charges", "art20_04_statistics"


def _assign(cast: Cast, area: str, *columns: str) -> None:
    key_areas.assign(area=area, columns=columns, actor=cast.chen.acting(Duty.KEEP_CATALOGUE), at=AT)


def _counts(cast: Cast, year: int | None = None) -> dict[str, int]:
    found = selector.counts(cast.chen.viewer, cast.agency.pk, year=year)
    return {count.area.id: count.how_many for count in found if count.how_many}


def test_the_common_columns_of_the_vocabulary_are_in_the_common_catalogue() -> None:
    areas = vocabulary.key_areas()
    assert {code for area in areas.values() for code in area.columns} <= statutory_tree.BY_CODE.keys()
    assert all(areas[area.parent].parent == "" for area in areas.values() if area.parent)


def test_what_is_public_counts_by_part_and_year(cast: Cast) -> None:
    records.published(cast, column_code=BUDGET)
    records.published(cast, column_code=CHARGES, title="收费目录")
    records.published(cast, title="无关的通知")
    assert _counts(cast) == {"finance.budget": 1, "finance.charges": 1}
    assert _counts(cast, 2026) == {"finance.budget": 1, "finance.charges": 1}
    assert _counts(cast, 2025) == {}


def test_the_agency_says_which_columns_belong_and_the_public_follows(cast: Cast) -> None:
    record = records.published(cast, column_code=STATISTICS)
    _assign(cast, "finance.debt", STATISTICS, CHARGES)
    remembered.forget_everything()
    assert _counts(cast) == {"finance.debt": 1}
    assert public.counts(None) == {"finance.debt": 1}
    assert [entry.pk for entry in public.entries("finance.debt", limit=10, offset=0)] == [record.entry_id]
    _assign(cast, "finance.debt")
    remembered.forget_everything()
    assert public.counts(None) == {}
    with scoping.narrow_to([cast.agency.pk]):
        assert CHARGES not in selector.of_columns(cast.agency.pk)
    assert AuditEvent.objects.filter(action="key_area.assigned").count() == 2


@pytest.mark.parametrize(
    ("area", "column"),
    [("finance", BUDGET), ("nowhere", BUDGET), ("finance.budget", "statutory"), ("finance.budget", "x")],
)
def test_what_is_refused_assigns_nothing(cast: Cast, area: str, column: str) -> None:
    with pytest.raises(CannotAssign):
        _assign(cast, area, column)
    assert not AuditEvent.objects.filter(action="key_area.assigned").exists()


def test_another_agency_is_asked_for_itself_only(cast: Cast) -> None:
    _assign(cast, "finance.debt", STATISTICS)
    with scoping.narrow_to([cast.other_agency.pk]):
        assert STATISTICS not in selector.of_columns(cast.other_agency.pk)
    with pytest.raises(scope.NothingToSee):
        selector.counts(cast.zhou.viewer, cast.agency.pk, year=None)
