"""Puts a backup into an empty data folder and an empty database, and proves that it arrived whole."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.migrations.loader import MigrationLoader

from gongkai.config.backups import manifest as manifests
from gongkai.config.backups import reading, snapshots
from gongkai.config.backups.manifest import Manifest
from gongkai.groundwork import events, purges
from gongkai.groundwork.audit import verification
from gongkai.groundwork.audit.models import AuditEvent, AuditSeal
from gongkai.groundwork.files import store


class CannotRestore(Exception):
    """The target is not empty, or does not fit the backup; nothing was changed."""


@dataclass(frozen=True)
class Restored:
    """``audit`` is None without the audit key; ``differing`` are tables whose row count is not the manifest's."""

    manifest: Manifest
    audit: verification.Report | None
    differing: tuple[str, ...]
    purged_again: int
    upgrade_needed: bool

    @property
    def sound(self) -> bool:
        return not self.differing and self.audit is not None and self.audit.intact


def restore(source: Path, *, key: str | None, purge_list: Path | None) -> Restored:
    """Restores into the data folder and database of the settings, which must both be empty.

    Raises:
        CannotRestore: the database is not empty, is of another kind, or the backup is of a newer version.
        UnusableBackup: the archive is damaged; nothing of it stays.
        CannotSnapshot: PostgreSQL refused to load the dump.
    """
    home = Path(settings.HOME)
    with _scratch(home / ".restoring") as folder:
        _check_database_is_empty()
        manifest = reading.extract(source, folder, key=key)
        _check_fits(manifest)
        _load(folder / manifests.DATABASES[manifest.vendor])
        _settle(folder, home)
    # Compared with the backup before anything goes again: a purge takes rows away and adds to the trail.
    audit = None if key is None else verification.verify(key=key, head_file=Path(settings.AUDIT_HEAD_FILE))
    differing = tuple(table for table, count in manifest.counts.items() if _count(table) != count)
    return Restored(
        manifest=manifest,
        audit=audit,
        differing=differing,
        purged_again=_purge_again(purge_list, manifest),
        upgrade_needed=bool(_unknown_to(manifest)),
    )


def forget_transactions() -> None:
    """Takes the transaction ids of the old cluster off the append-only rows; on SQLite there is nothing to take.

    A new cluster counts from the beginning, so that old ids would lie in its future and readers would wait for
    them for ever. This is the one place that steps past the triggers, in one transaction and for one column: what
    was sealed gets 0, what was still waiting for the sealer 1, and so stays behind the head of the chain.
    """
    if connection.vendor != "postgresql":
        return
    events_table, seals_table = AuditEvent._meta.db_table, AuditSeal._meta.db_table
    waiting = f"CASE WHEN EXISTS (SELECT 1 FROM {seals_table} s WHERE s.event_id = t.id) THEN 0 ELSE 1 END"
    with transaction.atomic(), connection.cursor() as cursor:
        for table in _tables_with_transactions():
            value = waiting if table == events_table else "0"
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_update")
            cursor.execute(f"UPDATE {table} t SET transaction_id = {value}")
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {table}_no_update")


def _tables_with_transactions() -> list[str]:
    return sorted(
        model._meta.db_table
        for model in apps.get_models()
        if any(isinstance(field, models.Field) and field.column == "transaction_id" for field in model._meta.fields)
    )


def _check_database_is_empty() -> None:
    if connection.vendor == "sqlite":
        if Path(str(connection.settings_dict["NAME"])).exists():
            raise CannotRestore("The database file exists already.")
        return
    with connection.cursor() as cursor:
        if connection.introspection.table_names(cursor):
            raise CannotRestore("The database is not empty.")


def _check_fits(manifest: Manifest) -> None:
    if manifest.vendor != connection.vendor:
        raise CannotRestore(f"The backup is of {manifest.vendor}, the database is {connection.vendor}.")
    known = {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    newer = sorted(set(manifest.migrations) - known)
    if newer:
        raise CannotRestore(f"The backup was written by a newer version ({manifest.version}): {newer[0]}")


def _unknown_to(manifest: Manifest) -> set[str]:
    known = {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    return known - set(manifest.migrations)


def _load(dump: Path) -> None:
    if connection.vendor == "sqlite":
        target = Path(str(connection.settings_dict["NAME"]))
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.move(dump, target)
        return
    connection.close()
    options = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    snapshots.run(
        [snapshots.program("pg_restore"), *options, f"--dbname={connection.settings_dict['NAME']}", str(dump)]
    )
    forget_transactions()


def _settle(folder: Path, home: Path) -> None:
    shutil.move(folder / manifests.HEADS, settings.AUDIT_HEAD_FILE)
    if (folder / "files").exists():
        shutil.move(folder / "files", settings.FILES_ROOT)


def _purge_again(purge_list: Path | None, manifest: Manifest) -> int:
    if purge_list is None:
        return 0
    found = list(purges.since(purge_list, datetime.fromisoformat(manifest.created_at)))
    for purge in found:
        with transaction.atomic():
            events.emit(purge)
        store.remove(purge.digest)
    if found:
        purges.sweep_database()
    return len(found)


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        return int(cursor.fetchone()[0])


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    folder.mkdir(parents=True, mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
