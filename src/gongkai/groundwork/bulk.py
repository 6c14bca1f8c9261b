"""Writing rows quickly: what the ORM does, without compiling the statement and every value anew each time.

For blocks of history this is several times faster, and acts that leave evidence behind do it many times a second. It
writes plain columns only: no signals, no ``pre_save``, and columns with a database default are left to the database.
"""

import functools
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias, TypeVar

from django.db import connection, models, transaction

_Getters: TypeAlias = Sequence[tuple[str, Callable[[Any], Any] | None]]
_ModelT = TypeVar("_ModelT", bound=models.Model)
# Types whose Python values the drivers take as they are, on both databases.
_PLAIN = (models.CharField, models.TextField, models.IntegerField, models.BooleanField, models.ForeignKey)

# A handful of rows is quicker in the one statement of the ORM than with a look at the key sequence before it.
FEW = 8


@transaction.atomic(savepoint=False)
def insert(rows: Iterable[_ModelT]) -> list[_ModelT]:
    """Inserts rows of one model and gives them their primary keys.

    Raises:
        IntegrityError: as with any insert.
    """
    objects = list(rows)
    if not objects:
        return objects
    if len(objects) < FEW:
        inserting: models.QuerySet[_ModelT] = models.QuerySet(type(objects[0]))
        return inserting.bulk_create(objects)
    meta = objects[0]._meta
    for row, key in zip(objects, _next_keys(meta, len(objects)), strict=True):
        row.pk = key
    fields = [field for field in meta.local_concrete_fields if not field.has_db_default()]
    statement, getters = _insertion(type(objects[0]), fields), _getters(fields)
    with connection.cursor() as cursor:
        cursor.executemany(statement, [_values(row, getters) for row in objects])
    for row in objects:
        row._state.adding, row._state.db = False, connection.alias
    return objects


def append(row: models.Model) -> None:
    """Inserts one row whose key nobody asks for, as evidence is added.

    Raises:
        IntegrityError: as with any insert.
    """
    statement, getters = _appending(type(row), connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(statement, _values(row, getters))


def change(row: models.Model, names: Sequence[str]) -> None:
    """Writes these fields of a row that the transaction has locked.

    Raises:
        RowIsGone: nothing has this key.
    """
    statement, getters = _changing(type(row), tuple(names), connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*_values(row, getters), row.pk])
        if cursor.rowcount != 1:
            raise RowIsGone(f"{type(row).__name__} {row.pk}")


def lock(model: type[_ModelT], **where: Any) -> _ModelT | None:
    """The one row with these values, locked until the transaction ends; None where there is none.

    It asks no scope: a tenant table is asked with its ``agency_id``.
    """
    statement, fields = _locking(model, tuple(where), connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(statement, list(where.values()))
        found = cursor.fetchone()
    if found is None:
        return None
    values = [value if convert is None else convert(value) for (_, convert), value in zip(fields, found, strict=True)]
    return model.from_db(connection.alias, [name for name, _ in fields], values)


class RowIsGone(Exception):
    """The row was deleted under the hands of its writer."""


@functools.cache
def _appending(model: type[models.Model], vendor: str) -> tuple[str, _Getters]:
    fields = [field for field in model._meta.local_concrete_fields if not field.has_db_default()]
    fields = [field for field in fields if not field.primary_key]
    return _insertion(model, fields), _getters(fields)


@functools.cache
def _changing(model: type[models.Model], names: tuple[str, ...], vendor: str) -> tuple[str, _Getters]:
    quote = connection.ops.quote_name
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    settings = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    table, key = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    return f"UPDATE {table} SET {settings} WHERE {key} = %s", _getters(fields)


@functools.cache
def _locking(model: type[models.Model], where: tuple[str, ...], vendor: str) -> tuple[str, _Getters]:
    quote, fields = connection.ops.quote_name, model._meta.local_concrete_fields
    columns = ", ".join(quote(str(field.column)) for field in fields)
    conditions = " AND ".join(f"{quote(name)} = %s" for name in where)
    suffix = " FOR UPDATE" if connection.features.has_select_for_update else ""
    statement = f"SELECT {columns} FROM {quote(model._meta.db_table)} WHERE {conditions}{suffix}"
    return statement, [(field.attname, _reader(field)) for field in fields]


def _reader(field: Any) -> Callable[[Any], Any] | None:
    """From the driver's value to the model's; None where they are the same."""
    column = field.get_col(field.model._meta.db_table)
    converters = [*connection.ops.get_db_converters(column), *field.get_db_converters(connection)]
    if not converters:
        return None

    def read(value: Any) -> Any:
        for convert in converters:
            value = convert(value, column, connection)
        return value

    return read


def _insertion(model: type[models.Model], fields: Sequence[Any]) -> str:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"


def _getters(fields: Iterable[Any]) -> _Getters:
    return [(field.attname, _converter(field)) for field in fields]


def _values(row: models.Model, getters: _Getters) -> list[Any]:
    data = row.__dict__
    return [data[name] if convert is None else convert(data[name]) for name, convert in getters]


def _converter(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    """None where the value goes to the driver as it is."""
    if isinstance(field, _PLAIN) or field.primary_key:
        return None
    if isinstance(field, models.DateField):  # which includes times
        # One act has one time, and days repeat: each is converted once.
        return functools.cache(lambda value: field.get_db_prep_save(value, connection))
    return lambda value: field.get_db_prep_save(value, connection)


def _next_keys(meta: Any, count: int) -> Sequence[int]:
    """Fresh keys. On SQLite the writer is alone inside its transaction, so the sequence table tells the next one."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [connection.ops.quote_name(meta.db_table), meta.pk.column, count],
            )
            return [row[0] for row in cursor.fetchall()]
        # A write, even of nothing, takes the lock if the transaction did not begin with it.
        cursor.execute("UPDATE sqlite_sequence SET seq = seq WHERE name = %s", [meta.db_table])
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [meta.db_table])
        found = cursor.fetchone()
    last = int(found[0]) if found else 0
    return range(last + 1, last + 1 + count)
