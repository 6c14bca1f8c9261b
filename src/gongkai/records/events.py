"""What happened to a record, for rooms above. Handlers run in the transaction of the act."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class RecordMoved:
    """A record came into another state, or to another stage of its review."""

    record_id: int
    agency_id: int
    act: str
    state: str
    stage: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class RecordPurged:
    """The content of a record was erased for good: whoever keeps anything of it elsewhere erases that too.

    ``scope`` is that of `domain.purging`.
    """

    record_id: int
    agency_id: int
    scope: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class RecordPublished:
    """A record became public, or a correction of it did."""

    record_id: int
    agency_id: int
    entry_id: int
    is_correction: bool
    at: datetime


@dataclass(frozen=True, kw_only=True)
class BatchOrdered:
    """An act was ordered for more records than the person can wait for."""

    run_id: int
