"""The worker sends what waits, every few minutes, and cleans up at night."""

from datetime import datetime, time

from django.utils import timezone
from django_tasks import task

from gongkai.groundwork.notifications import outbox
from gongkai.groundwork.work import timetable


@task()
def deliver(slot: str) -> None:
    """Sends what is due now; the slot only names the occasion."""
    outbox.deliver_due(at=timezone.now())


@task()
def sweep_notices(slot: str) -> None:
    outbox.sweep(at=datetime.fromisoformat(slot))


def put_on_the_timetable() -> None:
    timetable.register(timetable.Job("notices", deliver, timetable.Minutes(5)))
    timetable.register(timetable.Job("notices_sweep", sweep_notices, timetable.Daily(time(3, 40))))
