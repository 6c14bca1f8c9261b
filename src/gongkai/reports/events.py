"""What happened to a report that is checked. Handlers run in the transaction of the act."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CheckWanted:
    """A report came in, or a value or a comparison of it changed, so that it is to be checked (again)."""

    check_id: int
    revision: int
