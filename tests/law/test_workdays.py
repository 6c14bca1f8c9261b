import time
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
import yaml

from gongkai.law import datafiles, workdays

pytestmark = pytest.mark.pure

CASES = yaml.safe_load(Path(__file__).with_name("workdays.yaml").read_text(encoding="utf-8"))
CALENDAR = workdays.calendar()


def _ids(vector: dict[str, date]) -> str:
    return vector["received_on"].isoformat()


@pytest.mark.parametrize("vector", CASES["vectors"], ids=_ids)
@pytest.mark.parametrize("count", [7, 15, 20, 40])
def test_the_vectors_of_the_statutory_calendar_hold(vector: dict[str, date], count: int) -> None:
    assert CALENDAR.add_workdays(vector["received_on"], count) == (vector[f"plus_{count}"], False)
    assert CALENDAR.workdays_between(vector["received_on"], vector[f"plus_{count}"]) == (count, False)


@pytest.mark.parametrize(("year", "days"), CASES["workdays_per_year"].items())
def test_a_year_has_its_number_of_working_days(year: int, days: int) -> None:
    assert CALENDAR.workdays_between(date(year - 1, 12, 31), date(year, 12, 31)) == (days, False)


@pytest.mark.parametrize(("year", "days"), CASES["made_up_days"].items())
def test_exactly_the_made_up_days_of_a_year_are_working_weekend_days(year: int, days: list[str]) -> None:
    first = date(year, 1, 1)
    every = (first + timedelta(days=place) for place in range((date(year + 1, 1, 1) - first).days))
    found = [day.strftime("%m-%d") for day in every if day.weekday() > 4 and CALENDAR.is_workday(day)]
    assert found == days


def test_the_table_agrees_with_the_library_on_every_day_that_it_knows() -> None:
    years = sorted(CALENDAR.years)
    day, differing = date(years[0], 1, 1), []
    while day <= date(years[-1], 12, 31):
        if CALENDAR.is_workday(day) != chinese_calendar.is_workday(day):
            differing.append(day)
        day += timedelta(days=1)
    assert (years[0], years[-1], differing) == (2004, 2026, [])


def test_a_year_not_yet_announced_counts_monday_to_friday_and_says_so() -> None:
    assert CALENDAR.add_workdays(date(2027, 3, 5), 5) == (date(2027, 3, 12), True)
    assert CALENDAR.is_workday(date(2027, 10, 1))
    assert not CALENDAR.is_workday(date(2027, 10, 2))
    assert CALENDAR.is_provisional(date(2027, 10, 1))


def test_a_period_that_crosses_into_a_year_not_yet_announced_is_provisional() -> None:
    assert CALENDAR.add_workdays(date(2026, 12, 21), 8).provisional is False
    assert CALENDAR.add_workdays(date(2026, 12, 21), 9) == (date(2027, 1, 1), True)
    assert CALENDAR.workdays_between(date(2026, 12, 31), date(2027, 1, 1)).provisional is True
    assert CALENDAR.workdays_between(date(2026, 12, 30), date(2026, 12, 31)).provisional is False


def test_overrides_win_over_the_library_in_both_directions() -> None:
    closed, opened = date(2026, 4, 20), date(2026, 4, 18)
    local = workdays.calendar({closed: False, opened: True})
    assert not local.is_workday(closed)
    assert local.is_workday(opened)
    assert local.add_workdays(date(2026, 4, 17), 1).day == opened
    assert local.add_workdays(opened, 1).day == date(2026, 4, 21)
    assert CALENDAR.is_workday(closed)


def test_overrides_win_in_a_provisional_year_and_an_announced_year_is_no_longer_provisional() -> None:
    local = workdays.calendar({date(2027, 10, 1): False})
    assert local.add_workdays(date(2027, 9, 30), 1) == (date(2027, 10, 4), True)
    assert not local.is_provisional(date(2027, 10, 1))
    announced = workdays.calendar({date(2027, 10, 1): False}, announced=[2027])
    assert announced.add_workdays(date(2027, 9, 30), 1) == (date(2027, 10, 4), False)


def test_the_edition_names_library_and_overrides_so_that_stale_deadlines_show() -> None:
    local = workdays.calendar({date(2026, 4, 20): False})
    assert CALENDAR.edition.startswith("chinesecalendar-")
    assert local.edition.startswith(CALENDAR.edition + "+")
    assert local.edition != workdays.calendar({date(2026, 4, 21): False}).edition
    assert local.edition == workdays.calendar({date(2026, 4, 20): False}).edition


def test_counting_backwards_mirrors_counting_forwards() -> None:
    assert CALENDAR.add_workdays(date(2026, 3, 16), -1).day == date(2026, 3, 13)
    assert CALENDAR.add_workdays(date(2026, 10, 8), -3).day == date(2026, 9, 28)
    assert CALENDAR.add_workdays(date(2026, 10, 3), 0).day == date(2026, 10, 3)


def test_no_working_day_lies_between_a_day_and_itself_or_the_past() -> None:
    assert CALENDAR.workdays_between(date(2026, 3, 2), date(2026, 3, 2)) == (0, False)
    assert CALENDAR.workdays_between(date(2026, 3, 9), date(2026, 3, 2)) == (0, False)


def test_the_next_workday_of_a_holiday_is_the_first_day_after_it() -> None:
    assert CALENDAR.next_workday(date(2026, 10, 3)).day == date(2026, 10, 8)
    assert CALENDAR.next_workday(date(2026, 10, 8)).day == date(2026, 10, 8)


@pytest.mark.parametrize("day", [date(1989, 12, 31), date(2100, 1, 1)])
def test_a_day_outside_the_calendar_is_refused(day: date) -> None:
    with pytest.raises(workdays.OutsideCalendar):
        CALENDAR.is_workday(day)
    with pytest.raises(workdays.OutsideCalendar):
        CALENDAR.add_workdays(date(2099, 12, 30), 20)


def test_override_data_is_read_from_yaml_and_checked() -> None:
    read = workdays.read(datafiles.parse("announced: [2027]\ndays: {2027-01-04: false}"))
    assert not read.is_workday(date(2027, 1, 4))
    assert 2027 in read.years
    for text in ("days: {2027-01-04: off-ish}", "days: {x: true}", "announced: [x]", "[]"):
        with pytest.raises(datafiles.BadDataFile):
            workdays.read(datafiles.parse(text))


def test_a_date_written_twice_in_the_data_is_refused() -> None:
    with pytest.raises(datafiles.BadDataFile, match="twice"):
        datafiles.parse("days:\n  2027-01-04: true\n  2027-01-04: false\n")


def test_ten_thousand_deadlines_take_well_under_a_second() -> None:
    start = time.process_time()
    for _ in range(10_000):
        CALENDAR.add_workdays(date(2026, 2, 10), 20)
    assert time.process_time() - start < 1
