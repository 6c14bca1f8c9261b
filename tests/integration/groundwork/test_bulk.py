"""Bulk inserts write what the ORM would have written, and hand out keys that stay unique."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.groundwork import bulk
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.groundwork.files.models import StoredFile
from gongkai.groundwork.work.models import TimetableRun

pytestmark = pytest.mark.django_db


def _event(number: int) -> AuditEvent:
    return AuditEvent(
        at=timezone.now(), actor_name="李", action="act", subject_type="record", detail={"词": [number, None, True]}
    )


def test_rows_read_back_as_they_were_given() -> None:
    given = bulk.insert(_event(number) for number in range(30))
    for row in given:
        stored = AuditEvent.objects.get(pk=row.pk)
        assert (stored.at, stored.actor_name, stored.detail) == (row.at, row.actor_name, row.detail)
        assert (stored.actor_id, stored.subject_id) == (None, "")


def test_keys_go_on_before_and_after_ordinary_inserts() -> None:
    first = AuditEvent.objects.create(at=timezone.now(), actor_name="王", action="act", subject_type="record")
    given = bulk.insert([_event(1), _event(2)])
    last = AuditEvent.objects.create(at=timezone.now(), actor_name="赵", action="act", subject_type="record")
    assert len({first.pk, *(row.pk for row in given), last.pk}) == 4
    assert max(row.pk for row in given) < last.pk


def test_a_column_with_a_database_default_is_left_to_the_database() -> None:
    ordinary = AuditEvent.objects.create(at=timezone.now(), actor_name="王", action="act", subject_type="record")
    (given,) = bulk.insert([_event(1)])
    ids = AuditEvent.objects.filter(pk__in=[ordinary.pk, given.pk]).values_list("transaction_id", flat=True)
    assert len(set(ids)) == 1


def test_nothing_is_inserted_when_one_row_is_refused() -> None:
    row = {"digest": "a" * 64, "size": 1, "media_type": "text/plain", "stored_at": timezone.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert([StoredFile(**row), StoredFile(**row)])
    assert StoredFile.objects.count() == 0


def test_nothing_is_nothing() -> None:
    assert bulk.insert(TimetableRun() for _ in range(0)) == []


def test_an_appended_row_reads_back_as_it_was_given() -> None:
    given = _event(7)
    bulk.append(given)
    stored = AuditEvent.objects.get()
    assert (stored.at, stored.actor_name, stored.detail) == (given.at, given.actor_name, given.detail)


def test_a_change_writes_the_named_fields_only() -> None:
    run = TimetableRun.objects.create(job="night", ran_at=timezone.now(), outcome="well")
    run.outcome, run.ran_at = "badly", timezone.now() + timedelta(days=1)
    bulk.change(run, ["outcome"])
    stored = TimetableRun.objects.get()
    assert stored.outcome == "badly"
    assert stored.ran_at < run.ran_at


def test_a_change_of_a_row_that_is_gone_is_an_error() -> None:
    run = TimetableRun(job="night", ran_at=timezone.now())
    with pytest.raises(bulk.RowIsGone, match="TimetableRun night"):
        bulk.change(run, ["outcome"])


def test_a_locked_row_reads_as_the_orm_reads_it() -> None:
    given = AuditEvent.objects.create(
        at=timezone.now(), actor_name="李", action="act", subject_type="record", detail={"词": [1, None]}
    )
    with transaction.atomic():
        found = bulk.lock(AuditEvent, id=given.pk, actor_name="李")
        assert found is not None
        read = AuditEvent.objects.get(pk=given.pk)
        assert {name: getattr(found, name) for name in vars(read) if not name.startswith("_")} == {
            name: value for name, value in vars(read).items() if not name.startswith("_")
        }
        assert bulk.lock(AuditEvent, id=given.pk, actor_name="王") is None
