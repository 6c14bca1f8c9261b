"""Tasks of dead workers are taken up again, but not for ever."""

import os
import socket
from datetime import UTC, datetime, timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from gongkai.groundwork.work import heartbeats
from gongkai.groundwork.work.models import WorkerHeartbeat
from tests.integration.work import jobs

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
ME = f"{socket.gethostname()[:40]}:{os.getpid()}:me"
ELSEWHERE = "another-machine:1:x"


def test_a_task_whose_worker_fell_silent_becomes_ready() -> None:
    heartbeats.beat(ELSEWHERE, at=NOW)
    task = _running(ELSEWHERE)
    assert heartbeats.take_back_lost_tasks(at=NOW + timedelta(seconds=30), mine=ME) == 0
    assert heartbeats.take_back_lost_tasks(at=NOW + timedelta(seconds=90), mine=ME) == 1
    task.refresh_from_db()
    assert task.status == "READY"
    assert DBTaskResult.objects.ready().count() == 1


def test_a_task_of_a_process_that_is_gone_from_this_machine_is_taken_back_at_once() -> None:
    gone = f"{socket.gethostname()[:40]}:{_free_process_number()}:x"
    heartbeats.beat(gone, at=NOW)
    _running(gone)
    assert heartbeats.take_back_lost_tasks(at=NOW, mine=ME) == 1
    assert not WorkerHeartbeat.objects.filter(worker_id=gone).exists()


def test_a_task_of_a_living_worker_stays_with_it() -> None:
    heartbeats.beat(ME, at=NOW)
    task = _running(ME)
    assert heartbeats.take_back_lost_tasks(at=NOW, mine="another-machine:2:y") == 0
    assert heartbeats.take_back_lost_tasks(at=NOW + timedelta(hours=1), mine=ME) == 0
    task.refresh_from_db()
    assert task.status == "RUNNING"


def test_after_five_dead_workers_the_task_fails_and_stays_visible() -> None:
    task = _running(*[ELSEWHERE] * 5)
    assert heartbeats.take_back_lost_tasks(at=NOW, mine=ME) == 1
    task.refresh_from_db()
    assert task.status == "FAILED"
    assert task.exception_class_path.endswith("WorkerDied")


def test_a_worker_that_signs_off_leaves_no_sign() -> None:
    heartbeats.beat(ME, at=NOW)
    assert heartbeats.alive(at=NOW) == {ME}
    heartbeats.sign_off(ME)
    assert heartbeats.alive(at=NOW) == frozenset()


def _running(*worker_ids: str) -> "DBTaskResult[..., object]":
    jobs.note.enqueue("x")
    task = DBTaskResult.objects.latest("enqueued_at")
    task.status, task.worker_ids = "RUNNING", list(worker_ids)
    task.save()
    return task


def _free_process_number() -> int:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return child
