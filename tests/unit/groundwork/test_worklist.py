"""How long there is still time, in words and in working days."""

from datetime import date

import pytest

from gongkai.groundwork import worklist

pytestmark = pytest.mark.pure

# A Friday; the week before it and the week behind it have no holidays.
DUE = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 11, 16), "还有4个工作日"),
        (date(2026, 11, 19), "还有1个工作日"),
        (DUE, "今天到期"),
        (date(2026, 11, 22), "已过期限"),
        (date(2026, 11, 24), "已超期2个工作日"),
    ],
)
def test_the_time_left_is_counted_in_working_days(today: date, words: str) -> None:
    assert worklist.time_left(DUE, today=today) == words


def test_a_deadline_on_a_day_off_is_near_when_no_working_day_is_left() -> None:
    assert worklist.time_left(date(2026, 11, 22), today=date(2026, 11, 21)) == "即将到期"
