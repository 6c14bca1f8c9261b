"""What changed since a moment or a cursor, withdrawn entries included: how others keep a copy current.

Reads the same feed as the indexer, so that a change that commits late is not passed over.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Min

from gongkai.groundwork import transactions
from gongkai.groundwork.feed import reading as feed
from gongkai.groundwork.feed.models import FeedChange
from gongkai.published.models import Entry

STREAM = "entries"


@dataclass(frozen=True, slots=True)
class Changes:
    """Entries as they are now, in the order in which they changed, each once, and the cursor behind them."""

    entries: tuple[Entry, ...]
    cursor: feed.Cursor


def after(cursor: feed.Cursor, *, limit: int) -> Changes:
    """The next at most ``limit`` changes; an empty answer keeps the cursor."""
    batch = feed.read_after(STREAM, cursor, limit=limit)
    return Changes(tuple(in_order(batch.subject_ids)), batch.cursor)


def cursor_at(moment: datetime.datetime) -> feed.Cursor:
    """The place in the feed before everything that changed at or after a moment."""
    rows = FeedChange.objects.filter(stream=STREAM, at__gte=moment)
    first = rows.aggregate(transaction=Min("transaction_id"), row=Min("id"))
    if first["row"] is None:
        return end()
    # Just before the first of them: on SQLite all rows share one transaction id and the row id alone decides.
    if transactions.settled_before() is None:
        return feed.Cursor(first["transaction"], first["row"] - 1)
    return feed.Cursor(first["transaction"], 0)


def count_since(moment: datetime.datetime) -> int:
    """How many entries changed at or after a moment."""
    return Entry.objects.filter(updated_at__gte=moment).count()


def in_order(ids: Sequence[int]) -> list[Entry]:
    found = Entry.objects.in_bulk(ids)
    return [found[entry_id] for entry_id in ids if entry_id in found]


def end() -> feed.Cursor:
    """Behind the last settled row."""
    rows = FeedChange.objects.filter(stream=STREAM)
    settled = transactions.settled_before()
    if settled is not None:
        rows = rows.filter(transaction_id__lt=settled)
    last = rows.order_by("-transaction_id", "-id").values_list("transaction_id", "id").first()
    return feed.Cursor(*last) if last else feed.Cursor()
