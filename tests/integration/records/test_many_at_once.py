"""Many people at once: every number is given once, nothing is lost, nothing happens twice."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork import scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.groundwork.feed.models import FeedChange
from gongkai.published.models import Entry
from gongkai.records.models import Decision, Record
from gongkai.records.services import acting, drafting, publishing, review
from tests import cast as casting
from tests.factories import records

pytestmark = pytest.mark.django_db(transaction=True)


def _people() -> int:
    """Two hundred where the database takes them; on SQLite writers stand in one line, so a score shows the same."""
    return 200 if connection.vendor == "postgresql" else 20


def _at_once(tasks: list[Callable[[], object]]) -> list[object]:
    """Runs all tasks from one starting line, each in its own thread and connection."""
    line = threading.Barrier(len(tasks))

    def run(task: Callable[[], object]) -> object:
        line.wait(timeout=60)
        try:
            return task()
        except acting.Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=len(tasks)) as pool:
        return list(pool.map(run, tasks))


def test_two_hundred_people_publish_at_once() -> None:
    cast = casting.assemble()
    ready = [records.cleared(cast, title=f"第{number}号通知") for number in range(_people())]
    actor = cast.chen.acting(Duty.PUBLISH_RECORDS)

    def publish(record: Record) -> Callable[[], object]:
        return lambda: publishing.publish(record_id=record.pk, actor=actor, at=casting.later())

    done = _at_once([publish(record) for record in ready])
    assert [outcome for outcome in done if isinstance(outcome, acting.Refused)] == []
    numbers = list(Entry.objects.values_list("index_number", flat=True))
    expected = {f"012345678/2026-{serial:05}" for serial in range(1, len(ready) + 1)}
    assert (len(numbers), set(numbers)) == (len(ready), expected)
    with scoping.narrow_to([cast.agency.pk]):
        published = Record.objects.filter(state="published")
        assert published.count() == len(ready)
        assert set(published.values_list("index_number", flat=True)) == expected
        assert set(published.values_list("entry_id", flat=True)) == set(Entry.objects.values_list("pk", flat=True))
    assert AuditEvent.objects.filter(action="record.publish").count() == len(ready)
    assert FeedChange.objects.filter(stream="entries").count() == len(ready)


def test_one_record_published_by_many_is_published_once() -> None:
    cast = casting.assemble()
    record = records.cleared(cast)
    actor = cast.chen.acting(Duty.PUBLISH_RECORDS)
    tasks = [lambda: publishing.publish(record_id=record.pk, actor=actor, at=casting.later())] * 8
    outcomes = Counter(type(outcome).__name__ for outcome in _at_once(tasks))
    assert outcomes == {"Record": 1, "CannotPublish": 7}
    assert Entry.objects.count() == 1


def test_two_reviewers_of_one_stage_leave_one_decision() -> None:
    cast = casting.assemble()
    record = records.submitted(cast)
    actor = cast.wang.acting(Duty.REVIEW_AS_SECTION_HEAD)

    def approve() -> object:
        return review.approve(record_id=record.pk, digest=record.digest, actor=actor, at=casting.later())

    outcomes = Counter(type(outcome).__name__ for outcome in _at_once([approve] * 6))
    assert outcomes == {"Record": 1, "CannotDecide": 5}
    with scoping.narrow_to([cast.agency.pk]):
        assert Decision.objects.filter(record=record).count() == 1


def test_of_two_people_who_edit_the_same_text_one_is_told() -> None:
    cast = casting.assemble()
    record = records.draft(cast)
    actor = cast.li.acting(Duty.DRAFT_RECORDS)

    def edit(title: str) -> Callable[[], object]:
        content = records.content(title=title)
        return lambda: drafting.edit(
            record_id=record.pk, content=content, lock_version=0, actor=actor, at=casting.later()
        )

    outcomes = _at_once([edit(f"第{number}种写法") for number in range(6)])
    refusals = [outcome.reason for outcome in outcomes if isinstance(outcome, drafting.CannotEdit)]
    assert len(refusals) == 5
    assert all("其他同志修改过" in reason for reason in refusals)


def test_the_first_submissions_of_an_agency_share_one_scheme() -> None:
    cast = casting.assemble()
    actor = cast.li.acting(Duty.DRAFT_RECORDS)
    drafts = [records.draft(cast) for _ in range(8)]

    def submit(record: Record) -> Callable[[], object]:
        return lambda: review.submit(record_id=record.pk, actor=actor, at=casting.later())

    done = _at_once([submit(record) for record in drafts])
    assert {outcome.scheme_id for outcome in done if isinstance(outcome, Record)} == {done[0].scheme_id}  # type: ignore[attr-defined]
    assert all(isinstance(outcome, Record) for outcome in done)
