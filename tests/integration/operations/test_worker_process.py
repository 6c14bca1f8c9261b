"""The real worker process: it seals and indexes, survives its own death, and ends when told."""

import os
import signal
import time
from collections.abc import Callable

import pytest

from tests.integration.operations import acts
from tests.integration.operations.sites import Site


def test_it_seals_what_was_done_and_ends_on_sigterm(site: Site) -> None:
    with site.running("worker") as worker:
        site.python(acts.WRITE)
        _until(lambda: (site.home / "audit-head.log").exists() and site.json("index", "status")["available"])
        _until(lambda: site.python(_UNSEALED) == "0")
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(40) == 0
    assert site.python("from gongkai.groundwork.work.models import *\nprint(WorkerHeartbeat.objects.count())") == "0"
    assert site.json("audit", "verify")["intact"] is True


@pytest.mark.pure
def test_a_task_whose_worker_was_killed_is_done_by_the_next(site: Site) -> None:
    site.python(_TAKEN_BY_A_DEAD_WORKER)
    with site.running("worker") as worker:
        _until(lambda: site.python(_STATES) == "SUCCESSFUL 2")
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait(10)
    with site.running("worker") as worker:
        _until(lambda: site.python(_BEATS.format(pid=worker.pid)) == "True")
        _until(lambda: site.python(_UNSEALED) == "0")
        worker.send_signal(signal.SIGINT)
        assert worker.wait(40) == 0


@pytest.mark.pure
def test_a_rebuild_of_the_index_is_done_by_the_worker_that_holds_it(site: Site) -> None:
    with site.running("worker") as worker:
        _until(lambda: site.run("index", "status").returncode == 0)
        before = site.json("index", "status")["generation"]
        assert "worker" in site.ok("index", "rebuild")
        _until(lambda: site.json("index", "status")["generation"] != before)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(40) == 0


_BEATS = (
    "from gongkai.groundwork.work.models import WorkerHeartbeat\n"
    "print(WorkerHeartbeat.objects.filter(worker_id__contains=':{pid}:').exists())"
)

_UNSEALED = "from gongkai.groundwork.audit import sealing\nprint(sealing.unsealed())"

_TAKEN_BY_A_DEAD_WORKER = """
import os, socket, subprocess
from django_tasks_db.models import DBTaskResult
from gongkai.groundwork.work import housekeeping

ended = subprocess.Popen(["true"])
ended.wait()
housekeeping.sweep.enqueue("2026-11-22T03:30:00+08:00")
DBTaskResult.objects.update(status="RUNNING", worker_ids=[f"{socket.gethostname()[:40]}:{ended.pid}:x"])
"""

_STATES = """
from django_tasks_db.models import DBTaskResult
task = DBTaskResult.objects.order_by("enqueued_at").first()
print(task.status, len(task.worker_ids))
"""


def _until(met: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not met():
        assert time.monotonic() < deadline, "took too long"
        time.sleep(0.1)
