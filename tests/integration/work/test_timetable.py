"""Every slot of the timetable is handed out once, by whichever worker comes first."""

import threading
from datetime import datetime, time, timedelta

import pytest
from django.db import connections
from django_tasks_db.models import DBTaskResult

from gongkai.groundwork.work import timetable
from tests.integration.work import jobs

NIGHT = timetable.Job("night", jobs.note, timetable.Daily(time(2, 0)))
HOUR = timetable.Job("hour", jobs.note, timetable.Hourly(15))
MORNING = datetime.fromisoformat("2026-11-22T09:00:00+08:00")


@pytest.mark.django_db
def test_a_job_is_handed_out_once_a_day() -> None:
    assert timetable.hand_out(at=MORNING, among=[NIGHT]) == ["night"]
    assert timetable.hand_out(at=MORNING + timedelta(hours=10), among=[NIGHT]) == []
    assert timetable.hand_out(at=MORNING + timedelta(days=1), among=[NIGHT]) == ["night"]
    assert _slots() == ["2026-11-22T02:00:00+08:00", "2026-11-23T02:00:00+08:00"]


@pytest.mark.django_db
def test_a_worker_that_slept_for_days_hands_out_the_latest_slot_only() -> None:
    timetable.hand_out(at=MORNING, among=[NIGHT])
    assert timetable.hand_out(at=MORNING + timedelta(days=9), among=[NIGHT]) == ["night"]
    assert _slots()[-1] == "2026-12-01T02:00:00+08:00"


@pytest.mark.django_db
def test_an_hourly_job_is_due_at_its_minute() -> None:
    assert timetable.hand_out(at=MORNING, among=[HOUR]) == ["hour"]
    assert timetable.hand_out(at=MORNING + timedelta(minutes=14), among=[HOUR]) == []
    assert timetable.hand_out(at=MORNING + timedelta(minutes=15), among=[HOUR]) == ["hour"]
    assert _slots() == ["2026-11-22T08:15:00+08:00", "2026-11-22T09:15:00+08:00"]


@pytest.mark.django_db(transaction=True)
def test_four_workers_hand_out_a_slot_once() -> None:
    given: list[str] = []
    start = threading.Barrier(4)

    def hand_out() -> None:
        try:
            start.wait(10)
            given.extend(timetable.hand_out(at=MORNING, among=[NIGHT, HOUR]))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=hand_out) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(given) == ["hour", "night"]
    assert DBTaskResult.objects.count() == 2


@pytest.mark.pure
def test_two_jobs_may_not_share_a_name() -> None:
    timetable.register(timetable.Job("sweep-test", jobs.note, timetable.Hourly(1)))
    with pytest.raises(ValueError, match="sweep-test"):
        timetable.register(timetable.Job("sweep-test", jobs.note, timetable.Hourly(2)))
    del timetable._jobs["sweep-test"]


def _slots() -> list[str]:
    return [row.args_kwargs["args"][0] for row in DBTaskResult.objects.order_by("enqueued_at")]
