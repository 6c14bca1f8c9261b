"""The append-only file outside the database that remembers how far the chain had come, and when.

Whoever can change the database cannot shorten the chain unnoticed as long as this file is out of their reach:
on production sites it is made append-only for the system (``chattr +a``) or shipped to another machine.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True, order=True)
class Head:
    """The last link of the chain at a moment."""

    number: int
    link: str
    at: str = ""


class UnreadableHeadFile(Exception):
    """A line of the file is not a head."""


def append(path: Path, number: int, link: str, *, at: datetime) -> None:
    """Adds one line and waits until it lies on the disk."""
    line = f"{number} {link} {at.astimezone(UTC).isoformat(timespec='seconds')}\n"
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, line.encode("ascii"))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read(path: Path) -> Iterator[Head]:
    """Every head ever exported, in the order of the file; nothing when there is no file.

    Raises:
        UnreadableHeadFile: a line other than a last, half-written one cannot be read.
    """
    if not path.exists():
        return
    with path.open("r", encoding="ascii", errors="replace") as stream:
        for position, line in enumerate(stream, start=1):
            if not line.endswith("\n"):
                return  # the machine lost power while it wrote; the next line says the same and more
            words = line.split()
            if len(words) != 3 or not words[0].isdigit():
                raise UnreadableHeadFile(f"line {position}")
            yield Head(int(words[0]), words[1], words[2])
