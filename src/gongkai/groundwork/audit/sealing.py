"""The sealer: numbers committed audit events and chains them, apart from the acts that wrote them."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from gongkai.groundwork import transactions
from gongkai.groundwork.audit import chain, head_file
from gongkai.groundwork.audit.models import AuditEvent, AuditSeal

BATCH = 2_000
# Any fixed number of this house's own: PostgreSQL's advisory locks are told apart by it.
_LOCK = 0x676F6E67


class Sealer:
    """Seals what is committed. Several may try: one at a time succeeds, the others find nothing to do.

    ``head_file`` receives number, link and time of the last link after every batch.
    """

    def __init__(self, *, key: str, head_file: Path) -> None:
        self._authenticate = chain.authenticator(key.encode("ascii"))
        self._head_file = head_file

    def seal(self, *, at: datetime) -> int:
        """Seals the events that wait now; returns how many. Each batch is a short transaction of its own.

        What is written meanwhile is left for the next call: on a busy site there would be no end.
        """
        waiting, total = unsealed(), 0
        while total < waiting and (sealed := self._seal_batch(at=at)):
            total += sealed
        return total

    def _seal_batch(self, *, at: datetime) -> int:
        head = _head()
        rows = _unsealed_after(head)
        if not rows:
            return 0
        seals = self._links(rows, head)
        with transaction.atomic():
            # What was read outside the transaction holds only if nobody sealed meanwhile.
            if not _lock() or _head() != head:
                return 0
            _insert(seals)
        number, _, link = seals[-1]
        head_file.append(self._head_file, number, link, at=at)
        return len(seals)

    def _links(self, rows: Sequence[tuple[object, ...]], head: "AuditSeal | None") -> list[tuple[int, int, str]]:
        number, link = (head.number, head.link) if head else (0, chain.BEGINNING)
        seals = []
        for event_id, *values in rows:
            number += 1
            assert isinstance(event_id, int)
            link = chain.link(link, number, event_id, tuple(values), authenticate=self._authenticate)
            seals.append((number, event_id, link))
        return seals


def unsealed() -> int:
    """How many events wait for their link. What was slipped in behind the head is found by `passed_over`."""
    return _after(_head()).count()


def passed_over() -> list[int]:
    """Events without a link although the chain is already past them; an honest trail has none."""
    head = _head()
    if head is None:
        return []
    transaction_id, row_id = _place(head)
    before = Q(transaction_id__lt=transaction_id) | Q(transaction_id=transaction_id, id__lt=row_id)
    rows = AuditEvent.objects.filter(before, seal__isnull=True)
    return list(rows.order_by("id").values_list("id", flat=True))


def _head() -> AuditSeal | None:
    return AuditSeal.objects.order_by("-number").first()


def _place(head: AuditSeal) -> tuple[int, int]:
    """Where the sealed events end. Is the last one itself gone, then where those that are left end."""
    places = AuditEvent.objects.values_list("transaction_id", "id")
    exact = places.filter(pk=head.event_id).first()
    return exact or places.filter(seal__isnull=False).order_by("-transaction_id", "-id").first() or (-1, 0)


def _after(head: AuditSeal | None) -> QuerySet[AuditEvent]:
    rows = AuditEvent.objects.all()
    if head is None:
        return rows
    transaction_id, row_id = _place(head)
    return rows.filter(Q(transaction_id__gt=transaction_id) | Q(transaction_id=transaction_id, id__gt=row_id))


def _unsealed_after(head: AuditSeal | None) -> list[tuple[object, ...]]:
    """The next settled events in the order of their transactions, so that a late commit is never passed over."""
    rows = _after(head)
    settled = transactions.settled_before()
    if settled is not None:
        rows = rows.filter(transaction_id__lt=settled)
    return list(rows.order_by("transaction_id", "id").values_list("id", *chain.FIELDS)[:BATCH])


def _lock() -> bool:
    """Whether this transaction alone may seal; on SQLite every writing transaction is alone."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])


def _insert(seals: Sequence[tuple[int, int, str]]) -> None:
    """One statement for the whole batch: the seals travel as one JSON text, which both databases take apart."""
    table = AuditSeal._meta.db_table
    if connection.vendor == "postgresql":
        source = "(t.value->>0)::bigint, (t.value->>1)::bigint, t.value->>2 FROM jsonb_array_elements(%s::jsonb) t"
    else:
        parts = ", ".join(f"json_extract(t.value, '$[{part}]')" for part in range(3))
        source = f"{parts} FROM json_each(%s) t"
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} (number, event_id, link) SELECT {source}", [json.dumps(seals)])
