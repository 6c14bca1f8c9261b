"""The worker process: a few duties, each on a thread of its own, until it is told to stop."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, close_old_connections, connections

from gongkai.groundwork.work import heartbeats, timetable
from gongkai.groundwork.work.tasks import TaskRunner

logger = logging.getLogger("gongkai.work")

STOP_WITHIN_SECONDS = 30.0
_LONGEST_PAUSE_SECONDS = 60.0


@dataclass(frozen=True)
class Duty:
    """Something the worker does over and over, every ``every`` seconds; at once again while ``work`` returns true."""

    name: str
    every: float
    work: Callable[[], object]


class Worker:
    """Runs duties, tasks and the timetable. ``now`` is the clock."""

    def __init__(self, duties: Sequence[Duty], *, now: Callable[[], datetime]) -> None:
        self.worker_id = heartbeats.new_worker_id()
        self._now = now
        self._stopping = threading.Event()
        self._asked_to_stop = False
        self._runner = TaskRunner(self.worker_id)
        life = heartbeats.BEAT_EVERY.total_seconds()
        self._duties = (
            *duties,
            Duty("life", life, self._live),
            Duty("timetable", 5.0, lambda: timetable.hand_out(at=self._now())),
            Duty("tasks", 0.5, self._runner.run_ready),
        )

    def run(self) -> bool:
        """Works until `stop`; returns whether everything in hand could be ended in time."""
        self._live()
        connections.close_all()  # this thread only waits from now on
        logger.info("worker begins")
        threads = [
            threading.Thread(target=self._repeat, args=(duty,), name=duty.name, daemon=True) for duty in self._duties
        ]
        for thread in threads:
            thread.start()
        while not self._asked_to_stop:
            time.sleep(0.2)
        self._stopping.set()
        until = time.monotonic() + STOP_WITHIN_SECONDS
        for thread in threads:
            thread.join(max(0.0, until - time.monotonic()))
        self._sign_off()
        ended = not any(thread.is_alive() for thread in threads)
        logger.info("worker ends" if ended else "worker ends with work in hand, which another takes up")
        return ended

    def stop(self) -> None:
        """Ends the worker after what is in hand. Safe in a signal handler."""
        # Only plain assignments: a lock taken in a signal handler may be held by the very thread it interrupts.
        self._runner.stop()
        self._asked_to_stop = True

    def _sign_off(self) -> None:
        try:
            heartbeats.sign_off(self.worker_id)
        except DatabaseError:
            logger.warning("the database is gone; the sign of life of this worker expires by itself")
        connections.close_all()

    def _live(self) -> None:
        heartbeats.beat(self.worker_id, at=self._now())
        freed = heartbeats.take_back_lost_tasks(at=self._now(), mine=self.worker_id)
        if freed:
            logger.warning("%d tasks of dead workers taken back", freed)

    def _repeat(self, duty: Duty) -> None:
        pause = duty.every
        while not self._stopping.is_set():
            close_old_connections()
            try:
                pause = 0.0 if duty.work() else duty.every
            except Exception:  # a duty outlives its failure: it is logged, then tried again more slowly
                logger.exception("duty failed: %s", duty.name, extra={"job": duty.name})
                pause = min(max(pause, 1.0) * 2, _LONGEST_PAUSE_SECONDS)
            self._stopping.wait(pause)
        connections.close_all()
