"""The dated timetable: jobs as data, handed to the workers once for each slot, by whichever worker comes first.

A job is a task that takes the day or hour it is for as ISO text. Handing it out is one transaction with the note
that it was handed out, so a slot is neither lost nor given twice; the task itself runs at least once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks.base import Task

from gongkai.groundwork.work.models import TimetableRun


@dataclass(frozen=True)
class Daily:
    """Every day at this time of the office's clock."""

    at: time

    def latest(self, now: datetime) -> datetime:
        local = timezone.localtime(now)
        slot = local.replace(hour=self.at.hour, minute=self.at.minute, second=0, microsecond=0)
        return slot if slot <= local else slot - timedelta(days=1)

    def label(self) -> str:
        return f"每天 {self.at:%H:%M}"


@dataclass(frozen=True)
class Hourly:
    """Every hour at this minute."""

    minute: int

    def latest(self, now: datetime) -> datetime:
        local = timezone.localtime(now)
        slot = local.replace(minute=self.minute, second=0, microsecond=0)
        return slot if slot <= local else slot - timedelta(hours=1)

    def label(self) -> str:
        return f"每小时第 {self.minute} 分"


@dataclass(frozen=True)
class Minutes:
    """Every so many minutes, counted from the full hour."""

    every: int

    def latest(self, now: datetime) -> datetime:
        local = timezone.localtime(now)
        return local.replace(minute=local.minute - local.minute % self.every, second=0, microsecond=0)

    def label(self) -> str:
        return f"每 {self.every} 分钟"


@dataclass(frozen=True)
class Job:
    """One line of the timetable. ``task`` is enqueued with the slot as ISO text, ``2026-11-22T02:00:00+08:00``."""

    name: str
    task: Task[[str], None]
    slot: Daily | Hourly | Minutes


_jobs: dict[str, Job] = {}


def register(job: Job) -> None:
    """Puts a job on the timetable; contexts do it in ``ready()``.

    Raises:
        ValueError: another job has this name.
    """
    if _jobs.setdefault(job.name, job) != job:
        raise ValueError(f"Two jobs are called {job.name}.")


def jobs() -> tuple[Job, ...]:
    """All jobs, by name."""
    return tuple(_jobs[name] for name in sorted(_jobs))


def hand_out(*, at: datetime, among: Iterable[Job] | None = None) -> list[str]:
    """Enqueues every job whose latest slot was not handed out yet; returns their names.

    A worker that was down over several slots hands out the latest one only.
    """
    return [job.name for job in (jobs() if among is None else among) if _hand_out_one(job, at=at)]


def _hand_out_one(job: Job, *, at: datetime) -> bool:
    slot = job.slot.latest(at)
    if TimetableRun.objects.filter(job=job.name, ran_at__gte=slot).exists():
        return False
    with transaction.atomic():
        TimetableRun.objects.bulk_create([TimetableRun(job=job.name, ran_at=_NEVER)], ignore_conflicts=True)
        run = TimetableRun.objects.select_for_update().get(job=job.name)
        if run.ran_at >= slot:
            return False
        job.task.enqueue(timezone.localtime(slot).isoformat())
        run.ran_at, run.outcome = slot, "handed out"
        run.save(update_fields=["ran_at", "outcome"])
    return True


_NEVER = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
