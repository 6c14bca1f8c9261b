"""Background work of this room: ids in, one service called."""

from django.utils import timezone
from django_tasks import task

from gongkai.reports.services import checking


@task()
def check(check_id: int, revision: int) -> None:
    checking.check(check_id=check_id, revision=revision, at=timezone.now())
