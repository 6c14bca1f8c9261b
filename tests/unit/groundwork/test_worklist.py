"""The order in which the day's work is laid out."""

from datetime import UTC, date, datetime, timedelta

import pytest

from gongkai.groundwork.worklist import Urgency, WorkItem, WorkKind, in_order, urgency_of

pytestmark = pytest.mark.pure
TODAY = date(2026, 3, 5)


def item(title: str, kind: WorkKind, due_in: int | None, hours_ago: int = 0) -> WorkItem:
    due_on = None if due_in is None else TODAY + timedelta(days=due_in)
    return WorkItem(
        kind=kind,
        agency_name="甲局",
        sentence="请审核",
        title=title,
        url="/",
        who="李",
        due_on=due_on,
        since=datetime(2026, 3, 5, 12, tzinfo=UTC) - timedelta(hours=hours_ago),
        urgency=urgency_of(due_on, today=TODAY),
    )


@pytest.mark.parametrize(
    ("due_in", "urgency"),
    [
        (-1, Urgency.OVERDUE),
        (0, Urgency.TODAY),
        (1, Urgency.SOON),
        (5, Urgency.SOON),
        (6, Urgency.LATER),
        (None, Urgency.NONE),
    ],
)
def test_a_day_is_overdue_only_after_it_has_passed(due_in: int | None, urgency: Urgency) -> None:
    assert item("x", WorkKind.DUE, due_in).urgency is urgency


def test_the_latest_comes_first_then_kinds_then_the_oldest() -> None:
    items = [
        item("draft", WorkKind.DRAFT, None),
        item("returned", WorkKind.RETURNED, None),
        item("review young", WorkKind.REVIEW, 20, hours_ago=1),
        item("review old", WorkKind.REVIEW, None, hours_ago=9),
        item("due soon", WorkKind.DRAFT, 3),
        item("late", WorkKind.RETURNED, -4),
    ]
    order = ["late", "due soon", "review old", "review young", "returned", "draft"]
    assert [each.title for each in in_order(items)] == order
