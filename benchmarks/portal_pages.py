"""The portal over HTTP with many published entries: search, lists at any depth, entry pages, pages a second, memory.

    python -m benchmarks.portal_pages --entries 1000000 [--folder KEPT]

Fills an embedded database with made-up entries (not through the services: this measures reading), builds the index
from it as ``gongkai index rebuild`` does, serves the portal from two workers and asks it from this machine. The
table goes to stderr, one JSON object to stdout. No answer is cached: every request asks for another page.
"""

import argparse
import contextlib
import datetime
import http.client
import json
import os
import pathlib
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator, Sequence
from zoneinfo import ZoneInfo

from benchmarks import corpus

PUBLISHED_IN = ZoneInfo("Asia/Shanghai")
LIMITS = {"search": 30.0, "entry": 15.0, "list, first page": 25.0, "list, deep": 25.0}
PAGES_A_SECOND, MEGABYTES = 300, 300


def fill(folder: pathlib.Path, entries: int) -> dict[str, float]:
    """Seconds that filling and indexing took; nothing is done where the folder holds so many entries already."""
    mark = folder / f"filled-{entries}"
    if mark.exists():
        return {}
    environment = _environment(folder)
    subprocess.run(
        [sys.executable, "-m", "gongkai.config", "manage", "migrate", "-v", "0"], env=environment, check=True
    )
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "benchmarks.portal_fill", str(entries)], env=environment, check=True)
    filled = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "gongkai.config", "index", "rebuild"], env=environment, check=True, stdout=sys.stderr
    )
    indexed = time.perf_counter()
    mark.touch()
    return {"fill_seconds": round(filled - began, 1), "index_seconds": round(indexed - filled, 1)}


def _environment(folder: pathlib.Path) -> dict[str, str]:
    return os.environ | {
        "GONGKAI_HOME": str(folder),
        "GONGKAI_DEMO": "true",
        "GONGKAI_DATABASE_URL": "",
        "GONGKAI_PUBLIC_BASE_URL": "http://127.0.0.1",
        "GONGKAI_LOG_LEVEL": "ERROR",
    }


@contextlib.contextmanager
def served(folder: pathlib.Path) -> Iterator[tuple[int, int]]:
    """The portal on two workers; yields its port and process id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = ["serve", "--only", "portal", "--port", str(port), "--workers", "2"]
    process = subprocess.Popen(
        [sys.executable, "-m", "gongkai.config", *words], env=_environment(folder), stdout=subprocess.DEVNULL
    )
    try:
        _wait(port)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(port: int) -> None:
    for _ in range(300):
        with contextlib.suppress(OSError, http.client.HTTPException):
            if Visitor(port).get("/healthz") == 200:
                return
        time.sleep(0.2)
    raise TimeoutError("the portal did not start")


class Visitor:
    """One kept connection."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def get(self, path: str) -> int:
        self.connection.request("GET", path)
        answer = self.connection.getresponse()
        answer.read()
        return answer.status


