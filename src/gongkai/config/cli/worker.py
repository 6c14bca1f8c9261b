"""``gongkai worker``: background work until SIGTERM or Ctrl-C."""

import argparse
import os
import signal
from types import FrameType

from django.utils import timezone

from gongkai.config import duties
from gongkai.groundwork.work.worker import Worker


def add_arguments(parser: argparse.ArgumentParser) -> None:
    return None


def run(arguments: argparse.Namespace) -> int:
    worker = Worker(duties.of_the_worker(), now=timezone.now)

    def end(number: int, frame: FrameType | None) -> None:
        # A second request to stop does not wait: what is in hand is taken up by the next worker.
        signal.signal(number, signal.SIG_DFL)
        worker.stop()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    print(f"gongkai worker {worker.worker_id}", flush=True)
    if worker.run():
        return 0
    # Threads that did not end in time must not hold up the exit.
    os._exit(0)
