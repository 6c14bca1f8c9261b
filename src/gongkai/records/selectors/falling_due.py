"""What must be public by a day, for one office at a time or for all of them."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, QuerySet

from gongkai.accounts.viewer import Viewer
from gongkai.groundwork import scoping
from gongkai.records.domain.lifecycle import State
from gongkai.records.models import Record
from gongkai.records.selectors import scope

_UNDER_WAY = (State.DRAFT, State.IN_REVIEW, State.RETURNED, State.SIGNED)
LIMIT = 500


def falling_due(viewer: Viewer, agency_id: int, *, until: date) -> Sequence[Record]:
    """The agency's records that are not public yet and due by the day, overdue ones first; at most `LIMIT`.

    Raises `scope.NothingToSee`.
    """
    with scope.of_agency(viewer, agency_id):
        rows = _due(until).filter(agency_id=agency_id).order_by("due_on", "id")
        return list(rows.only("id", "agency_id", "title", "state", "stage_post", "drafter_name", "due_on")[:LIMIT])


def counts_by_agency(*, until: date) -> dict[int, int]:
    """How many such records each agency has, for the worker's reminders."""
    with scoping.everywhere(because="the worker reminds every agency of its own numbers"):
        rows = _due(until).order_by().values("agency_id").annotate(how_many=Count("id"))
        return {row["agency_id"]: row["how_many"] for row in rows}


def _due(until: date) -> QuerySet[Record]:
    return Record.objects.filter(state__in=_UNDER_WAY, published_at__isnull=True, due_on__lte=until)
