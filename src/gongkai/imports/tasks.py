"""Background work of this room: ids in, one service called."""

import time

from django.db import connection
from django.utils import timezone
from django_tasks import task

from gongkai.imports.services import receiving, registers, running
from gongkai.imports.services.drops import reading

_PAUSE_SECONDS = 0.05


@task()
def look_through(import_id: int) -> None:
    receiving.look_through(import_id=import_id, at=timezone.now())


@task()
def bring_in(import_id: int) -> None:
    running.bring_in(import_id=import_id, at=timezone.now(), pause=_pause)


@task()
def read_dropped(batch_id: int) -> None:
    reading.read(batch_id=batch_id, at=timezone.now())


@task()
def look_through_register(table_id: int) -> None:
    registers.look_through(table_id=table_id)


@task()
def enter_register(table_id: int) -> None:
    registers.enter(table_id=table_id, at=timezone.now(), pause=_pause)


def _pause() -> None:
    if connection.vendor == "sqlite":
        time.sleep(_PAUSE_SECONDS)
