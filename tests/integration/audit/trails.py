"""Writes and damages audit trails for the tests of this folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection

from gongkai.groundwork.audit import trail, verification
from gongkai.groundwork.audit.sealing import Sealer

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
KEY = "0123456789abcdef"


@dataclass(frozen=True)
class Clerk:
    user_id: int | None = 1
    name: str = "李"
    post: str = "drafter"
    agency_code: str = "fgw"
    office: str = ""


def write(count: int, *, action: str = "draft") -> None:
    entries = [
        trail.Entry(action=action, subject_type="record", subject_id=number, detail={"标题": "通知", "页": number})
        for number in range(count)
    ]
    trail.write_many(entries, actor=Clerk(), at=NOW)


@dataclass(frozen=True)
class Trail:
    """A trail with its exported heads."""

    heads: Path

    def seal(self) -> int:
        return Sealer(key=KEY, head_file=self.heads).seal(at=NOW)

    def verify(self) -> verification.Report:
        return verification.verify(key=KEY, head_file=self.heads)

    def kinds_of_flaws(self) -> list[str]:
        return [flaw.kind for flaw in self.verify().flaws]


@contextmanager
def triggers_off(table: str) -> Iterator[None]:
    """What an attacker with the owner's rights on the database would do first."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Rows that were just inserted hold deferred constraints, under which the table cannot be altered.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
            yield
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER ALL")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute("PRAGMA foreign_keys = OFF")
        yield
        cursor.execute("PRAGMA foreign_keys = ON")
        for _, sql in triggers:
            cursor.execute(sql)


def tamper(table: str, statement: str) -> None:
    """Runs one statement past the triggers of the table."""
    with triggers_off(table), connection.cursor() as cursor:
        cursor.execute(statement)
