"""Writing to and tailing the change feed without losing a row that commits late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from gongkai.groundwork import bulk, transactions
from gongkai.groundwork.feed.models import FeedChange


@dataclass(frozen=True, order=True)
class Cursor:
    """A place in the feed; everything before it has been read."""

    transaction_id: int = -1
    row_id: int = 0

    def __str__(self) -> str:
        return f"{self.transaction_id}:{self.row_id}"

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        """Reads what ``str`` wrote; raises ValueError for anything else."""
        transaction_id, row_id = text.split(":")
        return cls(int(transaction_id), int(row_id))


class ForeignCursor(Exception):
    """The cursor is not of this database: it was given before a restore set the feed back, or made up."""


@dataclass(frozen=True)
class Batch:
    """Subjects that changed after a cursor, each once, and the cursor behind them."""

    subject_ids: tuple[int, ...]
    cursor: Cursor


def append(stream: str, subject_ids: Iterable[int], *, at: datetime) -> None:
    """Notes inside the running transaction that these subjects changed."""
    bulk.insert(FeedChange(stream=stream, subject_id=subject_id, at=at) for subject_id in subject_ids)


def read_after(stream: str, cursor: Cursor, *, limit: int) -> Batch:
    """The next at most ``limit`` changes that are settled; an empty batch keeps the cursor.

    Raises:
        ForeignCursor: nothing follows the cursor because it points to no change that ever was in this feed.
    """
    rows = FeedChange.objects.filter(stream=stream).filter(
        Q(transaction_id__gt=cursor.transaction_id) | Q(transaction_id=cursor.transaction_id, id__gt=cursor.row_id)
    )
    settled = transactions.settled_before()
    if settled is not None:
        rows = rows.filter(transaction_id__lt=settled)
    found = list(rows.order_by("transaction_id", "id").values_list("subject_id", "transaction_id", "id")[:limit])
    if not found:
        _refuse_foreign(cursor)
        return Batch((), cursor)
    return Batch(tuple(dict.fromkeys(row[0] for row in found)), Cursor(found[-1][1], found[-1][2]))


def _refuse_foreign(cursor: Cursor) -> None:
    # A cursor with row 0 was computed from a time and stands between rows; every other one was a row of the feed,
    # whose rows never go. Waiting at any other place would mean to wait until the feed has grown past it.
    known = FeedChange.objects.filter(transaction_id=cursor.transaction_id, id=cursor.row_id)
    if cursor.row_id and not known.exists():
        raise ForeignCursor(str(cursor))


def behind(stream: str, cursor: Cursor) -> int:
    """How many changes a reader at ``cursor`` has not read yet."""
    return (
        FeedChange.objects.filter(stream=stream)
        .filter(
            Q(transaction_id__gt=cursor.transaction_id) | Q(transaction_id=cursor.transaction_id, id__gt=cursor.row_id)
        )
        .count()
    )
