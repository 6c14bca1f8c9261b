"""How the background work stands, for the status page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min
from django_tasks_db.models import DBTaskResult

from gongkai.groundwork.work import heartbeats, timetable
from gongkai.groundwork.work.models import TimetableRun


@dataclass(frozen=True)
class FailedTask:
    """A task that no worker will try again by itself."""

    task_id: str
    name: str
    tries: int
    failed_at: datetime | None
    error: str


@dataclass(frozen=True)
class TimetableLine:
    """One job, when it is due, and the last slot handed out; None when it never was."""

    job: str
    slot: str
    last_slot: datetime | None


@dataclass(frozen=True)
class WorkStatus:
    """Living workers, tasks waiting and running, since when the oldest waits, failures, the timetable."""

    workers: tuple[str, ...]
    waiting: int
    oldest_waiting_since: datetime | None
    running: int
    failed: tuple[FailedTask, ...]
    timetable: tuple[TimetableLine, ...]


def of_now(*, at: datetime, failures: int = 50) -> WorkStatus:
    """The state at this moment, with at most ``failures`` failed tasks, the latest first."""
    ready = DBTaskResult.objects.ready()
    return WorkStatus(
        workers=tuple(sorted(heartbeats.alive(at=at))),
        waiting=ready.count(),
        oldest_waiting_since=ready.aggregate(oldest=Min("enqueued_at"))["oldest"],
        running=DBTaskResult.objects.running().count(),
        failed=tuple(_failed(failures)),
        timetable=tuple(_lines()),
    )


def _failed(limit: int) -> Sequence[FailedTask]:
    rows = DBTaskResult.objects.failed().order_by("-finished_at")[:limit]
    return [
        FailedTask(str(row.id), row.task_path, len(row.worker_ids), row.finished_at, row.exception_class_path)
        for row in rows
    ]


def _lines() -> Sequence[TimetableLine]:
    last = dict(TimetableRun.objects.values_list("job", "ran_at"))
    return [TimetableLine(job.name, job.slot.label(), last.get(job.name)) for job in timetable.jobs()]
