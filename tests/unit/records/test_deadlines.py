"""The publication deadline of a record, by the day and the column."""

from datetime import date

import pytest

from gongkai.records.domain import deadlines
from gongkai.records.domain.content import Content

pytestmark = pytest.mark.pure


def test_twenty_working_days_from_the_day_after_it_was_formed() -> None:
    deadline = deadlines.publication(Content(title="x", created_on=date(2025, 9, 22)))
    assert deadline is not None
    assert deadline.due_on == date(2025, 10, 24)
    assert "20个工作日" in deadline.sentence
    assert "第二十六条" in deadline.sentence


def test_a_budget_has_twenty_calendar_days() -> None:
    deadline = deadlines.publication(
        Content(title="x", created_on=date(2026, 2, 2), column_code="art20_07_budget.budget")
    )
    assert deadline is not None
    # The twentieth day is a Sunday; 24 February is the first working day after the Spring Festival.
    assert deadline.due_on == date(2026, 2, 24)
    assert "预算法" in deadline.sentence


@pytest.mark.parametrize(
    "content",
    [
        Content(title="x"),
        Content(title="x", created_on=date(2026, 1, 1), attribute="on_request"),
        Content(title="x", created_on=date(2007, 1, 1)),
        Content(title="x", created_on=date(2099, 1, 1)),
    ],
)
def test_without_a_day_or_a_duty_there_is_no_deadline(content: Content) -> None:
    assert deadlines.publication(content) is None


def test_a_year_not_yet_announced_is_marked() -> None:
    deadline = deadlines.publication(Content(title="x", created_on=date(2026, 12, 21)))
    assert deadline is not None
    assert deadline.provisional
