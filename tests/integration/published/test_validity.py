"""A document's life after its release is told, linked and kept."""

import datetime

import pytest

from gongkai.accounts.viewer import SYSTEM
from gongkai.groundwork import events as announcements
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.groundwork.work import timetable
from gongkai.published import events, tasks
from gongkai.published.domain.vocabulary import Validity
from gongkai.published.models import Entry, ValidityChange
from gongkai.published.services import validity, withdrawing
from tests.integration.published import building

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 3, 2)


def _replaced_by(old: Entry, new: Entry) -> Entry:
    change = validity.Change(validity=Validity.REPEALED, since=TODAY, successor_id=new.pk, basis="清教发〔2026〕9号")
    return validity.change_validity(entry_id=old.pk, change=change, actor=SYSTEM, at=building.AT)


def test_a_replaced_document_points_to_its_successor_and_keeps_its_history() -> None:
    agency = building.agency()
    old, new = building.entry(agency.pk), building.entry(agency.pk)
    _replaced_by(old, new)
    marked = Entry.objects.get(pk=old.pk)
    assert (marked.validity, marked.successor_id, marked.invalid_since) == ("repealed", new.pk, TODAY)
    step = ValidityChange.objects.get(entry=old)
    assert (step.validity, step.since, step.successor_id, step.basis) == (
        "repealed",
        TODAY,
        new.pk,
        "清教发〔2026〕9号",
    )
    assert AuditEvent.objects.filter(action="entry.validity_changed", subject_id=str(old.pk)).count() == 1


def test_successors_may_form_a_chain_but_no_circle() -> None:
    agency = building.agency()
    first, second, third = (building.entry(agency.pk) for _ in range(3))
    _replaced_by(first, second)
    _replaced_by(second, third)
    with pytest.raises(validity.CannotChangeValidity, match="成环"):
        _replaced_by(third, first)


def test_a_withdrawn_successor_is_refused() -> None:
    agency = building.agency()
    old, new = building.entry(agency.pk), building.entry(agency.pk)
    withdrawing.withdraw(entry_id=new.pk, ground="依据", actor=SYSTEM, at=building.AT)
    with pytest.raises(validity.CannotChangeValidity, match="替代文件"):
        _replaced_by(old, new)


def test_the_calendar_marks_what_expired_yesterday_and_what_begins_today() -> None:
    agency = building.agency()
    ended = building.entry(agency.pk, expires_on=TODAY - datetime.timedelta(days=1))
    last_day = building.entry(agency.pk, expires_on=TODAY)
    begun = building.entry(agency.pk, effective_on=TODAY, validity="not_yet_effective")
    assert validity.apply_calendar(on=TODAY, actor=SYSTEM, at=building.AT) == 2
    states = dict(Entry.objects.values_list("pk", "validity"))
    assert states == {ended.pk: "expired", last_day.pk: "valid", begun.pk: "valid"}
    assert Entry.objects.get(pk=ended.pk).invalid_since == TODAY
    assert validity.apply_calendar(on=TODAY, actor=SYSTEM, at=building.AT) == 0


def test_the_nightly_task_marks_everything_and_tells_the_rooms_above() -> None:
    agency = building.agency()
    ended = [building.entry(agency.pk, expires_on=TODAY - datetime.timedelta(days=1)) for _ in range(3)]
    told: list[events.ValidityChanged] = []
    announcements.subscribe(events.ValidityChanged, told.append)
    tasks.apply_calendar.call(f"{TODAY}T00:10:00+08:00")
    assert [(event.entry_id, event.validity, event.since, event.by_calendar) for event in told] == [
        (entry.pk, Validity.EXPIRED, TODAY, True) for entry in ended
    ]
    assert "validity" in {job.name for job in timetable.jobs()}
