"""What was purged must stay purged: the list that a restore of an older backup goes through again.

A purge erases personal or secret data physically, so it leaves no copy from which a restored database could know
of it. Each purge therefore also adds lines to a file outside the database; after a restore every line younger
than the backup is applied again: the bytes go here, and whoever keeps copies elsewhere subscribes to `PurgeAgain`.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import connection


@dataclass(frozen=True)
class PurgeAgain:
    """Event: what has this SM3 digest was purged at ``at`` on the ground, and came back with a restore.

    ``subject`` says whose it was (``record:12``; empty for the bytes of a file), ``detail`` what its room needs to
    erase it again and to say who decided that.
    """

    digest: str
    at: datetime
    ground: str
    subject: str = ""
    detail: Mapping[str, object] = field(default_factory=dict)


class UnreadablePurgeList(Exception):
    """A line of the list is not a purge."""


def note(path: Path, purge: PurgeAgain) -> None:
    """Adds a purge to the list and waits until it lies on the disk."""
    values: dict[str, object] = {"digest": purge.digest, "at": purge.at.isoformat(), "ground": purge.ground}
    if purge.subject:
        values |= {"subject": purge.subject, "detail": dict(purge.detail)}
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, f"{json.dumps(values, ensure_ascii=False)}\n".encode())
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
            purge = _read(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UnreadablePurgeList(f"line {position}") from error
        if purge.at >= moment:
            yield purge


def sweep_database() -> bool:
    """Rewrites the SQLite file, so that no freed page and no log still holds what was erased; outside transactions.

    Readers go on, writers wait for as long as it takes to copy the file. On PostgreSQL nothing is done and False
    returned: the owner of the tables sweeps there (`rewrite_tables`).
    """
    if connection.vendor != "sqlite":
        return False
    with connection.cursor() as cursor:
        # The copy may be larger than memory.
        cursor.execute("PRAGMA temp_store = FILE")
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA temp_store = MEMORY")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy = cursor.fetchone()[0]
    return not busy


def rewrite_tables(tables: Iterable[str]) -> bool:
    """On PostgreSQL, for the owner of the tables: writes them anew, one after the other, closed to all meanwhile."""
    if connection.vendor != "postgresql":
        return sweep_database()
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"VACUUM (FULL, ANALYZE) {connection.ops.quote_name(table)}")
    return True


def _read(values: Mapping[str, object]) -> PurgeAgain:
    detail = values.get("detail", {})
    if not isinstance(detail, dict):
        raise TypeError("detail")
    at = datetime.fromisoformat(str(values["at"]))
    return PurgeAgain(str(values["digest"]), at, str(values["ground"]), str(values.get("subject", "")), detail)
