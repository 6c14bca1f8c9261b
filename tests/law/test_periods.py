from datetime import date

import pytest

from gongkai.law import parameters, periods, workdays
from gongkai.law.periods import Rules

pytestmark = pytest.mark.pure


def due(deadline: periods.Deadline | None) -> date | None:
    assert deadline is not None
    return deadline.due_on


def test_general_information_is_public_twenty_working_days_after_it_is_formed() -> None:
    deadline = periods.publication_deadline(date(2026, 2, 10))
    assert due(deadline) == date(2026, 3, 16)
    assert deadline.sentence == "自2月10日形成之次日起20个工作日（第二十六条）"
    assert not deadline.provisional


def test_under_the_old_text_the_old_article_is_cited_by_name() -> None:
    deadline = periods.publication_deadline(date(2018, 1, 29))
    assert due(deadline) == date(2018, 3, 1)
    assert deadline.sentence.endswith("（原《条例》第十八条）")
    assert deadline.edition.startswith("oigr-2008+chinesecalendar-")


def test_budgets_have_twenty_calendar_days_and_roll_over_a_holiday() -> None:
    plain = periods.publication_deadline(date(2026, 3, 2), category="budget")
    assert due(plain) == date(2026, 3, 23)
    assert (
        plain.sentence
        == "自3月2日批准之次日起20日，末日逢休假日，顺延至3月23日（《预算法》第十四条、《民法典》第二百零三条）"
    )
    exact = periods.publication_deadline(date(2026, 3, 3), category="budget")
    assert due(exact) == date(2026, 3, 23)
    assert exact.sentence == "自3月3日批准之次日起20日（《预算法》第十四条）"


@pytest.mark.parametrize(
    ("category", "expected"),
    [
        ("licence_decision", date(2026, 2, 26)),
        ("penalty_decision", date(2026, 2, 26)),
        ("enforcement_decision", date(2026, 3, 16)),
        ("interpretation", date(2026, 2, 13)),
    ],
)
def test_a_category_has_its_own_limit(category: str, expected: date) -> None:
    assert due(periods.publication_deadline(date(2026, 2, 10), category=category)) == expected


def test_before_its_own_rule_a_category_follows_the_general_one() -> None:
    assert due(periods.publication_deadline(date(2018, 1, 29), category="penalty_decision")) == date(2018, 3, 1)


def test_before_the_first_regulation_there_was_no_limit() -> None:
    assert periods.publication_deadline(date(2008, 4, 30)) is None
    assert periods.publication_deadline(date(2008, 5, 1)) is not None
    assert periods.publication_deadline(date(1985, 1, 1), category="budget") is None


def test_an_unknown_category_is_an_error() -> None:
    with pytest.raises(KeyError):
        periods.publication_deadline(date(2026, 2, 10), category="nothing")


def test_every_category_names_a_parameter_counted_in_days() -> None:
    for kind in periods.publication_categories().values():
        unit = parameters.book().parameter(kind.parameter).unit
        assert unit in (parameters.Unit.WORKDAY, parameters.Unit.DAY)


def test_a_deadline_in_a_year_not_yet_announced_is_provisional_and_shows_the_year() -> None:
    deadline = periods.publication_deadline(date(2026, 12, 21))
    assert deadline.provisional
    assert deadline.sentence.startswith("自2026年12月21日形成之次日起20个工作日")


def test_local_days_off_move_the_deadline_and_show_in_its_edition() -> None:
    local = Rules(calendar=workdays.calendar({date(2026, 3, 16): False}))
    deadline = periods.publication_deadline(date(2026, 2, 10), rules=local)
    assert due(deadline) == date(2026, 3, 17)
    assert deadline.edition != periods.publication_deadline(date(2026, 2, 10)).edition


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (date(2026, 1, 15), date(2026, 7, 15)),
        (date(2025, 8, 31), date(2026, 2, 28)),
        (date(2025, 11, 1), date(2026, 5, 6)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_the_month_and_roll(start: date, expected: date) -> None:
    assert periods.count("disputes.suit_direct", start, event="知道").due_on == expected


def test_hours_are_no_days() -> None:
    with pytest.raises(TypeError, match="hour"):
        periods.count("outreach.first_statement", date(2026, 1, 1), event="发生")


def test_counting_under_a_rule_not_yet_in_force_is_refused() -> None:
    with pytest.raises(parameters.NotInForce):
        periods.count("requests.correction_notice_period", date(2010, 1, 4), event="收到")


@pytest.mark.parametrize(
    ("year", "level", "expected"),
    [
        (2017, "department", date(2018, 3, 31)),
        (2018, "department", date(2019, 3, 31)),
        (2019, "department", date(2020, 1, 31)),
        (2025, "government", date(2026, 3, 31)),
        (2025, "township", date(2026, 1, 31)),
    ],
)
def test_annual_reports_are_due_on_the_day_that_the_text_in_force_names(year: int, level: str, expected: date) -> None:
    assert due(periods.report_deadline(year, level=level)) == expected


def test_no_annual_report_was_due_before_the_first_regulation() -> None:
    assert periods.report_deadline(2007, level="department") is None


def test_the_days_left_are_working_days_and_negative_when_overdue() -> None:
    deadline = periods.publication_deadline(date(2026, 2, 10))
    assert deadline.workdays_left(date(2026, 3, 13)) == 1
    assert deadline.workdays_left(date(2026, 3, 16)) == 0
    assert deadline.workdays_left(date(2026, 3, 18)) == -2
    assert deadline.is_met_by(date(2026, 3, 16))
    assert not deadline.is_met_by(date(2026, 3, 17))
