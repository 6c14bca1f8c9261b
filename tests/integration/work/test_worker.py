"""The worker does its duties, runs tasks, tries again, and ends cleanly."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from gongkai.groundwork.work import housekeeping, status
from gongkai.groundwork.work.models import WorkerHeartbeat
from gongkai.groundwork.work.tasks import TaskRunner
from gongkai.groundwork.work.worker import Duty, Worker
from tests.integration.work import jobs

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_was_enqueued_is_done_and_the_worker_ends_without_a_trace() -> None:
    for number in range(3):
        jobs.note.enqueue(f"note {number}")
    with _working() as worker:
        _until(lambda: len(jobs.notes()) == 3)
        assert [beat.worker_id for beat in WorkerHeartbeat.objects.all()] == [worker.worker_id]
    assert jobs.notes() == ["note 0", "note 1", "note 2"]
    assert not WorkerHeartbeat.objects.exists()


def test_a_duty_that_fails_is_called_again_and_disturbs_no_other() -> None:
    calls: list[str] = []

    def fail() -> None:
        calls.append("bad")
        raise RuntimeError

    with _working(Duty("bad", 0.01, fail), Duty("good", 0.01, lambda: calls.append("good"))):
        _until(lambda: calls.count("good") > 3 and calls.count("bad") > 1)


def test_a_task_that_fails_is_put_off_and_given_up_after_five_tries() -> None:
    jobs.stumble.enqueue("try")
    runner = TaskRunner("host:1:x")
    for tries in range(1, 6):
        runner.run_ready()
        task = DBTaskResult.objects.get()
        assert len(task.worker_ids) == tries
        assert task.status == ("READY" if tries < 5 else "FAILED")
        if tries < 5:
            assert task.run_after > timezone.now(), "not at once"
            DBTaskResult.objects.update(run_after=timezone.now())
    runner.run_ready()
    assert len(jobs.notes()) == 5
    (failed,) = status.of_now(at=timezone.now()).failed
    assert (failed.tries, failed.error) == (5, "builtins.RuntimeError")


def test_a_runner_that_was_stopped_begins_no_task() -> None:
    jobs.note.enqueue("x")
    runner = TaskRunner("host:1:x")
    runner.stop()
    runner.run_ready()
    assert jobs.notes() == []
    assert status.of_now(at=timezone.now()).waiting == 1


def test_old_results_are_swept_and_recent_ones_stay() -> None:
    now = timezone.now()
    for age in (1, 30):
        jobs.note.enqueue(str(age))
        newest = DBTaskResult.objects.latest("enqueued_at")
        newest.status, newest.finished_at = "SUCCESSFUL", now - timedelta(days=age)
        newest.save()
    housekeeping.sweep.func(now.isoformat())
    assert [row.args_kwargs["args"] for row in DBTaskResult.objects.all()] == [["1"]]


@contextmanager
def _working(*duties: Duty) -> Iterator[Worker]:
    worker = Worker(duties, now=timezone.now)
    ended: list[bool] = []

    def run() -> None:
        try:
            ended.append(worker.run())
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield worker
    finally:
        worker.stop()
        thread.join(30)
    assert ended == [True]


def _until(met: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 15
    while not met():
        assert time.monotonic() < deadline, "took too long"
        time.sleep(0.02)
