"""What this room puts on the timetable."""

from datetime import datetime, time

from django.utils import timezone
from django_tasks import task

from gongkai.agencies.events import AgencyMerged
from gongkai.groundwork.notifications import outbox
from gongkai.groundwork.work import timetable
from gongkai.workbench.services import merging, reminding


@task()
def carry_out_mergers(slot: str) -> None:
    """On the day of a merger, or at once if that day has passed."""
    at = datetime.fromisoformat(slot)
    merging.carry_out_due(today=timezone.localdate(at), at=at)


@task()
def remind(slot: str) -> None:
    """On the morning of a working day; what leaves the house goes at once."""
    at = datetime.fromisoformat(slot)
    reminding.remind(today=timezone.localdate(at), at=at)
    outbox.deliver_due(at=timezone.now())


def begin_merger(event: AgencyMerged) -> None:
    """Notes the merger and asks the worker to look."""
    merging.note(event)
    carry_out_mergers.enqueue(event.at.isoformat())


def put_on_the_timetable() -> None:
    timetable.register(timetable.Job("mergers", carry_out_mergers, timetable.Daily(time(0, 5))))
    timetable.register(timetable.Job("reminders", remind, timetable.Daily(time(8, 30))))
