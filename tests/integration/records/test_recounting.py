"""Stored deadlines follow the calendar, and a day that moves leaves a line."""

from datetime import date

import pytest

from gongkai.accounts.viewer import SYSTEM
from gongkai.groundwork import scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.records import tasks
from gongkai.records.models import Record
from gongkai.records.services import recounting
from tests import cast as casting
from tests.cast import Cast
from tests.factories import records

pytestmark = pytest.mark.django_db


def _age(cast: Cast, **values: object) -> None:
    with scoping.narrow_to([cast.agency.pk]):
        Record.objects.update(**values)


def test_a_day_counted_by_an_old_calendar_is_put_right_and_noted(cast: Cast) -> None:
    record = records.draft(cast)
    _age(cast, due_on=date(2026, 12, 1), due_edition="oigr-2019+chinesecalendar-1.9")
    assert recounting.recount_deadlines(actor=SYSTEM, at=casting.later()) == 1
    with scoping.narrow_to([cast.agency.pk]):
        again = Record.objects.get(pk=record.pk)
    assert (again.due_on, again.due_edition) == (record.due_on, record.due_edition)
    event = AuditEvent.objects.get(action="record.deadline_moved")
    assert event.detail == {"from": "2026-12-01", "to": "2026-12-14"}
    assert recounting.recount_deadlines(actor=SYSTEM, at=casting.later(2)) == 0


def test_another_edition_that_leads_to_the_same_day_is_quiet(cast: Cast) -> None:
    records.draft(cast)
    _age(cast, due_edition="old")
    tasks.recount_deadlines.call("2026-11-21T01:10:00+08:00")
    assert not AuditEvent.objects.filter(action="record.deadline_moved").exists()
    with scoping.narrow_to([cast.agency.pk]):
        assert Record.objects.get().due_edition.startswith("oigr-2019+")


def test_what_is_public_keeps_the_day_by_which_it_was_due(cast: Cast) -> None:
    records.published(cast)
    _age(cast, due_on=date(2026, 12, 1))
    assert recounting.recount_deadlines(actor=SYSTEM, at=casting.later()) == 0
