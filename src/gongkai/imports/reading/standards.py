"""Reads a standard table without parsing it in this process."""

import json
import os
import subprocess
import sys
from typing import BinaryIO

from gongkai.imports.domain.standard_tables import ReadTable
from gongkai.imports.reading.tables import UnreadableTable

_SECONDS = 90
_GAVE_UP = "读取该文件用时或用量过多，已停止。请删去表格以外的内容后重试。"


def read(file: BinaryIO) -> ReadTable:
    """The matters with what was found in each row.

    Raises:
        UnreadableTable: the file cannot be read, or holds no table of this kind.
    """
    descriptor = os.open(f"/dev/fd/{file.fileno()}", os.O_RDONLY)
    try:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "gongkai.imports.reading.standard_child", str(descriptor)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            pass_fds=[descriptor],
            env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            timeout=_SECONDS,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise UnreadableTable(_GAVE_UP) from error
    finally:
        os.close(descriptor)
    data = json.loads(done.stdout)
    if "unreadable" in data:
        raise UnreadableTable(str(data["unreadable"]))
    return ReadTable.from_dict(data)
