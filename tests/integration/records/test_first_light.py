"""One record goes all the way, and every step leaves its trace."""

import pytest

from gongkai.groundwork import scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.groundwork.feed.models import FeedChange
from gongkai.published.models import Entry
from gongkai.records.models import Decision, RecordVersion
from tests.cast import Cast
from tests.factories import records

pytestmark = pytest.mark.django_db


def test_a_draft_becomes_public_through_review_signature_and_clearance(cast: Cast) -> None:
    record = records.published(cast)
    entry = Entry.objects.get(pk=record.entry_id)
    assert (record.state, record.index_number) == ("published", entry.index_number)
    assert entry.title == "关于做好冬季供暖工作的通知"
    assert entry.index_number == "012345678/2026-00001"
    with scoping.narrow_to([cast.agency.pk]):
        version = RecordVersion.objects.get(record=record)
        assert entry.versions.get().digest == version.digest
        decided = Decision.objects.filter(record=record).values_list("stage", "outcome", "decider_name", "post")
        assert set(decided) == {
            ("section_head", "approve", "王", "section_head"),
            ("sign_off", "approve", "赵", "leader"),
            ("secrecy_clearance", "publish", "陈", "secrecy_reviewer"),
        }
    acts = AuditEvent.objects.filter(subject_type="record", subject_id=str(record.pk)).order_by("id")
    assert list(acts.values_list("action", "actor_name")) == [
        ("record.draft", "李"),
        ("record.submit", "李"),
        ("record.approve", "王"),
        ("record.sign", "赵"),
        ("record.clear", "陈"),
        ("record.publish", "陈"),
    ]
    assert FeedChange.objects.filter(stream="entries", subject_id=entry.pk).count() == 1


@pytest.mark.parametrize("state", records.IN_STATE)
def test_the_factory_brings_a_record_into_the_state(cast: Cast, state: str) -> None:
    assert records.IN_STATE[state](cast).state == state
