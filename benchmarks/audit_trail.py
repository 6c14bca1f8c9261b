"""What the audit trail costs: acts a second with many writers at once, without and with the sealer, on PostgreSQL.

An act here is the least there is: one transaction with one audit row. The table goes to standard error, one line of
JSON to standard output.
"""

import argparse
import json
import multiprocessing
import os
import sys
import tempfile
import threading
import time
from multiprocessing.synchronize import Event
from pathlib import Path

PROCESSES = 4


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--writers", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=10.0)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["GONGKAI_HOME"] = home
        _migrate()
        without = _measure(arguments.writers, arguments.seconds, sealing=False)
        bulk = _seal_what_is_there()
        with_sealer = _measure(arguments.writers, arguments.seconds, sealing=True)
        intact = _intact()
    result = {
        "writers": arguments.writers,
        "acts_per_second_without_sealer": round(without),
        "acts_per_second_with_sealer": round(with_sealer),
        "events_sealed_per_second_in_bulk": round(bulk),
        "trail_intact": intact,
        "fsync": "off",
    }
    for name, value in result.items():
        print(f"{name:36} {value}", file=sys.stderr)
    print(json.dumps(result))


def _measure(writers: int, seconds: float, *, sealing: bool) -> float:
    context = multiprocessing.get_context("spawn")
    begin, end = context.Event(), context.Event()
    done = context.Queue()
    threads = max(1, writers // PROCESSES)
    workers = [context.Process(target=_write, args=(begin, end, done, threads)) for _ in range(PROCESSES)]
    sealer = [context.Process(target=_seal, args=(begin, end))] if sealing else []
    for process in (*workers, *sealer):
        process.start()
    for _ in workers:
        done.get()  # every writer is connected
    began = time.perf_counter()
    begin.set()
    time.sleep(seconds)
    end.set()
    total = sum(done.get() for _ in workers)
    took = time.perf_counter() - began
    for process in (*workers, *sealer):
        process.join()
    return float(total) / took


def _write(begin: Event, end: Event, done: "multiprocessing.Queue[int]", threads: int) -> None:
    from gongkai.config.cli import load_django

    load_django()
    counts = [0] * threads
    ready = threading.Barrier(threads + 1)
    people = [threading.Thread(target=_act, args=(begin, end, counts, place, ready)) for place in range(threads)]
    for person in people:
        person.start()
    ready.wait()
    done.put(0)
    for person in people:
        person.join()
    done.put(sum(counts))


def _act(begin: Event, end: Event, counts: list[int], place: int, ready: threading.Barrier) -> None:
    from django.db import connection, transaction
    from django.utils import timezone

    from gongkai.accounts.viewer import SYSTEM
    from gongkai.groundwork.audit import trail

    connection.ensure_connection()
    ready.wait()
    begin.wait()
    while not end.is_set():
        with transaction.atomic():
            entry = trail.Entry(action="act", subject_type="test", subject_id=place, detail={"标题": "关于某事的通知"})
            trail.write(entry, actor=SYSTEM, at=timezone.now())
        counts[place] += 1
    connection.close()


def _seal(begin: Event, end: Event) -> None:
    from gongkai.config.cli import load_django

    load_django()
    from django.utils import timezone

    from gongkai.config import duties

    sealer = duties.sealer()
    begin.wait()
    while not end.wait(1.0):
        sealer.seal(at=timezone.now())


def _migrate() -> None:
    from gongkai.config.cli import load_django

    load_django()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)


def _seal_what_is_there() -> float:
    from django.utils import timezone

    from gongkai.config import duties

    began = time.perf_counter()
    sealed = duties.sealer().seal(at=timezone.now())
    return sealed / (time.perf_counter() - began)


def _intact() -> bool:
    from django.conf import settings
    from django.utils import timezone

    from gongkai.config import duties, keys
    from gongkai.groundwork.audit import verification

    duties.sealer().seal(at=timezone.now())
    report = verification.verify(
        key=keys.secret(settings.HOME, settings.AUDIT_KEY_NAME), head_file=Path(settings.AUDIT_HEAD_FILE)
    )
    return report.intact and report.unsealed == 0


if __name__ == "__main__":
    main()
