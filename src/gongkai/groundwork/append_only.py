"""Triggers that refuse UPDATE and DELETE on evidence tables, for migrations, on both databases."""

from collections.abc import Sequence
from typing import Any

from django.db import migrations


def protect(table: str, *, except_columns: Sequence[str] = ()) -> migrations.RunPython:
    """A migration operation that makes ``table`` append-only.

    ``except_columns`` may still be changed; everything else of a row stays as it was inserted. It is asked for again
    whenever the table changes: a trigger knows the columns of its day only, and SQLite loses it with the old table.
    """

    def install(apps: Any, editor: Any) -> None:
        remove(apps, editor)
        for statement in _statements(editor.connection.vendor, table, except_columns, editor.connection):
            editor.execute(statement, params=None)

    def remove(apps: Any, editor: Any) -> None:
        suffix = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
        for act in ("update", "delete"):
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}{suffix}")

    return migrations.RunPython(install, remove)


def _statements(vendor: str, table: str, except_columns: Sequence[str], connection: Any) -> list[str]:
    with connection.cursor() as cursor:
        columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
    kept = [column for column in columns if column not in except_columns]
    changed = f"{'IS DISTINCT FROM' if vendor == 'postgresql' else 'IS NOT'}"
    condition = " OR ".join(f'OLD."{column}" {changed} NEW."{column}"' for column in kept)
    if vendor == "postgresql":
        return [
            (
                "CREATE OR REPLACE FUNCTION gongkai_append_only() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
            ),
            (
                f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW "
                f"WHEN ({condition}) EXECUTE FUNCTION gongkai_append_only()"
            ),
            (
                f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW "
                "EXECUTE FUNCTION gongkai_append_only()"
            ),
        ]
    return [
        (
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        ),
        (
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        ),
    ]
