from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law import parameters, request_clock, workdays
from gongkai.law import request_events as events
from gongkai.law.periods import Rules

pytestmark = pytest.mark.pure

CASES = yaml.safe_load(Path(__file__).with_name("request_clock.yaml").read_text(encoding="utf-8"))
KINDS: Mapping[str, type[Any]] = {
    "received": events.Received,
    "asked": events.CorrectionAsked,
    "corrected": events.Corrected,
    "served": events.ConsultationServed,
    "answered": events.ConsultationAnswered,
    "extended": events.Extended,
    "fee_notified": events.FeeNotified,
    "fee_paid": events.FeePaid,
    "deferred": events.Deferred,
}


def read(row: dict[str, Any]) -> events.Event:
    kind, day = next(iter(row.items()))
    rest = {name: value for name, value in row.items() if name != kind}
    event: events.Event = KINDS[kind](day, **rest)
    return event


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_clock_says(case: dict[str, Any]) -> None:
    rules = Rules(book=parameters.book().with_settings(case.get("settings", {})))
    for order in (1, -1):
        deadline = request_clock.reply_deadline([read(row) for row in case["events"]][::order], rules=rules)
        assert deadline.due_on == case["due_on"]
        assert deadline.waiting_for == case.get("waiting_for", "")
        assert deadline.provisional == case.get("provisional", False)
        assert [finding.code for finding in deadline.findings] == case.get("findings", [])
        assert deadline.sentence == case.get("sentence", deadline.sentence)


def test_the_steps_add_up_to_the_deadline() -> None:
    deadline = request_clock.reply_deadline(
        [
            events.Received(date(2026, 2, 10)),
            events.Extended(date(2026, 3, 12), workdays=10),
            events.ConsultationServed(date(2026, 3, 17), "甲公司"),
            events.ConsultationAnswered(date(2026, 3, 20), "甲公司"),
        ]
    )
    amount = sum(step.amount for step in deadline.steps)
    assert amount == 20 + 10 + 3
    assert workdays.calendar().add_workdays(date(2026, 2, 10), amount).day == deadline.due_on
    assert deadline.edition.startswith("oigr-2019+chinesecalendar-")


@pytest.mark.parametrize(
    "history",
    [
        [],
        [events.Extended(date(2026, 2, 10))],
        [events.Received(date(2026, 2, 10)), events.Received(date(2026, 2, 11))],
        [events.Received(date(2026, 2, 10)), events.Extended(date(2026, 2, 9))],
        [events.Received(date(2026, 2, 10)), events.Corrected(date(2026, 2, 11))],
        [events.Received(date(2026, 2, 10)), events.Extended(date(2026, 2, 11), workdays=0)],
        [events.Received(date(2026, 2, 10)), events.FeePaid(date(2026, 2, 11))],
        [events.Received(date(2026, 2, 10)), events.ConsultationAnswered(date(2026, 2, 11), "甲公司")],
        [
            events.Received(date(2026, 2, 10)),
            events.ConsultationServed(date(2026, 2, 11), "甲公司"),
            events.ConsultationServed(date(2026, 2, 12), "甲公司"),
        ],
    ],
    ids=str,
)
def test_a_history_that_cannot_have_happened_is_refused(history: list[events.Event]) -> None:
    with pytest.raises(request_clock.BadEvents):
        request_clock.reply_deadline(history)


@pytest.mark.parametrize(
    ("kind", "received_on", "expected"),
    [
        ("third_party", date(2026, 2, 10), date(2026, 3, 27)),
        ("co_maker", date(2026, 2, 10), date(2026, 3, 27)),
        ("agency", date(2026, 2, 10), date(2026, 3, 27)),
        ("co_maker", date(2018, 2, 10), date(2026, 3, 27)),
    ],
)
def test_whoever_is_consulted_has_fifteen_working_days(kind: str, received_on: date, expected: date) -> None:
    deadline = request_clock.answer_deadline(date(2026, 3, 6), kind=kind, received_on=received_on)
    assert deadline.due_on == expected


DAYS = st.dates(date(2019, 5, 15), date(2026, 6, 30))


@settings(max_examples=60, deadline=None)
@given(received_on=DAYS, gap=st.integers(0, 25), length=st.integers(0, 40))
def test_no_consultation_ever_shortens_the_limit_or_adds_more_than_its_period(
    received_on: date, gap: int, length: int
) -> None:
    plain = request_clock.reply_deadline([events.Received(received_on)]).due_on
    served_on = received_on + timedelta(days=gap)
    moved = request_clock.reply_deadline(
        [
            events.Received(received_on),
            events.ConsultationServed(served_on, "x"),
            events.ConsultationAnswered(served_on + timedelta(days=length), "x"),
        ]
    ).due_on
    assert plain is not None
    assert moved is not None
    assert plain <= moved
    assert workdays.calendar().workdays_between(plain, moved).days <= 15
