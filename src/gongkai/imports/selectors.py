"""Reads of this room; every one runs in the scope of the viewer's agency."""

from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.viewer import Viewer
from gongkai.groundwork import scoping
from gongkai.groundwork.worklist import Urgency, WorkItem, WorkKind
from gongkai.imports.domain.lifecycle import State
from gongkai.imports.models import ImportFile

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


def work_waiting(viewer: Viewer, *, today: date) -> list[WorkItem]:
    """Files that this person is to clear or confirm, and own ones that could not be read."""
    with_sentence = {
        State.READY: (WorkKind.REVIEW, "请对批量导入的文件进行保密审查"),
        State.CLEARED: (WorkKind.REVIEW, "请确认批量导入的文件"),
        State.UNREADABLE: (WorkKind.RETURNED, "上传的文件无法读取，请重新整理后上传"),
    }
    return [
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


def work_counts(viewer: Viewer, *, today: date) -> tuple[int, int]:
    """How much waits; nothing of it has a legal deadline."""
    return len(_waiting(viewer)), 0


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
