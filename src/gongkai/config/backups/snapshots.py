"""A consistent picture of the database while the site runs, and the counts that belong to it."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

_DUMP_ONLY_DATA_OF_THE_SITE = ("--format=custom", "--no-owner", "--no-privileges", "--compress=6")


class CannotSnapshot(Exception):
    """The database cannot be copied or loaded; the message says what to do."""


@dataclass(frozen=True)
class Snapshot:
    """The copied database, rows by table, and the digests of the files it knows, all of the same moment."""

    path: Path
    counts: Mapping[str, int]
    file_digests: tuple[str, ...]


@contextmanager
def taken(folder: Path) -> Iterator[Snapshot]:
    """The database as it was at one moment, as a file in ``folder`` that is removed afterwards."""
    path = folder / "database"
    try:
        yield _from_sqlite(path) if connection.vendor == "sqlite" else _from_postgresql(path)
    finally:
        path.unlink(missing_ok=True)


def program(name: str) -> str:
    """The path of a PostgreSQL client program.

    Raises:
        CannotSnapshot: it is not installed.
    """
    candidates = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    found = str(candidates[-1]) if candidates else shutil.which(name)
    if found is None:
        raise CannotSnapshot(f"{name} is not installed. On Debian: apt-get install postgresql-client")
    return found


def run(command: list[str]) -> None:
    """Runs a PostgreSQL client program against the site's database; password and address travel by environment.

    Raises:
        CannotSnapshot: the program failed, with what it said.
    """
    settings = connection.settings_dict
    address = {
        "PGDATABASE": settings["NAME"],
        "PGUSER": settings["USER"],
        "PGPASSWORD": settings["PASSWORD"],
        "PGHOST": settings["HOST"],
        "PGPORT": settings["PORT"],
    }
    environment = os.environ | {name: str(value) for name, value in address.items() if value}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotSnapshot(f"{Path(command[0]).name} failed: {done.stderr.strip()[-500:]}")


def _from_sqlite(path: Path) -> Snapshot:
    source = Path(str(connection.settings_dict["NAME"]))
    with closing(sqlite3.connect(source, timeout=60)) as live, closing(sqlite3.connect(path)) as copy:
        # One step under one read lock: writers go on in the write-ahead log.
        live.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        counts = {table: copy.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in _tables()}
        digests = tuple(row[0] for row in copy.execute("SELECT digest FROM groundwork_storedfile ORDER BY digest"))
    return Snapshot(path, counts, digests)


def _from_postgresql(path: Path) -> Snapshot:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        run([program("pg_dump"), *_DUMP_ONLY_DATA_OF_THE_SITE, f"--snapshot={snapshot}", f"--file={path}"])
        counts = {}
        for table in _tables():
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            counts[table] = cursor.fetchone()[0]
        cursor.execute("SELECT digest FROM groundwork_storedfile ORDER BY digest")
        digests = tuple(row[0] for row in cursor.fetchall())
    return Snapshot(path, counts, digests)


def _tables() -> list[str]:
    """The tables that are there, not those that this version would have: an upgrade backs up before it migrates."""
    with connection.cursor() as cursor:
        return sorted(connection.introspection.table_names(cursor))
