"""Reading in child processes with limits on memory and time, one file at a time each, on all cores.

A hostile file may loop, swell or crash its reader; the parent only ever sees an `Outcome` with a named error.
"""

import ctypes
import dataclasses
import multiprocessing
import os
import resource
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection, wait
from pathlib import Path

from gongkai.auditing import audit, errors
from gongkai.auditing.reading import scanning

Task = tuple[Path, bool]

SECONDS = 8.0
MEMORY = 700_000_000
SCAN_SECONDS = 300.0
SCAN_MEMORY = 6_000_000_000
# Fork is quick and the command line has no threads; a server with threads should call from a process of its own.
_CONTEXT = multiprocessing.get_context("fork")
SCANS = frozenset({".png", ".jpg", ".jpeg"})


@dataclasses.dataclass
class _Worker:
    process: multiprocessing.process.BaseProcess
    pipe: Connection
    path: Path | None = None
    deadline: float = 0.0


def audit_all(paths: Iterable[Path], *, workers: int = 0, keep_document: bool = False) -> Iterator[audit.Outcome]:
    """Outcomes in the order in which they are done. `workers` 0 means one per core."""
    queue = [(path, path.suffix.lower() in SCANS) for path in paths][::-1]
    count = min(workers or os.cpu_count() or 1, max(len(queue), 1))
    crew = [_start(keep_document=keep_document) for _ in range(count)]
    try:
        for worker in crew:
            _assign(worker, queue)
        while any(worker.path for worker in crew):
            yield from _collect(crew, queue, keep_document=keep_document)
    finally:
        for worker in crew:
            _stop(worker)


def audit_one(path: Path, *, keep_document: bool = False) -> audit.Outcome:
    """One file behind the same limits, for callers such as the desk."""
    return next(iter(audit_all([path], workers=1, keep_document=keep_document)))


def _collect(crew: list[_Worker], queue: list[Task], *, keep_document: bool) -> Iterator[audit.Outcome]:
    busy = {worker.pipe: i for i, worker in enumerate(crew) if worker.path}
    nearest = min(crew[i].deadline for i in busy.values())
    ready = wait(list(busy), timeout=max(nearest - time.monotonic(), 0.0))
    for pipe in ready:
        i = busy[pipe]  # type: ignore[index]
        worker = crew[i]
        path = worker.path
        assert path is not None
        try:
            outcome = worker.pipe.recv()
        except (EOFError, OSError):
            outcome = audit.Outcome(str(path), error=errors.Collapsed.name, message="读取程序异常终止,文件可能已损坏")
            _stop(worker)
            crew[i] = worker = _start(keep_document=keep_document)
        worker.path = None
        if outcome.error == errors.Scan.name:
            queue.append((path, True))
        _assign(worker, queue)
        if outcome.error != errors.Scan.name:
            yield outcome
    for i, worker in enumerate(crew):
        if worker.path and time.monotonic() >= worker.deadline and worker.pipe not in ready:
            path = worker.path
            _stop(worker)
            crew[i] = _start(keep_document=keep_document)
            _assign(crew[i], queue)
            yield audit.Outcome(str(path), error=errors.TookTooLong.name, message="读取超时,已中止")


def _assign(worker: _Worker, queue: list[Task]) -> None:
    if not queue:
        return
    worker.path, scan = queue.pop()
    worker.deadline = time.monotonic() + (SCAN_SECONDS if scan else SECONDS)
    worker.pipe.send((str(worker.path), scan))


def _start(*, keep_document: bool) -> _Worker:
    mine, theirs = _CONTEXT.Pipe()
    process = _CONTEXT.Process(target=_serve, args=(theirs, mine, {"keep_document": keep_document}), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, mine)


def _stop(worker: _Worker) -> None:
    worker.pipe.close()
    if worker.process.is_alive():
        worker.process.kill()
    worker.process.join(timeout=5)


def _serve(pipe: Connection, parents: Connection, options: dict[str, bool]) -> None:
    """The child: reads paths from the pipe until it closes."""
    parents.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _die_with_parent()
    inherited = _address_space()
    while True:
        try:
            path, scan = pipe.recv()
        except EOFError:
            return
        _limit(inherited + (SCAN_MEMORY if scan else MEMORY))
        scanning.allowed = scan
        outcome = _guarded(Path(path), **options)
        try:
            pipe.send(outcome)
        except MemoryError:
            pipe.send(audit.Outcome(path, error=errors.OutOfMemory.name, message="读取所需内存超过上限"))


def _guarded(path: Path, *, keep_document: bool) -> audit.Outcome:
    """A fault of ours in one file must not stop the others: it is named, with its type, and the run goes on."""
    try:
        return audit.audit(path, keep_document=keep_document)
    except Exception as fault:  # noqa: BLE001 - reported by name; the alternative is losing the whole run
        return audit.Outcome(
            str(path), error=errors.Collapsed.name, message=f"读取程序出错({type(fault).__name__}: {fault})"
        )


def _address_space() -> int:
    """Bytes of address space that this process has from the start: what it was forked from is not its own doing."""
    statistics = Path("/proc/self/statm")
    return int(statistics.read_text("ascii").split()[0]) * resource.getpagesize() if statistics.exists() else 0


def _limit(memory: int) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _die_with_parent() -> None:
    """Linux: the kernel ends this process when its parent dies, even in a loop."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
