"""What the groundwork itself puts on the timetable: old task results and expired sessions go."""

from datetime import datetime, time, timedelta

from django.contrib.sessions.models import Session
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from gongkai.groundwork.work import timetable

KEEP_RESULTS = timedelta(days=14)
KEEP_FAILURES = timedelta(days=180)


@task()
def sweep(slot: str) -> None:
    """Removes results of tasks that ended long ago (failures stay longer) and sessions that have expired."""
    at = datetime.fromisoformat(slot)
    DBTaskResult.objects.successful().filter(finished_at__lt=at - KEEP_RESULTS).delete()
    DBTaskResult.objects.failed().filter(finished_at__lt=at - KEEP_FAILURES).delete()
    Session.objects.filter(expire_date__lt=at).delete()


def put_on_the_timetable() -> None:
    timetable.register(timetable.Job("sweep", sweep, timetable.Daily(time(3, 30))))
