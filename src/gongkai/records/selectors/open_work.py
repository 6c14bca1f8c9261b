"""What one person has open at an agency, for handovers, and the heads of named records."""

from collections.abc import Collection

from gongkai.accounts.viewer import Viewer
from gongkai.records.domain.lifecycle import UNFINISHED
from gongkai.records.models import Record
from gongkai.records.selectors import scope

_HEAD = ("id", "agency_id", "state", "title", "document_number", "due_on", "drafter_name", "index_number")


def open_of(viewer: Viewer, agency_id: int, person_id: int) -> list[Record]:
    """What the person is drafter of and has not finished, due first. Raises `scope.NothingToSee`."""
    with scope.of_agency(viewer, agency_id):
        rows = Record.objects.filter(drafter_id=person_id, state__in=UNFINISHED).only(*_HEAD)
        return list(rows.order_by("due_on", "id"))


def heads(viewer: Viewer, agency_id: int, record_ids: Collection[int]) -> dict[int, Record]:
    """The records of the agency with these ids, heads only. Raises `scope.NothingToSee`."""
    with scope.of_agency(viewer, agency_id):
        return {record.pk: record for record in Record.objects.filter(pk__in=record_ids).only(*_HEAD)}
