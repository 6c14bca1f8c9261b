"""What waits for a person, gathered from every context."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.accounts.viewer import Viewer
from gongkai.groundwork import worklist
from gongkai.groundwork.worklist import Urgency, WorkItem
from gongkai.records import selectors as records


@dataclass(frozen=True)
class Counts:
    """How much waits, and how much of it is late."""

    total: int
    overdue: int


def items(viewer: Viewer, *, today: date) -> list[WorkItem]:
    """Everything that this person has to do, the most pressing first."""
    beside = [item for source in worklist.sources() for item in source.work_waiting(viewer, today=today)]
    return worklist.in_order([*records.work_waiting(viewer, today=today), *beside])


def count(found: Iterable[WorkItem]) -> Counts:
    """The same numbers where the things have been read."""
    urgencies = [item.urgency for item in found]
    return Counts(total=len(urgencies), overdue=urgencies.count(Urgency.OVERDUE))


def counts(viewer: Viewer, *, today: date) -> Counts:
    """The numbers of the menu, without reading the things themselves."""
    found = [records.work_counts(viewer, today=today)]
    found += [source.work_counts(viewer, today=today) for source in worklist.sources()]
    return Counts(total=sum(total for total, _ in found), overdue=sum(overdue for _, overdue in found))
