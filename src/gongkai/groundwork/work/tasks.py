"""Runs what was enqueued, with django-tasks-db's own claim and bookkeeping; failures are tried again later."""

import logging
from datetime import timedelta

from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from gongkai.groundwork.work.heartbeats import TRIES

logger = logging.getLogger("gongkai.work")


class TaskRunner(Worker):
    """Runs the tasks that are ready, one after the other."""

    def __init__(self, worker_id: str) -> None:
        super().__init__(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=worker_id,
            excluded_queue_names=[],
        )

    def run_ready(self) -> None:
        """Runs tasks until none is ready. Looks before it locks: an idle worker never holds up a writer."""
        if self.running and DBTaskResult.objects.ready().filter(backend_name=self.backend_name).exists():
            self.run()

    def stop(self) -> None:
        """After the present task no other is begun."""
        self.running = False

    def run_task(self, db_task_result: DBTaskResult[..., object]) -> None:
        super().run_task(db_task_result)
        if db_task_result.status != "FAILED":
            return
        tries = len(db_task_result.worker_ids)
        extra = {"task": db_task_result.task_path, "task_id": str(db_task_result.id)}
        if tries >= TRIES:
            logger.error(
                "task failed for good after %d tries: %s", tries, db_task_result.exception_class_path, extra=extra
            )
            return
        logger.warning("task failed, try %d: %s", tries, db_task_result.exception_class_path, extra=extra)
        db_task_result.status = "READY"
        db_task_result.run_after = timezone.now() + timedelta(seconds=10 * 4 ** (tries - 1))
        db_task_result.save(update_fields=["status", "run_after"])
