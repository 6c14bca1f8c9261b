"""How much of the index's files a process holds in memory: pages that every query maps and nobody gives back."""

import pathlib
import resource

_statm = pathlib.Path("/proc/self/statm")


def mapped_bytes() -> int:
    """Resident pages that belong to files; 0 where the system does not tell."""
    try:
        return int(_statm.read_text(encoding="ascii").split()[2]) * resource.getpagesize()
    except FileNotFoundError:
        return 0
