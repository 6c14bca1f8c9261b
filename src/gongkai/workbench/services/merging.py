"""A merger of bodies carried through all rooms: posts, columns and open work go to the successor on the day."""

from datetime import date, datetime

from django.db import transaction

from gongkai.accounts.services import posting
from gongkai.accounts.viewer import SYSTEM
from gongkai.agencies.events import AgencyMerged
from gongkai.groundwork.audit import trail
from gongkai.records.services import moving
from gongkai.workbench.models import Merger


def note(event: AgencyMerged) -> None:
    """Remembers a merger; runs in its transaction."""
    Merger.objects.create(body_id=event.agency_id, into_id=event.into_id, on=event.on, noted_at=event.at)


def carry_out_due(*, today: date, at: datetime) -> list[Merger]:
    """Carries out every merger whose day has come; one that was cut off goes on where it stopped."""
    due = Merger.objects.filter(carried_out_at__isnull=True, on__lte=today).order_by("on", "id")
    return [_carry_out(merger, at=at) for merger in due]


def _carry_out(merger: Merger, *, at: datetime) -> Merger:
    from_id, into_id = merger.body_id, merger.into_id
    posts = posting.carry_over(from_id=from_id, into_id=into_id, on=merger.on, actor=SYSTEM, at=at)
    columns = moving.adopt_columns(from_id=from_id, into_id=into_id, at=at)
    records = moving.move_open(from_id=from_id, into_id=into_id, columns=columns, at=at)
    with transaction.atomic():
        merger.counts = {"posts": posts, "columns": len(columns), "records": records}
        merger.carried_out_at = at
        merger.save(update_fields=["counts", "carried_out_at"])
        entry = trail.Entry(
            action="agency.carry_over",
            subject_type="agency",
            subject_id=into_id,
            detail={"from": from_id, **merger.counts},
        )
        trail.write(entry, actor=SYSTEM, at=at)
    return merger
