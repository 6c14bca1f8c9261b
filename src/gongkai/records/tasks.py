"""What this room puts on the timetable."""

from datetime import datetime, time

from django_tasks import task

from gongkai.accounts.viewer import SYSTEM
from gongkai.groundwork.work import timetable
from gongkai.records.services import looking_over, recounting


@task()
def recount_deadlines(slot: str) -> None:
    """Every night: stored deadlines follow the calendar."""
    recounting.recount_deadlines(actor=SYSTEM, at=datetime.fromisoformat(slot))


@task()
def look_over_catalogues(slot: str) -> None:
    """Every night: how many columns are blank or stale."""
    looking_over.look_over(at=datetime.fromisoformat(slot))


def put_on_the_timetable() -> None:
    timetable.register(timetable.Job("record_deadlines", recount_deadlines, timetable.Daily(time(1, 10))))
    timetable.register(timetable.Job("catalogue_look", look_over_catalogues, timetable.Daily(time(1, 40))))
