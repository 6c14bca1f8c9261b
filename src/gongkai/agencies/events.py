"""What happened to bodies, for the rooms above."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class AgencyCreated:
    """A body was entered."""

    agency_id: int
    at: datetime


@dataclass(frozen=True)
class AgencyChanged:
    """What is kept about a body was changed; ``fields`` names what."""

    agency_id: int
    fields: tuple[str, ...]
    at: datetime


@dataclass(frozen=True)
class AgencyMerged:
    """A body went into another; ``on`` is the first day of the successor's responsibility."""

    agency_id: int
    into_id: int
    on: date
    at: datetime
