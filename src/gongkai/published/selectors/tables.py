"""Standard tables as the public finds them."""

from dataclasses import dataclass

from django.db.models import QuerySet

from gongkai.law import vocabulary
from gongkai.published.models import ReleasedTable
from gongkai.published.selectors.remembered import Remembered


@dataclass(frozen=True, slots=True)
class TableHead:
    """One table in the list of an agency."""

    field: str
    label: str
    title: str
    version: int
    approval: str


def of_agency(agency_id: int) -> tuple[TableHead, ...]:
    """The agency's tables in the order of the fields, as they were at most half a minute ago."""
    return _heads(agency_id)


def table(agency_id: int, field: str) -> ReleasedTable | None:
    """The version that is shown."""
    return ReleasedTable.objects.filter(agency_id=agency_id, field=field, is_current=True).first()


def _shown(agency_id: int) -> QuerySet[ReleasedTable]:
    return ReleasedTable.objects.filter(agency_id=agency_id, is_current=True).defer("matters", "columns")


def _read(agency_id: int) -> tuple[TableHead, ...]:
    labels = vocabulary.labels(vocabulary.standard_fields())
    order = {field: place for place, field in enumerate(labels)}
    rows = sorted(_shown(agency_id), key=lambda row: order[row.field])
    return tuple(TableHead(row.field, labels[row.field], row.title, row.version, row.approval) for row in rows)


_heads = Remembered(_read, seconds=30)
