"""Reviews that an urgent release still owes, while the version that went out is the public one."""

from collections.abc import Collection, Iterable

from django.db.models import F, Q

from gongkai.accounts.viewer import Seat, Viewer
from gongkai.records.models import FollowUp


def unsettled(agency_ids: Collection[int], *, limit: int) -> list[FollowUp]:
    """What is owed at these agencies, and what a reviewer wants withdrawn and nobody has touched; inside a scope."""
    public = FollowUp.objects.filter(version__number=F("record__released_number"), record__withdrawn_at=None)
    wanted = Q(outcome="") | Q(outcome="withdraw", record__state="published")
    rows = public.filter(wanted, agency_id__in=agency_ids).select_related("record")
    return list(rows.order_by("due_on", "id")[:limit])


def first(follow_ups: Iterable[FollowUp], viewer: Viewer, seat: Seat) -> FollowUp | None:
    """Of those of one case the first that this person may make up for."""
    for row in follow_ups:
        if not row.outcome and row.stage_post in seat.posts and viewer.user_id not in row.writers:
            return row
    return None
