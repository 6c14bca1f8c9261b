"""What waits for a person, gathered from every context."""

from dataclasses import dataclass
from datetime import date

from gongkai.accounts.viewer import Viewer
from gongkai.groundwork import worklist
from gongkai.groundwork.worklist import WorkItem
from gongkai.records import selectors as records


@dataclass(frozen=True)
class Counts:
    """How much waits, and how much of it is late."""

    total: int
    overdue: int


def items(viewer: Viewer, *, today: date) -> list[WorkItem]:
    """Everything that this person has to do, the most pressing first."""
    return worklist.in_order(records.work_waiting(viewer, today=today))


def counts(viewer: Viewer, *, today: date) -> Counts:
    """The numbers of the menu, without reading the things themselves."""
    total, overdue = records.work_counts(viewer, today=today)
    return Counts(total=total, overdue=overdue)
