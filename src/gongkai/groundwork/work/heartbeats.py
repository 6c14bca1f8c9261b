"""Signs of life of workers, and the return of tasks whose worker has died."""

import os
import secrets
import socket
from datetime import datetime, timedelta

from django.db import transaction
from django_tasks_db.models import DBTaskResult, get_date_max

from gongkai.groundwork.work.models import WorkerHeartbeat

BEAT_EVERY = timedelta(seconds=5)
DEAD_AFTER = timedelta(seconds=60)
TRIES = 5


def new_worker_id() -> str:
    """Machine, process and a random part, so that the next process with the same number is not taken for this one."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"


def beat(worker_id: str, *, at: datetime) -> None:
    """Says that this worker is alive."""
    WorkerHeartbeat.objects.update_or_create(
        worker_id=worker_id, defaults={"beat_at": at}, create_defaults={"beat_at": at, "started_at": at}
    )


def sign_off(worker_id: str) -> None:
    """A worker that ends leaves no sign behind; what it could not finish is free at once."""
    WorkerHeartbeat.objects.filter(worker_id=worker_id).delete()


def alive(*, at: datetime) -> frozenset[str]:
    """The workers that count as alive: a recent beat and, on this machine, an existing process."""
    beats = WorkerHeartbeat.objects.filter(beat_at__gt=at - DEAD_AFTER).values_list("worker_id", flat=True)
    return frozenset(worker_id for worker_id in beats if not _process_is_gone(worker_id))


def take_back_lost_tasks(*, at: datetime, mine: str) -> int:
    """Frees the RUNNING tasks of dead workers; after five tries they fail and stay visible. Returns how many.

    ``mine`` is the worker that asks and is alive whatever its last beat says.
    """
    living = alive(at=at) | {mine}
    with transaction.atomic():
        lost = [
            task
            for task in DBTaskResult.objects.running().select_for_update(skip_locked=True)
            if not task.worker_ids or task.worker_ids[-1] not in living
        ]
        for task in lost:
            _return(task)
        WorkerHeartbeat.objects.exclude(worker_id__in=living).delete()
    return len(lost)


def _return(task: DBTaskResult[..., object]) -> None:
    if len(task.worker_ids) >= TRIES:
        task.set_failed(WorkerDied(f"{TRIES} workers died while they ran this task"))
        return
    task.status, task.run_after = "READY", get_date_max()
    task.save(update_fields=["status", "run_after"])


class WorkerDied(Exception):
    """What a task failed of when no worker survived it."""


def _process_is_gone(worker_id: str) -> bool:
    host, process, _ = worker_id.rsplit(":", 2)
    if host != socket.gethostname()[:40]:
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
