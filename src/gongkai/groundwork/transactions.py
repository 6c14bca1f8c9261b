"""Transaction ids, so that readers of append-only tables never pass over a row that commits late.

On PostgreSQL two transactions may take ids 7 and 8 and commit in the order 8, 7. A reader that remembers "8" would
lose 7. Rows therefore carry the id of their transaction, and readers stop at the oldest transaction still open.
On SQLite there is one writer at a time, so ids are in commit order and the transaction id is always 0.
"""

from typing import Any

from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper


class CurrentTransaction(models.Func):
    """The id of the running transaction as a database default; 0 on SQLite."""

    function = "pg_current_xact_id"
    arity = 0
    output_field = models.BigIntegerField()

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        return "(pg_current_xact_id()::text::bigint)", []

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        return "0", []


def settled_before() -> int | None:
    """Rows whose transaction id is below this one are complete; None means every committed row is."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        return int(cursor.fetchone()[0])
