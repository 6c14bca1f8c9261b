"""What the calendar does to public documents: some expire, some take effect."""

from datetime import datetime, time
from pathlib import Path

from django.conf import settings
from django_tasks import task

from gongkai.accounts.viewer import SYSTEM
from gongkai.groundwork.work import timetable
from gongkai.published.services import counting, validity


@task()
def apply_calendar(slot: str) -> None:
    """Marks what expired or began by the day of the slot, block by block."""
    at = datetime.fromisoformat(slot)
    while validity.apply_calendar(on=at.date(), actor=SYSTEM, at=at):
        pass


@task()
def collect_readings(slot: str) -> None:
    """Every few minutes: adds up what pages told."""
    counting.collect_batches(Path(settings.VIEWS_ROOT))


def put_on_the_timetable() -> None:
    timetable.register(timetable.Job("readings", collect_readings, timetable.Minutes(5)))
    timetable.register(timetable.Job("validity", apply_calendar, timetable.Daily(time(0, 10))))
