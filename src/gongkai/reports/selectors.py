"""Reads of this room; every one runs in the scope of the viewer's agency."""

from django.db.models import QuerySet

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.viewer import Viewer
from gongkai.reports.domain.states import State
from gongkai.reports.models import CellConfirmation, Comparison, ReportCheck


class NotFound(Exception):
    """The viewer's agency has no such check, or the file no such report."""


def checks(viewer: Viewer, agency_id: int) -> QuerySet[ReportCheck]:
    """The checks of an agency at which the viewer may check reports, without their results."""
    if agency_id not in viewer.agencies_where(Duty.CHECK_REPORTS):
        return ReportCheck.objects.none()
    return ReportCheck.objects.filter(agency_id=agency_id).defer("result", "wording")


def check(viewer: Viewer, agency_id: int, check_id: int) -> ReportCheck:
    """One of them with its result. Raises NotFound."""
    found = checks(viewer, agency_id).defer("wording").select_related("file").filter(pk=check_id).first()
    if found is None:
        raise NotFound(check_id)
    return found


def confirmations(found: ReportCheck) -> list[CellConfirmation]:
    """Everything that was confirmed in the file, in the order of time."""
    return list(CellConfirmation.objects.filter(report_check=found).order_by("id"))


def comparisons(found: ReportCheck) -> list[Comparison]:
    """The checks beside which this one is set."""
    rows = (
        Comparison.objects.filter(report_check=found).select_related("other").defer("other__result", "other__wording")
    )
    return list(rows.order_by("-relation", "id"))


def candidates(viewer: Viewer, found: ReportCheck) -> list[ReportCheck]:
    """The agency's other readable reports, the newest first: for comparisons."""
    others = checks(viewer, found.agency_id).exclude(pk=found.pk).exclude(state=State.UNREADABLE.value)
    return list(others.order_by("-uploaded_at", "-id")[:200])
