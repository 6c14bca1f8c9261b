"""When a reminder climbs, what a long break is, and that no words name anybody."""

from datetime import date

import pytest

from gongkai.law import workdays
from gongkai.workbench.domain import reminders
from gongkai.workbench.domain.reminders import Break, Level, Load

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("unread", "step", "level"),
    [
        (0, 1, Level.HOLDER),
        (1, 1, Level.SUBSTITUTE),
        (2, 1, Level.LEADER),
        (9, 1, Level.LEADER),
        (1, 2, Level.HOLDER),
        (3, 2, Level.SUBSTITUTE),
        (4, 2, Level.LEADER),
        (9, 0, Level.HOLDER),
    ],
)
def test_a_reminder_climbs_while_nobody_looks(unread: int, step: int, level: Level) -> None:
    assert reminders.level_of(unread, step=step) is level


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 9, 30), Break(days=7, back_on=date(2026, 10, 8))),  # National Day
        (date(2026, 4, 3), Break(days=3, back_on=date(2026, 4, 7))),  # 清明
        (date(2026, 11, 20), None),  # an ordinary week-end
        (date(2026, 11, 18), None),  # the middle of a week
        (date(2026, 10, 1), None),  # the break itself
    ],
)
def test_a_long_break_is_seen_on_the_last_working_day(today: date, expected: Break | None) -> None:
    assert reminders.break_after(today, workdays.calendar()) == expected


def test_the_words_say_how_much_and_how_urgent() -> None:
    load = Load(total=5, waited_for=4, overdue=2, due_today=1)
    assert reminders.digest(load) == "您有5件待办事项，其中2件已经超期、1件今天到期。"
    assert reminders.digest(Load(total=1, waited_for=0, overdue=0, due_today=0)) == "您有1件待办事项。"
    assert reminders.for_substitute(load) == "您担任B角的同事有2件已经超期、1件今天到期，提醒尚未查看，请协助办理。"
