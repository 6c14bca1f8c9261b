"""The record follows its entry: what the calendar does to a public document reaches desk, figures and timeline."""

from gongkai.accounts.viewer import SYSTEM
from gongkai.groundwork import scoping
from gongkai.groundwork.audit import trail
from gongkai.published.events import ValidityChanged
from gongkai.records.models import Record
from gongkai.records.services import acting


def follow_validity(event: ValidityChanged) -> None:
    """Copies validity and its day to the record; runs in the transaction of the change.

    Where the calendar did it, the record gets a line in the trail; an act of the desk leaves its own.
    """
    ended_on = event.since if event.validity.has_ended else None
    with scoping.everywhere(because="the calendar serves every agency, and an entry has at most one record"):
        record = Record.objects.filter(entry_id=event.entry_id).only("pk", "agency_id").first()
        if record is None:
            return
        Record.objects.filter(pk=record.pk).update(validity=event.validity.value, invalid_since=ended_on)
    if event.by_calendar:
        detail = {"validity": event.validity.value, "since": event.since.isoformat()}
        trail.write(acting.entry_for(record, "calendar", detail), actor=SYSTEM, at=event.at)
