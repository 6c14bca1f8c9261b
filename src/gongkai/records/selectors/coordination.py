"""What other agencies ask ours to confirm. Also a source of the first screen (`groundwork.worklist`)."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.viewer import Viewer
from gongkai.groundwork import scoping
from gongkai.groundwork.files.models import StoredFile
from gongkai.groundwork.worklist import Urgency, WorkItem, WorkKind
from gongkai.records.models import ConfirmationRequest
from gongkai.records.selectors.case_file import NotFound

LIMIT = 200


def requests(viewer: Viewer, agency_id: int) -> QuerySet[ConfirmationRequest]:
    """Everything that the agency was asked, in no order yet. Raises `NotFound`."""
    if agency_id not in viewer.agencies_where(Duty.CONFIRM_JOINT_RECORDS):
        raise NotFound(agency_id)
    with scoping.narrow_to([agency_id]):
        return ConfirmationRequest.objects.defer("metadata", "files", "body_html")


def request(viewer: Viewer, agency_id: int, request_id: int) -> ConfirmationRequest:
    """One of them with all it holds. Raises `NotFound`."""
    if agency_id not in viewer.agencies_where(Duty.CONFIRM_JOINT_RECORDS):
        raise NotFound(request_id)
    with scoping.narrow_to([agency_id]):
        found = ConfirmationRequest.objects.filter(pk=request_id).first()
    if found is None:
        raise NotFound(request_id)
    return found


def file_of(asked: ConfirmationRequest, position: int) -> tuple[StoredFile, str]:
    """A file that goes with the question, and its name; positions count from one. Raises `NotFound`."""
    if not 1 <= position <= len(asked.files):
        raise NotFound(position)
    listed = asked.files[position - 1]
    stored = StoredFile.objects.filter(digest=listed["digest"]).defer("text").first()
    if stored is None:
        raise NotFound(position)
    return stored, listed["file_name"]


def work_waiting(viewer: Viewer, *, today: date) -> Iterable[WorkItem]:
    """One line for each open question."""
    return [
        WorkItem(
            kind=WorkKind.REVIEW,
            agency_name=viewer.seats[row.agency_id].agency_name,
            sentence=f"{row.lead_name}征求联合发文的确认意见",
            title=row.title,
            url=reverse("records:confirm", args=[viewer.seats[row.agency_id].agency_code, row.pk]),
            who=row.asked_by,
            due_on=None,
            since=row.asked_at,
            urgency=Urgency.NONE,
        )
        for row in _open(viewer)
    ]


def work_counts(viewer: Viewer, *, today: date) -> tuple[int, int]:
    """How many there are; none is overdue."""
    return len(_open(viewer)), 0


def _open(viewer: Viewer) -> list[ConfirmationRequest]:
    ids = viewer.agencies_where(Duty.CONFIRM_JOINT_RECORDS)
    if not ids:
        return []
    with scoping.narrow_to(ids):
        rows = ConfirmationRequest.objects.filter(answer="", is_over=False).order_by("asked_at", "id")
        return list(rows.only("id", "agency_id", "title", "lead_name", "asked_by", "asked_at")[:LIMIT])
