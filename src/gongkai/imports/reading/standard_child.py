"""The reading process for a standard table: a workbook comes in as a descriptor, one line of JSON goes out."""

import json
import os
import resource
import sys

from gongkai.imports.domain import standard_tables
from gongkai.imports.reading import grid
from gongkai.imports.reading.tables import UnreadableTable

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 60


def main(file: int) -> dict[str, object]:
    """What was read, or why nothing was."""
    try:
        with os.fdopen(file, "rb") as stream:
            rows = grid.read(stream)
        return standard_tables.read(rows).as_dict()
    except (UnreadableTable, standard_tables.NoSuchTable) as error:
        return {"unreadable": str(error)}
    except (MemoryError, RecursionError):
        return {"unreadable": "读取该文件所需的内存过多，请删去表格以外的内容后重试。"}


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    json.dump(main(int(sys.argv[1])), sys.stdout)
