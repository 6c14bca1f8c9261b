"""Fixtures of the whole suite. The cast of persons lives in `tests.cast`, cases are built in `tests.factories`."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

SHARED = Path(__file__).resolve().parents[2] / "shared"
_sqlite_triggers: list[tuple[str, str]] = []


@pytest.fixture(scope="session", autouse=True)
def _fast_passwords() -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _evidence_can_be_flushed(request: pytest.FixtureRequest) -> Iterator[None]:
    """A transactional test ends by emptying all tables, which on SQLite the append-only triggers refuse.

    So they are taken off just before that, and put back before the next test.
    """
    marker = request.node.get_closest_marker("django_db")
    transactional = "transactional_db" in request.fixturenames or bool(marker and marker.kwargs.get("transaction"))
    if not transactional:
        yield
        return
    request.getfixturevalue("transactional_db")
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        if not _sqlite_triggers:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            _sqlite_triggers.extend(cursor.fetchall())
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        present = {row[0] for row in cursor.fetchall()}
        for name, sql in _sqlite_triggers:
            if name not in present:
                cursor.execute(sql)
    yield
    with connection.cursor() as cursor:
        for name, _ in _sqlite_triggers:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> None:
    """What a process keeps for a few seconds would outlive the rows of a test."""
    from gongkai.published.selectors import remembered

    remembered.forget_everything()
