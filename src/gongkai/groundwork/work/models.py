"""What keeps background work honest: heartbeats of workers and the dated timetable."""

from django.db import models


class WorkerHeartbeat(models.Model):
    """The last sign of life of one worker process."""

    worker_id = models.CharField(max_length=64, primary_key=True)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.worker_id} {self.beat_at:%F %T}"


class TimetableRun(models.Model):
    """The last slot of a job of the timetable that was handed to the workers."""

    job = models.CharField(max_length=80, primary_key=True)
    ran_at = models.DateTimeField()
    outcome = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.job} {self.ran_at:%F %T}"
