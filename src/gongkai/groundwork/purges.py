"""What was purged must stay purged: the list that a restore of an older backup goes through again.

A purge erases personal or secret data physically, so it leaves no copy from which a restored database could know
of it. Each purge therefore also adds a line to a file outside the database; after a restore every line younger
than the backup is applied again: the bytes go here, and whoever keeps copies elsewhere subscribes to `PurgeAgain`.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True)
class PurgeAgain:
    """Event: what has this SM3 digest was purged at ``at`` on the ground, and came back with a restore."""

    digest: str
    at: datetime
    ground: str


class UnreadablePurgeList(Exception):
    """A line of the list is not a purge."""


def note(path: Path, purge: PurgeAgain) -> None:
    """Adds a purge to the list and waits until it lies on the disk."""
    line = json.dumps({"digest": purge.digest, "at": purge.at.isoformat(), "ground": purge.ground}, ensure_ascii=False)
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, f"{line}\n".encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def since(path: Path, moment: datetime) -> Iterator[PurgeAgain]:
    """The purges of the list that are not older than ``moment``.

    Raises:
        UnreadablePurgeList: a line cannot be read.
    """
    for position, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        try:
            values = json.loads(line)
            purge = PurgeAgain(str(values["digest"]), datetime.fromisoformat(values["at"]), str(values["ground"]))
        except (ValueError, KeyError, TypeError) as error:
            raise UnreadablePurgeList(f"line {position}") from error
        if purge.at >= moment:
            yield purge
