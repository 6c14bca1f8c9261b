"""Reads a table without parsing it in this process."""

import contextlib
import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import IO, Any, BinaryIO

from gongkai.imports.domain.rows import CheckedRow
from gongkai.imports.reading.preparing import OwnAgency
from gongkai.imports.reading.tables import UnreadableTable

_PIPE_BYTES = 1 << 20
_GAVE_UP = "读取该文件用时或用量过多，已停止。请拆分后重试。"


@dataclass(frozen=True)
class Reading:
    """A table under way. Iterating ``rows`` raises UnreadableTable where the file turns out to be broken further on."""

    header: tuple[str, ...]
    expected_rows: int | None
    rows: Iterator[CheckedRow]


@contextmanager
def read(file: BinaryIO, *, ending: str, mapping_text: str, own: OwnAgency | None, today: date) -> Iterator[Reading]:
    """Checked rows of ``file`` under the mapping; ends the reading process when the block is left.

    Raises:
        UnreadableTable: the file cannot be read, or lacks columns that the mapping names.
    """
    order = {"ending": ending, "mapping": mapping_text, "today": today.isoformat(), "own": own and vars(own)}
    with _reader(file, order) as out:
        first = _next(out)
        yield Reading(tuple(first["header"]), first["expected"], _rows(out))


def rows(file: BinaryIO, *, ending: str, most: int) -> list[tuple[int, list[str]]]:
    """Line numbers and cells of a small table as they stand, the header among them.

    Raises:
        UnreadableTable: the file cannot be read, or has more than ``most`` rows.
    """
    with _reader(file, {"ending": ending, "mapping": None}) as out:
        found = [(1, list(_next(out)["header"]))]
        while "end" not in (data := _next(out)):
            found.append((data["line"], data["cells"]))
            if len(found) > most:
                raise UnreadableTable(f"表格超过{most}行，请拆分后重试。")
    return found


@contextmanager
def _reader(file: BinaryIO, order: dict[str, Any]) -> Iterator[IO[str]]:
    """What the reading process says about the file; it ends when the block is left."""
    descriptor = os.open(f"/dev/fd/{file.fileno()}", os.O_RDONLY)
    try:
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "gongkai.imports.reading.child", str(descriptor)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pass_fds=[descriptor],
            env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            text=True,
            encoding="utf-8",
        )
    finally:
        os.close(descriptor)
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps(order))
            process.stdin.close()
            # So that the child prepares the next chunk while this process writes the last one.
            with contextlib.suppress(OSError):
                fcntl.fcntl(process.stdout, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
            yield process.stdout
        finally:
            process.kill()


def _rows(out: IO[str]) -> Iterator[CheckedRow]:
    while "end" not in (data := _next(out)):
        yield CheckedRow.from_data(data)


def _next(out: IO[str]) -> dict[str, Any]:
    line = out.readline()
    if not line:
        raise UnreadableTable(_GAVE_UP)
    data: dict[str, Any] = json.loads(line)
    if "unreadable" in data:
        raise UnreadableTable(str(data["unreadable"]))
    return data
