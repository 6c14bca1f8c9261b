"""Background work of this room: ids in, one service called."""

import time

from django.db import connection
from django.utils import timezone
from django_tasks import task

from gongkai.imports.services import receiving, running

_PAUSE_SECONDS = 0.05


@task()
def look_through(import_id: int) -> None:
    receiving.look_through(import_id=import_id, at=timezone.now())


@task()
def bring_in(import_id: int) -> None:
    running.bring_in(import_id=import_id, at=timezone.now(), pause=_pause)


def _pause() -> None:
    if connection.vendor == "sqlite":
        time.sleep(_PAUSE_SECONDS)
