"""What waits for a person, as plain values: each context answers with these, the workbench puts them in order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from gongkai.law import workdays

SOON_DAYS = 5


class WorkKind(StrEnum):
    """Why something lies on somebody's desk, in the order in which the day begins."""

    DUE = "due"
    REVIEW = "review"
    RETURNED = "returned"
    DRAFT = "draft"
    UPKEEP = "upkeep"

    @property
    def label(self) -> str:
        return {
            "due": "办理期限",
            "review": "等我审核",
            "returned": "退回给我",
            "draft": "我的草稿",
            "upkeep": "日常维护",
        }[self.value]


class Urgency(StrEnum):
    """How the deadline stands; `NONE` when there is no deadline."""

    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class WorkItem:
    """One thing that one person has to do next.

    ``sentence`` says in one line what is to be done ("请审核承办人提交的信息"), ``who`` names the person it came from,
    ``since`` when it came. ``url`` opens the place where it is done.
    """

    kind: WorkKind
    agency_name: str
    sentence: str
    title: str
    url: str
    who: str
    due_on: date | None
    since: datetime
    urgency: Urgency


class Source(Protocol):
    """A room that tells what waits in it. The viewer is the accounts' own value, which no floor down here knows."""

    def work_waiting(self, viewer: Any, *, today: date) -> Iterable[WorkItem]: ...
    def work_counts(self, viewer: Any, *, today: date) -> tuple[int, int]: ...


_sources: list[Source] = []


def register(source: Source) -> None:
    """For rooms beside the workbench, which it must not import; called from their ``ready()``."""
    if source not in _sources:
        _sources.append(source)


def sources() -> tuple[Source, ...]:
    """Those that have registered."""
    return tuple(_sources)


def urgency_of(due_on: date | None, *, today: date) -> Urgency:
    """How a deadline stands today, in calendar days; a day is overdue only after it has passed."""
    if due_on is None:
        return Urgency.NONE
    days_left = (due_on - today).days
    if days_left < 0:
        return Urgency.OVERDUE
    if days_left == 0:
        return Urgency.TODAY
    return Urgency.SOON if days_left <= SOON_DAYS else Urgency.LATER


def time_left(due_on: date, *, today: date) -> str:
    """The same in words, counted in working days as the law counts, and alike on every screen."""
    calendar = workdays.calendar()
    if today == due_on:
        return "今天到期"
    if today < due_on:
        left = calendar.workdays_between(today, due_on).days
        return f"还有{left}个工作日" if left else "即将到期"
    over = calendar.workdays_between(due_on, today).days
    return f"已超期{over}个工作日" if over else "已过期限"


def in_order(items: Iterable[WorkItem]) -> list[WorkItem]:
    """Overdue and soon due first, by day; then by kind; within that the oldest first."""
    kinds = list(WorkKind)

    def place(item: WorkItem) -> tuple[object, ...]:
        pressing = item.urgency in {Urgency.OVERDUE, Urgency.TODAY, Urgency.SOON}
        return (not pressing, item.due_on if pressing else date.max, kinds.index(item.kind), item.since)

    return sorted(items, key=place)
