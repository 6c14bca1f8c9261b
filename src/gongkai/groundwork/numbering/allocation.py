"""Gives out numbers: without gaps in what commits, unique under any concurrency."""

from django.db import connection

from gongkai.groundwork.numbering.models import NumberSequence

_SQL = (
    "INSERT INTO {table} (scope, last) VALUES (%s, %s) "
    "ON CONFLICT (scope) DO UPDATE SET last = {table}.last + %s RETURNING last"
)


class NotInTransaction(Exception):
    """A number was asked for outside a transaction: it could be lost or given twice."""


def next_number(scope: str) -> int:
    """The next number of the scope. The counter stays locked until the transaction ends.

    Raises:
        NotInTransaction: no transaction is running.
    """
    return next_block(scope, 1)[0]


def next_block(scope: str, size: int) -> range:
    """``size`` consecutive numbers of the scope, in one statement.

    Raises:
        NotInTransaction: no transaction is running.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction(scope)
    with connection.cursor() as cursor:
        cursor.execute(_SQL.format(table=NumberSequence._meta.db_table), [scope, size, size])
        last = int(cursor.fetchone()[0])
    return range(last - size + 1, last + 1)
