"""The reading process: a table comes in as a descriptor, checked rows go out as lines of JSON.

Limits that the kernel keeps stand before the first byte of the file is parsed. Started by `reading.stream`.
"""

import json
import os
import resource
import sys
from datetime import date
from typing import Any, TextIO

from gongkai.imports.domain import mapping as mappings
from gongkai.imports.reading import tables
from gongkai.imports.reading.preparing import OwnAgency, Preparer

MEMORY_BYTES = 2 << 30
CPU_SECONDS = 1_800
_FLUSH_EVERY = 50


def main(order: dict[str, Any], file: int, out: TextIO) -> None:
    """Reads the file to its end; the last line says whether that worked."""
    try:
        with os.fdopen(file, "rb") as stream:
            table = tables.opened(stream, order["ending"])
            if order["mapping"] is None:
                _hand_out(out, table)
                return
            own = OwnAgency(**order["own"]) if order["own"] else None
            preparer = Preparer(
                table, mappings.parse(order["mapping"]), own=own, today=date.fromisoformat(order["today"])
            )
            _say(out, {"header": table.header, "expected": table.expected_rows})
            for row in preparer.rows():
                out.write(row.to_json() + "\n")
        _say(out, {"end": True})
    except (tables.UnreadableTable, mappings.UnreadableMapping) as error:
        _say(out, {"unreadable": str(error)})
    except (MemoryError, RecursionError):
        _say(out, {"unreadable": "读取该文件所需的内存过多，请拆分后重试。"})


def _hand_out(out: TextIO, table: tables.Table) -> None:
    """The rows as they stand, the header first, for readers that tell the columns themselves."""
    _say(out, {"header": table.header, "expected": table.expected_rows})
    for row in table.rows:
        out.write(json.dumps({"line": row.line, "cells": row.cells}) + "\n")
    _say(out, {"end": True})


def restrict() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _say(out: TextIO, content: dict[str, object]) -> None:
    out.write(json.dumps(content) + "\n")
    out.flush()


if __name__ == "__main__":
    restrict()
    main(json.loads(sys.stdin.read()), int(sys.argv[1]), sys.stdout)
