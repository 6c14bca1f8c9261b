"""Keeps the search index up to date in a process of its own while a long import writes: two cores do two things.

Ends, with nothing left to index, when its standard input does; also when the import is killed. Where the worker
already keeps the index there is nothing to do, and this process only waits.
"""

import os
import select
import signal
import subprocess
import sys
from types import TracebackType
from typing import Self

_LOOK_AGAIN_SECONDS = 0.3


class IndexingBeside:
    """Starts the process when asked to, once; leaving the block waits until it has finished."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._process.communicate()

    def start(self) -> None:
        """Begins to index what has been imported so far and what follows."""
        if self._process is None:
            command = [sys.executable, "-m", "gongkai.config.indexing_beside"]
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)


def follow() -> None:
    """The life of the process."""
    from gongkai.config import duties

    os.nice(5)  # the writer goes first
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the import, whose end ends this too
    keeper = duties.IndexKeeper()
    try:
        while not _has_ended():
            while keeper.keep():
                pass
        while keeper.keep():
            pass
    finally:
        keeper.close()


def _has_ended() -> bool:
    readable, _, _ = select.select([sys.stdin], [], [], _LOOK_AGAIN_SECONDS)
    return bool(readable) and not os.read(sys.stdin.fileno(), 1)


if __name__ == "__main__":
    from gongkai.config.cli import load_django

    load_django()
    follow()
