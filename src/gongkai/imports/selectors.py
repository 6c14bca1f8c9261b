"""Reads of this room; every one runs in the scope of the viewer's agency."""

from django.db.models import QuerySet

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.viewer import Viewer
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
