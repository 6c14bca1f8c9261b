"""Key areas (重点领域) of an agency: their columns, and how much of each is public in a year."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max
from django.utils import timezone

from gongkai.accounts.viewer import Viewer
from gongkai.law import vocabulary
from gongkai.published.models import LISTED, Entry
from gongkai.records.models import KeyAreaColumn
from gongkai.records.selectors import scope


@dataclass(frozen=True)
class AreaCount:
    """One part of a key area with its columns and what is public in them."""

    area: vocabulary.KeyArea
    columns: tuple[str, ...]
    how_many: int
    newest_on: date | None


def of_columns(agency_id: int) -> dict[str, str]:
    """The part of a key area to which each column belongs; inside a scope."""
    found = {code: area.id for area in vocabulary.key_areas().values() for code in area.columns}
    found |= dict(KeyAreaColumn.objects.filter(agency_id=agency_id).values_list("column_code", "area"))
    return {code: area for code, area in found.items() if area}


def counts(viewer: Viewer, agency_id: int, *, year: int | None) -> list[AreaCount]:
    """All parts in their order; two queries. Raises `scope.NothingToSee`."""
    with scope.of_agency(viewer, agency_id):
        areas = of_columns(agency_id)
    rows = Entry.objects.filter(LISTED, agency_id=agency_id, node_code__in=areas)
    rows = rows.filter(published_at__year=year) if year else rows
    by_column = {
        row["node_code"]: (row["how_many"], timezone.localdate(row["newest"]))
        for row in rows.order_by().values("node_code").annotate(how_many=Count("id"), newest=Max("published_at"))
    }
    return [_count(area, areas, by_column) for area in vocabulary.key_areas().values() if area.parent]


def _count(area: vocabulary.KeyArea, areas: Mapping[str, str], by_column: Mapping[str, tuple[int, date]]) -> AreaCount:
    columns = tuple(code for code, found in areas.items() if found == area.id)
    held = [by_column[code] for code in columns if code in by_column]
    return AreaCount(area, columns, sum(number for number, _ in held), max((day for _, day in held), default=None))
