"""What this room puts on the timetable."""

import time as clock
from datetime import datetime, time

from django.db import connection
from django.utils import timezone
from django_tasks import task

from gongkai.accounts.viewer import SYSTEM
from gongkai.groundwork.work import timetable
from gongkai.records.services import asking_links, cleaning, looking_over, planning, recounting
from gongkai.records.services.batches import running

_PAUSE_SECONDS = 0.05


@task()
def recount_deadlines(slot: str) -> None:
    """Every night: stored deadlines follow the calendar."""
    recounting.recount_deadlines(actor=SYSTEM, at=datetime.fromisoformat(slot))


@task()
def look_over_catalogues(slot: str) -> None:
    """Every night: how many columns are blank or stale."""
    looking_over.look_over(at=datetime.fromisoformat(slot))


@task()
def carry_out_plans(slot: str) -> None:
    """Every few minutes: what was set for a time that has come."""
    planning.carry_out_due(at=timezone.now())


@task()
def clean_after_purges(slot: str = "") -> None:
    """Bytes, index and database, for every purge that still waits for it; every night again."""
    at = timezone.now()
    cleaning.erase_files(at=at)
    cleaning.sweep(at=at)


@task()
def look_at_links(slot: str) -> None:
    """Every hour: whether links to other sites still lead somewhere, if this site may ask."""
    asking_links.look_at_links(at=timezone.now())


@task()
def carry_out_batch(run_id: int) -> None:
    """What was ordered for many records at once."""
    agency_id = running.agency_of(run_id)
    running.carry_out(run_id=run_id, agency_id=agency_id, at=timezone.now(), pause=_pause)


def _pause() -> None:
    if connection.vendor == "sqlite":
        clock.sleep(_PAUSE_SECONDS)


def put_on_the_timetable() -> None:
    timetable.register(timetable.Job("purge_remains", clean_after_purges, timetable.Daily(time(2, 40))))
    timetable.register(timetable.Job("outside_links", look_at_links, timetable.Hourly(20)))
    timetable.register(timetable.Job("record_deadlines", recount_deadlines, timetable.Daily(time(1, 10))))
    timetable.register(timetable.Job("catalogue_look", look_over_catalogues, timetable.Daily(time(1, 40))))
    timetable.register(timetable.Job("record_plans", carry_out_plans, timetable.Minutes(5)))
