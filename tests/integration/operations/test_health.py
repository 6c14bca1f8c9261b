"""``/healthz`` says whether this process can serve, and why not."""

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from gongkai.config import health

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_known_to_be_migrated", False)


def test_it_is_ready_without_an_index_and_may_not_be_cached(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert response["Cache-Control"] == "no-store"


def test_missing_migrations_are_named(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'records'")
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (503, {"status": "migrations unapplied"})


def test_a_database_that_fails_is_named_even_after_it_was_well(client: Client) -> None:
    assert client.get("/healthz").status_code == 200

    def refuse(*arguments: object) -> None:
        raise DatabaseError("gone")

    with connection.execute_wrapper(refuse):
        response = client.get("/healthz")
    assert (response.status_code, response.json()) == (503, {"status": "database unavailable"})


def test_once_migrated_it_asks_one_small_question(client: Client, django_assert_num_queries: object) -> None:
    client.get("/healthz")
    with django_assert_num_queries(1):  # type: ignore[operator]
        client.get("/healthz")
