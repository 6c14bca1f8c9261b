"""Reads over what crosses contexts."""

from django.db.models import QuerySet

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.viewer import Viewer
from gongkai.workbench.models import Handover


def handovers(viewer: Viewer, agency_id: int) -> QuerySet[Handover]:
    """Those of the agency, for who may hand over there, and those of which the viewer is a party; in its scope."""
    rows = Handover.objects.filter(agency_id=agency_id)
    if agency_id in viewer.agencies_where(Duty.HAND_OVER):
        return rows
    return rows.filter(from_id=viewer.user_id) | rows.filter(to_id=viewer.user_id)
