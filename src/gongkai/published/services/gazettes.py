"""The public copy of a gazette's issues."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from gongkai.accounts.viewer import Actor
from gongkai.groundwork.audit import trail
from gongkai.published.models import ReleasedGazette


@dataclass(frozen=True, kw_only=True)
class Issue:
    """What the public sees of one issue."""

    agency_id: int
    issue_id: int
    name: str
    label: str
    year: int
    number: int
    published_on: date
    address: str
    entry_ids: Sequence[int]


@transaction.atomic
def release(*, issue: Issue, actor: Actor, at: datetime) -> ReleasedGazette:
    """Shows the issue, or what it is after a correction."""
    released, _ = ReleasedGazette.objects.update_or_create(
        issue_id=issue.issue_id, defaults=asdict(issue) | {"released_at": at}
    )
    entry = trail.Entry(
        action="released_gazette.released",
        subject_type="released_gazette",
        subject_id=released.pk,
        detail={"issue": str(released), "entries": len(issue.entry_ids)},
    )
    trail.write(entry, actor=actor, at=at)
    return released