def latencies(port: int, paths: Sequence[str]) -> dict[str, float]:
    """Milliseconds of one visitor asking page after page; raises where one does not answer 200."""
    visitor = Visitor(port)
    for path in paths[:4]:
        visitor.get(path)
    taken = []
    for path in paths:
        began = time.perf_counter()
        status = visitor.get(path)
        taken.append((time.perf_counter() - began) * 1_000)
        if status != 200:
            raise RuntimeError(f"{path}: {status}")
    taken.sort()
    p95 = taken[min(len(taken) - 1, len(taken) * 95 // 100)]
    return {"median_ms": round(statistics.median(taken), 2), "p95_ms": round(p95, 2), "worst_ms": round(taken[-1], 2)}


def pages_a_second(port: int, path_for: Callable[[random.Random], str], *, seconds: float, visitors: int) -> float:
    """How many pages all visitors together get in a second."""
    counts = [0] * visitors
    until = time.perf_counter() + seconds

    def visit(number: int) -> None:
        visitor, chance = Visitor(port), random.Random(number)
        while time.perf_counter() < until:
            visitor.get(path_for(chance))
            counts[number] += 1

    threads = [threading.Thread(target=visit, args=(number,)) for number in range(visitors)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return round(sum(counts) / (time.perf_counter() - began), 1)


def largest_process(parent: int) -> float:
    """Megabytes that the largest worker holds for itself (anonymous memory; mapped index files are shared)."""
    children = pathlib.Path(f"/proc/{parent}/task/{parent}/children").read_text("ascii").split()
    return round(max(_private_megabytes(child) for child in [str(parent), *children]), 1)


def _private_megabytes(process: str) -> float:
    lines = pathlib.Path(f"/proc/{process}/status").read_text("ascii").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(("RssAnon", "RssShmem"))) / 1_024


def paths_of(made: corpus.Corpus, entries: int, count: int) -> dict[str, list[str]]:
    """The pages to ask for, by kind."""
    chance = random.Random(corpus.SEED)
    words = [made.queries(count // 3 + 1, band) for band in ("rare", "medium", "common")]
    texts = [text for turn in zip(*words, strict=True) for text in turn]
    agencies = [f"/agencies/{code}/" for code in corpus.AGENCIES[:40]]
    return {
        "search": [f"/search/?q={urllib.parse.quote(text)}" for text in texts],
        "entry": [f"/entries/{chance.randrange(1, entries + 1)}/" for _ in range(count)],
        "list, first page": [agencies[number % len(agencies)] for number in range(count)],
        "list, deep": [f"/latest/?older={_place(made, chance.randrange(1, entries + 1))}" for _ in range(count)],
    }


def _place(made: corpus.Corpus, key: int) -> str:
    """Where an entry stands in the list by time, as the pager writes it: somewhere in the whole depth."""
    published = datetime.datetime.combine(made.sample(key).published_on, datetime.time(9), PUBLISHED_IN)
    return f"{round(published.timestamp() * 1_000_000)}-{key}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--folder", type=pathlib.Path, help="keep database and index here for another run")
    parser.add_argument("--requests", type=int, default=600)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as temporary:
        folder = (arguments.folder or pathlib.Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        facts: dict[str, object] = {"entries": arguments.entries, **fill(folder, arguments.entries)}
        facts |= measure(folder, arguments.entries, arguments.requests)
    report(facts)
    print(json.dumps(facts, ensure_ascii=False))
    return 0


def measure(folder: pathlib.Path, entries: int, count: int) -> dict[str, object]:
    """Asks the served portal and returns the figures by kind of page."""
    made = corpus.Corpus()
    with served(folder) as (port, process):
        pages = {kind: latencies(port, paths) for kind, paths in paths_of(made, entries, count).items()}

        def entry_or_list(chance: random.Random) -> str:
            if chance.random() < 0.5:
                return f"/agencies/{chance.choice(corpus.AGENCIES[:40])}/"
            return f"/entries/{chance.randrange(1, entries + 1)}/"

        speed = pages_a_second(port, entry_or_list, seconds=15, visitors=8)
        return {"pages": pages, "pages_a_second": speed, "megabytes_of_a_worker": largest_process(process)}


def report(facts: dict[str, object]) -> None:
    """The table, with the limit beside each figure."""
    pages = facts["pages"]
    assert isinstance(pages, dict)
    print(f"\n{'page':<20}{'median ms':>12}{'p95 ms':>10}{'worst ms':>10}{'limit p95':>11}", file=sys.stderr)
    for kind, figures in pages.items():
        row = f"{kind:<20}{figures['median_ms']:>12}{figures['p95_ms']:>10}{figures['worst_ms']:>10}"
        print(f"{row}{LIMITS[kind]:>11}", file=sys.stderr)
    print(f"pages a second: {facts['pages_a_second']} (wanted {PAGES_A_SECOND})", file=sys.stderr)
    print(f"MB of a worker: {facts['megabytes_of_a_worker']} (at most {MEGABYTES})", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
