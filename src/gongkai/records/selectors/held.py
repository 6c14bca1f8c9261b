"""What a superior office sees of its subordinates: the records that are right now at a stage which it holds.

Before and after that, and anything else of the subordinate agency, is not there.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db.models import Q

from gongkai.accounts.viewer import Viewer
from gongkai.groundwork import scoping
from gongkai.records.domain.lifecycle import State
from gongkai.records.domain.stages import SUPERIOR_POSTS
from gongkai.records.models import Attachment, Record
from gongkai.records.selectors import case_file
from gongkai.records.selectors.case_file import CaseFile, NotFound

_BECAUSE = "a superior office: exactly the records at a stage which it holds"


def heads(viewer: Viewer, agency_ids: Collection[int], *, limit: int) -> list[Record]:
    """What waits at a stage of these offices for a post of the viewer, the oldest first."""
    mine = Q()
    for agency_id in agency_ids:
        posts = [post.value for post in viewer.seats[agency_id].posts if post in SUPERIOR_POSTS]
        if posts:
            mine |= Q(held_at_id=agency_id, stage_post__in=posts)
    if not mine:
        return []
    with scoping.everywhere(because=_BECAUSE):
        rows = Record.objects.filter(mine, state=State.IN_REVIEW).select_related("scheme", "agency")
        return list(rows.order_by("changed_at", "id")[:limit])


def record(viewer: Viewer, agency_id: int, record_id: int) -> Record:
    """The record, for an office that holds its stage and a viewer who has the post there. Raises `NotFound`."""
    seat = viewer.seats.get(agency_id)
    with scoping.everywhere(because=_BECAUSE):
        rows = Record.objects.select_related("scheme", "held_at", "agency")
        found = rows.filter(pk=record_id, held_at_id=agency_id, state=State.IN_REVIEW).first()
    if found is None or seat is None or found.stage_post not in seat.posts:
        raise NotFound(record_id)
    return found


def whole(viewer: Viewer, agency_id: int, record_id: int) -> CaseFile:
    """The whole case. Raises `NotFound`."""
    with _scope_of(viewer, agency_id, record_id) as found:
        return case_file.gathered(found)


def attachment(viewer: Viewer, agency_id: int, record_id: int, attachment_id: int) -> Attachment:
    """A file of such a record. Raises `NotFound`."""
    with _scope_of(viewer, agency_id, record_id) as found:
        file = Attachment.objects.filter(pk=attachment_id, record=found).select_related("file", "cleaned").first()
    if file is None:
        raise NotFound(attachment_id)
    return file


@contextmanager
def _scope_of(viewer: Viewer, agency_id: int, record_id: int) -> Iterator[Record]:
    found = record(viewer, agency_id, record_id)
    with scoping.narrow_to([found.agency_id]):
        yield found
