"""What happened to public entries, for the rooms above."""

from dataclasses import dataclass
from datetime import date, datetime

from gongkai.published.domain.vocabulary import Validity


@dataclass(frozen=True)
class ValidityChanged:
    """A public document holds otherwise than before: by decision or by the calendar."""

    entry_id: int
    validity: Validity
    since: date
    at: datetime
    by_calendar: bool = False
