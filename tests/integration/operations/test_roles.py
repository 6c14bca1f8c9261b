"""The roles of PostgreSQL: the portal's cannot reach the originals, the desk's cannot change evidence."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.test import Client

from gongkai.config import checks
from gongkai.groundwork import scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.published.models import Entry, EntryVersion
from gongkai.records.models import Decision, Record
from tests import cast as people
from tests.cast import Cast
from tests.factories import records

pytestmark = pytest.mark.django_db

DEPLOY = Path(__file__).resolve().parents[3] / "deploy" / "postgresql"
As = Callable[[str], AbstractContextManager[None]]
PORTAL, DESK = "gongkai_portal", "gongkai_desk"


@pytest.fixture
def cast() -> Cast:
    return people.assemble()


@pytest.fixture
def acting_as(db: None) -> As:
    """Runs a block under a role of the deployment, with the grants that a site is told to apply."""
    with connection.cursor() as cursor:
        for script in ("roles.sql", "grants.sql"):
            cursor.execute((DEPLOY / script).read_text("utf-8"))

    @contextmanager
    def role(name: str) -> Iterator[None]:
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {name}")
            try:
                yield
            finally:
                cursor.execute("RESET ROLE")

    return role


class TestPortal:
    def test_it_reads_no_table_but_the_public_ones(self, acting_as: As) -> None:
        readable = set()
        with acting_as(PORTAL):
            for table in connection.introspection.table_names():
                try:
                    with transaction.atomic(), connection.cursor() as cursor:
                        cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1')
                except DatabaseError:
                    continue
                readable.add(table)
        public = {
            model._meta.db_table for model in apps.get_models() if model._meta.app_label in {"published", "agencies"}
        }
        assert readable == public | {"groundwork_feedchange", "django_migrations"}

    def test_it_writes_nowhere(self, acting_as: As) -> None:
        with acting_as(PORTAL):
            for table in connection.introspection.table_names():
                for act in ("INSERT", "UPDATE", "DELETE", "TRUNCATE"):
                    with connection.cursor() as cursor:
                        cursor.execute("SELECT has_table_privilege(%s, %s)", [table, act])
                        assert cursor.fetchone() == (False,), f"{act} {table}"

    def test_its_pages_work_with_what_it_may_read(self, acting_as: As, cast: Cast, client: Client) -> None:
        record = records.published(cast)
        with scoping.everywhere(because="the test knows no seat"):
            entry_id = Record.objects.get(pk=record.pk).entry_id
        agency = Entry.objects.get(pk=entry_id).agency.code
        pages = [f"/{page}" for page in _PAGES]
        pages += [f"/agencies/{agency}/", f"/entries/{entry_id}/", f"/api/public/v1/entries/{entry_id}"]
        with acting_as(PORTAL):
            statuses = {page: client.get(page).status_code for page in pages}
        assert set(statuses.values()) == {200}, statuses

    def test_it_can_tell_whether_the_database_is_up_to_date(self, acting_as: As) -> None:
        with acting_as(PORTAL):
            assert checks.unapplied_migrations() == []


class TestDesk:
    def test_it_can_do_a_whole_days_work(self, acting_as: As, cast: Cast) -> None:
        with acting_as(DESK):
            record = records.published(cast)
            withdrawn = records.cleared(cast, title="另一份通知")
        assert record.pk != withdrawn.pk
        assert Entry.objects.count() == 1

    def test_it_cannot_change_or_delete_evidence_even_where_a_trigger_is_gone(self, acting_as: As, cast: Cast) -> None:
        records.published(cast)
        evidence = [AuditEvent._meta.db_table, EntryVersion._meta.db_table, Decision._meta.db_table]
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in evidence:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        with acting_as(DESK):
            for table in evidence:
                for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
                    with pytest.raises(DatabaseError, match="permission denied"):
                        _execute(statement)

    def test_every_append_only_table_is_refused_by_grant_too(self, acting_as: As) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%\\_no\\_update'")
            protected = {row[0] for row in cursor.fetchall()}
            assert {"groundwork_auditevent", "groundwork_auditseal", "published_entryversion"} <= protected
            for table in protected:
                for act in ("UPDATE", "DELETE", "TRUNCATE"):
                    cursor.execute("SELECT has_table_privilege(%s, %s, %s)", [DESK, table, act])
                    assert cursor.fetchone() == (False,), f"{act} {table}"

    def test_of_evidence_only_what_is_named_here_may_change_and_a_purge_may_empty(self, acting_as: As) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT c.relname, a.attname FROM pg_class c "
                "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 "
                "JOIN pg_trigger t ON t.tgrelid = c.oid AND t.tgname = c.relname || '_no_update' "
                "WHERE NOT a.attisdropped AND has_column_privilege(%s, c.oid, a.attnum, 'UPDATE')",
                [DESK],
            )
            assert set(cursor.fetchall()) == _MAY_CHANGE | _EMPTIED_BY_A_PURGE

    def test_a_purge_works_under_its_role(self, acting_as: As, cast: Cast) -> None:
        with acting_as(DESK):
            record = records.purged(cast)
        assert EntryVersion.objects.get(entry_id=record.entry_id).body_html == ""

    def test_it_cannot_change_the_structure(self, acting_as: As) -> None:
        with acting_as(DESK):
            for statement in ("CREATE TABLE mine (id int)", "ALTER TABLE groundwork_auditevent DISABLE TRIGGER USER"):
                with pytest.raises(DatabaseError):
                    _execute(statement)


_MAY_CHANGE = {
    ("records_decision", "is_valid"),
    *(("records_secretrefusal", name) for name in ("reevaluate_on", "declassified_on")),
    # What a purge empties in the evidence of checks.
    *(("records_checkrun", "spots"), ("records_eyereading", "title")),
    *(("records_dismissal", name) for name in ("message", "reason")),
    *(("records_plan", name) for name in ("outcome", "reason", "ended_at")),
    *(("published_releasedtable", name) for name in ("columns", "is_current")),
}
_EMPTIED_BY_A_PURGE = {
    *(("published_entryversion", name) for name in ("title", "metadata", "summary", "keywords", "reason")),
    *(("published_entryversion", name) for name in ("body_html", "body_text", "purged_at")),
    *(("published_entryfile", name) for name in ("title", "file_name", "text", "purged_at")),
    *(("records_uncuttext", name) for name in ("body_html", "purged_at")),
    *(("records_recordversion", name) for name in ("content", "body_html", "body_text", "purged_at")),
}
_PAGES = ("", "latest/", "library/", "agencies/", "search/", "feed.xml", "sitemap.xml", "site-map/", "healthz",
          "api/public/v1/entries")  # fmt: skip


def _execute(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
