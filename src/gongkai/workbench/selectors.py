"""Reads over what crosses contexts."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.viewer import Viewer
from gongkai.workbench.models import Contact, Handover, Webhook

_ModelT = TypeVar("_ModelT", bound=Model)


def handovers(viewer: Viewer, agency_id: int) -> QuerySet[Handover]:
    """Those of the agency, for who may hand over there, and those of which the viewer is a party; in its scope."""
    rows = Handover.objects.filter(agency_id=agency_id)
    if agency_id in viewer.agencies_where(Duty.HAND_OVER):
        return rows
    return rows.filter(from_id=viewer.user_id) | rows.filter(to_id=viewer.user_id)


def contacts(viewer: Viewer, agency_id: int) -> QuerySet[Contact]:
    """Those of the agency, for who keeps its reminders; in its scope."""
    return _kept_by(viewer, agency_id, Contact.objects.order_by("position"))


def webhooks(viewer: Viewer, agency_id: int) -> QuerySet[Webhook]:
    """Those of the agency, for who keeps its reminders; in its scope."""
    return _kept_by(viewer, agency_id, Webhook.objects.order_by("id"))


def _kept_by(viewer: Viewer, agency_id: int, rows: QuerySet[_ModelT]) -> QuerySet[_ModelT]:
    may = agency_id in viewer.agencies_where(Duty.KEEP_REMINDERS)
    return rows.filter(agency_id=agency_id) if may else rows.none()
