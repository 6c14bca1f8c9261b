"""Triggers that refuse UPDATE and DELETE on evidence tables, for migrations, on both databases."""

from collections.abc import Mapping, Sequence
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


def open_to_purge(table: str, *, blank: Mapping[str, str], mark: str = "purged_at") -> migrations.RunPython:
    """A migration operation that leaves one narrow door in the trigger of a protected table.

    The only change of a row is that all columns of ``blank`` take these values (JSON where they begin with ``{``),
    once, together with ``mark``, a time that was empty before. The row, and every other column, stays.
    """

    def install(apps: Any, editor: Any) -> None:
        connection = editor.connection
        columns = _columns(connection, table)
        kept = [column for column in columns if column != mark and column not in blank]
        condition = f"{_changed(connection.vendor, kept)} OR ({_changed(connection.vendor, [mark, *blank])}) AND ("
        wrong = [f'OLD."{mark}" IS NOT NULL', f'NEW."{mark}" IS NULL']
        wrong += [_is_not_blank(connection.vendor, column, value) for column, value in blank.items()]
        _replace(editor, table, f"{condition}{' OR '.join(wrong)})")

    def remove(apps: Any, editor: Any) -> None:
        # The mark is about to go, and SQLite drops no column that a trigger names.
        columns = [column for column in _columns(editor.connection, table) if column != mark]
        _replace(editor, table, _changed(editor.connection.vendor, columns))

    return migrations.RunPython(install, remove)


def _replace(editor: Any, table: str, condition: str) -> None:
    suffix = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
    editor.execute(f"DROP TRIGGER {table}_no_update{suffix}", params=None)
    editor.execute(_on_update(editor.connection.vendor, table, condition), params=None)


def _is_not_blank(vendor: str, column: str, value: str) -> str:
    if vendor != "postgresql":
        return f"NEW.\"{column}\" IS NOT '{value}'"
    # Written as text, so that the grants can find the columns in the definition of the trigger.
    literal = f"'{value}'::jsonb::text" if value.startswith("{") else f"'{value}'"
    return f'NEW."{column}"::text IS DISTINCT FROM {literal}'


def _columns(connection: Any, table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, table)]


def _changed(vendor: str, columns: Sequence[str]) -> str:
    changed = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
    return " OR ".join(f'OLD."{column}" {changed} NEW."{column}"' for column in columns)


def _on_update(vendor: str, table: str, condition: str) -> str:
    if vendor == "postgresql":
        return (
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW "
            f"WHEN ({condition}) EXECUTE FUNCTION gongkai_append_only()"
        )
    return (
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def _statements(vendor: str, table: str, except_columns: Sequence[str], connection: Any) -> list[str]:
    kept = [column for column in _columns(connection, table) if column not in except_columns]
    condition = _changed(vendor, kept)
    if vendor == "postgresql":
        return [
            (
                "CREATE OR REPLACE FUNCTION gongkai_append_only() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
            ),
            _on_update(vendor, table, condition),
            (
                f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW "
                "EXECUTE FUNCTION gongkai_append_only()"
            ),
        ]
    return [
        _on_update(vendor, table, condition),
        (
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        ),
    ]
