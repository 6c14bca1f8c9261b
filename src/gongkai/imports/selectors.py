"""Reads of this room; every one runs in the scope of the viewer's agency."""

from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import get_current_timezone

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.viewer import Viewer
from gongkai.groundwork import scoping
from gongkai.groundwork.worklist import Urgency, WorkItem, WorkKind
from gongkai.imports.domain import dropping
from gongkai.imports.domain import registers as register_lifecycle
from gongkai.imports.domain.lifecycle import State
from gongkai.imports.models import DroppedBatch, DroppedFile, ImportFile, RegisterTable

_OPEN = [state for state in dropping.State if state.is_open]
_BUSY = [state for state in dropping.State if state.is_busy]
DUTIES = (Duty.IMPORT_RECORDS, Duty.CLEAR_SECRECY, Duty.SIGN_RECORDS)


class NotFound(Exception):
    """The viewer's agency has no such import."""


def files(viewer: Viewer, agency_id: int) -> QuerySet[ImportFile]:
    """The imports of an agency at which the viewer has to do with them."""
    if not any(agency_id in viewer.agencies_where(duty) for duty in DUTIES):
        return ImportFile.objects.none()
    return ImportFile.objects.filter(agency_id=agency_id).select_related("file")


def file(viewer: Viewer, agency_id: int, import_id: int) -> ImportFile:
    """One of them. Raises NotFound."""
    found = files(viewer, agency_id).select_related("rejects", "act").filter(pk=import_id).first()
    if found is None:
        raise NotFound(import_id)
    return found


def drops(viewer: Viewer, agency_id: int) -> QuerySet[DroppedBatch]:
    """The batches of dropped files at an agency at which the viewer drafts, with what became of their files."""
    if agency_id not in viewer.agencies_where(dropping.DUTY):
        return DroppedBatch.objects.none()
    return _counted(DroppedBatch.objects.filter(agency_id=agency_id))


def _counted(batches: QuerySet[DroppedBatch]) -> QuerySet[Any]:
    """With ``total``, ``busy``, ``open``, ``drafted`` and ``refused`` files."""
    return batches.defer("list_rows").annotate(
        total=Count("files"),
        busy=Count("files", filter=Q(files__state__in=_BUSY)),
        open=Count("files", filter=Q(files__state__in=_OPEN)),
        drafted=Count("files", filter=Q(files__state=dropping.State.DRAFTED)),
        refused=Count("files", filter=Q(files__state=dropping.State.REFUSED)),
    )


def drop(viewer: Viewer, agency_id: int, batch_id: int) -> DroppedBatch:
    """One of them. Raises NotFound."""
    found = drops(viewer, agency_id).filter(pk=batch_id).first()
    if found is None:
        raise NotFound(batch_id)
    return found


def dropped_files(batch: DroppedBatch) -> list[DroppedFile]:
    """The files of a batch that was found, in their order."""
    files = DroppedFile.objects.filter(batch=batch).select_related("file", "record")
    return list(files.defer("file__text", "body_html", "record__body_html", "record__body_text"))


def dropped_file(viewer: Viewer, agency_id: int, file_id: int) -> DroppedFile:
    """One file with its bytes in the store. Raises NotFound."""
    allowed = agency_id in viewer.agencies_where(dropping.DUTY)
    files = DroppedFile.objects.filter(agency_id=agency_id, pk=file_id, file__isnull=False)
    found = files.select_related("file").defer("file__text").first() if allowed else None
    if found is None:
        raise NotFound(file_id)
    return found


def registers(viewer: Viewer, agency_id: int) -> QuerySet[RegisterTable]:
    """The registers that came in at an agency at which the viewer brings them in."""
    if agency_id not in viewer.agencies_where(register_lifecycle.DUTY):
        return RegisterTable.objects.none()
    return RegisterTable.objects.filter(agency_id=agency_id)


def register(viewer: Viewer, agency_id: int, register_id: int) -> RegisterTable:
    """One of them. Raises NotFound."""
    found = registers(viewer, agency_id).filter(pk=register_id).first()
    if found is None:
        raise NotFound(register_id)
    return found


def work_waiting(viewer: Viewer, *, today: date) -> list[WorkItem]:
    """Files that this person is to clear or confirm, and own ones that could not be read."""
    with_sentence = {
        State.READY: (WorkKind.REVIEW, "请对批量导入的文件进行保密审查"),
        State.CLEARED: (WorkKind.REVIEW, "请确认批量导入的文件"),
        State.UNREADABLE: (WorkKind.RETURNED, "上传的文件无法读取，请重新整理后上传"),
    }
    files = [
        WorkItem(
            kind=with_sentence[State(found.state)][0],
            agency_name=viewer.seats[found.agency_id].agency_name,
            sentence=with_sentence[State(found.state)][1],
            title=found.file_name,
            url=reverse("imports:case", args=[viewer.seats[found.agency_id].agency_code, found.pk]),
            who=found.cleared_by_name or found.uploaded_by_name,
            due_on=None,
            since=found.cleared_at or found.uploaded_at,
            urgency=Urgency.NONE,
        )
        for found in _waiting(viewer)
    ]
    return [*files, *(_dropped(viewer, batch) for batch in _to_confirm(viewer))]


def _dropped(viewer: Viewer, batch: Any) -> WorkItem:
    seat = viewer.seats[batch.agency_id]
    return WorkItem(
        kind=WorkKind.DRAFT,
        agency_name=seat.agency_name,
        sentence="请核对批量起草的文件",
        title=f"{batch.uploaded_at.astimezone(get_current_timezone()):%m-%d %H:%M}放入的文件，{batch.open}份待确认",
        url=reverse("imports:drop", args=[seat.agency_code, batch.pk]),
        who=batch.uploaded_by_name,
        due_on=None,
        since=batch.uploaded_at,
        urgency=Urgency.NONE,
    )


def _to_confirm(viewer: Viewer) -> list[Any]:
    """Own batches with files that are read and not yet confirmed."""
    agencies = viewer.agencies_where(dropping.DUTY)
    if not agencies:
        return []
    with scoping.narrow_to(agencies):
        own = _counted(DroppedBatch.objects.filter(uploaded_by_id=viewer.user_id)).filter(busy=0, open__gt=0)
        return list(own.order_by("uploaded_at", "id"))


def work_counts(viewer: Viewer, *, today: date) -> tuple[int, int]:
    """How much waits; nothing of it has a legal deadline."""
    return len(_waiting(viewer)) + len(_to_confirm(viewer)), 0


def _waiting(viewer: Viewer) -> list[ImportFile]:
    clearing, confirming, uploading = (
        viewer.agencies_where(duty) for duty in (Duty.CLEAR_SECRECY, Duty.SIGN_RECORDS, Duty.IMPORT_RECORDS)
    )
    agencies = {*clearing, *confirming, *uploading}
    if not agencies:
        return []
    me = viewer.user_id
    wanted = (
        (Q(state=State.READY, agency__in=clearing) & ~Q(uploaded_by_id=me))
        | (Q(state=State.CLEARED, agency__in=confirming) & ~Q(uploaded_by_id=me) & ~Q(cleared_by_id=me))
        | Q(state=State.UNREADABLE, agency__in=uploading, uploaded_by_id=me)
    )
    with scoping.narrow_to(agencies):
        return list(ImportFile.objects.filter(wanted).order_by("uploaded_at", "id").defer("preview", "mapping_text"))
