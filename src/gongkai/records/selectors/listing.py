"""The list of an agency's records, with its filters."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from gongkai.accounts.viewer import Viewer
from gongkai.records.domain.lifecycle import State
from gongkai.records.models import Decision, Record
from gongkai.records.selectors import scope

_HEAD = (
    *("id", "agency_id", "state", "stage", "clearance", "title", "document_number", "index_number", "attribute"),
    *("column_code", "drafter_name", "due_on", "published_at", "created_on", "changed_at", "entry_id"),
    "urgent_reason",
)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the list shall show; empty means everything. ``columns`` holds a column with those below it."""

    state: str = ""
    attribute: str = ""
    columns: frozenset[str] = frozenset()
    text: str = ""


def records(viewer: Viewer, agency_id: int, wanted: Wanted) -> QuerySet[Record]:
    """Heads of the records, in no order yet. Discarded ones only when asked for. Raises `scope.NothingToSee`."""
    with scope.of_agency(viewer, agency_id):
        on_paper = Decision.objects.filter(record=OuterRef("pk"), digest=OuterRef("digest"), recorder_id__isnull=False)
        rows = Record.objects.only(*_HEAD).annotate(is_on_paper=Exists(on_paper.filter(is_valid=True)))
        rows = rows.filter(state=wanted.state) if wanted.state else rows.exclude(state=State.DISCARDED)
        if wanted.attribute:
            rows = rows.filter(attribute=wanted.attribute)
        if wanted.columns:
            rows = rows.filter(column_code__in=wanted.columns)
        for word in wanted.text.split():
            rows = rows.filter(
                Q(title__icontains=word) | Q(document_number__icontains=word) | Q(index_number__icontains=word)
            )
        return rows


def count_by_state(viewer: Viewer, agency_id: int) -> Mapping[str, int]:
    """How many records stand in each state. Raises `scope.NothingToSee`."""
    with scope.of_agency(viewer, agency_id):
        found = Record.objects.values("state").annotate(how_many=Count("id")).order_by()
        return {row["state"]: row["how_many"] for row in found}


def columns_in_use(viewer: Viewer, agency_id: int) -> frozenset[str]:
    """Codes of the columns that hold any record. Raises `scope.NothingToSee`."""
    with scope.of_agency(viewer, agency_id), connection.cursor() as cursor:
        cursor.execute(_COLUMNS, [agency_id, agency_id])
        return frozenset(code for (code,) in cursor.fetchall())


# From each code to the next along the index: ``DISTINCT`` would read every row of the agency.
_NEXT = f"SELECT min(column_code) FROM {Record._meta.db_table} WHERE agency_id = %s"
_COLUMNS = (
    f"WITH RECURSIVE used(code) AS ({_NEXT} UNION ALL "
    f"SELECT ({_NEXT} AND column_code > used.code) FROM used WHERE used.code IS NOT NULL) "
    "SELECT code FROM used WHERE code IS NOT NULL"
)
