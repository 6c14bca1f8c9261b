"""Emergency removal: at once without a ground, explained in time, and public again through all gates only."""

from datetime import date, timedelta

import pytest

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.domain.posts import Post
from gongkai.groundwork import scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.groundwork.feed.models import FeedChange
from gongkai.groundwork.worklist import Urgency
from gongkai.published.models import Entry, EntryVersion
from gongkai.published.services import releasing
from gongkai.records import selectors
from gongkai.records.models import EmergencyRemoval, Record
from gongkai.records.selectors import public_records
from gongkai.records.services import publishing, removing, review
from tests import cast as casting
from tests.cast import Cast
from tests.factories import records

pytestmark = pytest.mark.django_db


def _entry(record: Record) -> Entry:
    return Entry.objects.get(pk=record.entry_id)


def _told(before: int) -> list[int]:
    """Of which entries the feed has told since it had so many lines."""
    return list(FeedChange.objects.order_by("id").values_list("subject_id", flat=True)[before:])


def _actions(record: Record) -> list[str]:
    rows = AuditEvent.objects.filter(subject_type="record", subject_id=str(record.pk)).order_by("id")
    return list(rows.values_list("action", flat=True))


def _open_removals(cast: Cast) -> list[EmergencyRemoval]:
    with scoping.narrow_to([cast.agency.pk]):
        return list(EmergencyRemoval.objects.filter(reason=""))


class TestRemove:
    def test_one_person_leaves_a_tombstone_that_promises_the_reason(self, cast: Cast) -> None:
        record = records.published(cast)
        before = FeedChange.objects.count()
        actor = cast.zhao.acting(Duty.WITHDRAW_RECORDS)
        removed = removing.remove(record_id=record.pk, actor=actor, at=casting.later())
        entry = _entry(record)
        assert (entry.title, entry.withdrawal_ground) == ("", "已紧急撤下，原因待补")
        assert entry.withdrawn_at == removed.withdrawn_at == casting.later()
        assert removed.state == "withdrawn"
        assert _told(before) == [entry.pk]
        assert _actions(record)[-1] == "record.remove"
        (removal,) = _open_removals(cast)
        assert (removal.remover_name, removal.post) == ("赵", Post.LEADER)
        assert removal.reason_due_on == date(2026, 11, 23), "a Friday, and one working day"

    def test_it_goes_whatever_happens_to_the_record_on_the_desk(self, cast: Cast) -> None:
        record = records.correcting(cast)
        review.submit(record_id=record.pk, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=casting.AT)
        actor = cast.chen.acting(Duty.WITHDRAW_RECORDS)
        assert removing.remove(record_id=record.pk, actor=actor, at=casting.later()).stage == ""

    def test_what_is_not_public_cannot_be_removed(self, cast: Cast) -> None:
        record = records.removed(cast)
        with pytest.raises(publishing.CannotWithdraw, match="已撤下"):
            removing.remove(record_id=record.pk, actor=cast.zhao.acting(Duty.WITHDRAW_RECORDS), at=casting.later())
        assert len(_open_removals(cast)) == 1


class TestExplain:
    def test_the_reason_takes_the_place_of_the_promise(self, cast: Cast) -> None:
        record = records.removed(cast)
        before = FeedChange.objects.count()
        actor = cast.zhao.acting(Duty.WITHDRAW_RECORDS)
        removing.explain(record_id=record.pk, reason=" 附件有误 ", actor=actor, at=casting.later())
        assert _entry(record).withdrawal_ground == "附件有误"
        assert _told(before) == [record.entry_id]
        assert _open_removals(cast) == []
        assert _actions(record)[-1] == "record.explain"

    @pytest.mark.parametrize(("reason", "said"), [(" ", "写明撤下的原因"), ("绝密★10年", "国家秘密标志")])
    def test_an_empty_or_secret_reason_is_refused(self, cast: Cast, reason: str, said: str) -> None:
        record = records.removed(cast)
        actor = cast.zhao.acting(Duty.WITHDRAW_RECORDS)
        with pytest.raises(removing.CannotExplain, match=said):
            removing.explain(record_id=record.pk, reason=reason, actor=actor, at=casting.later())
        assert _entry(record).withdrawal_ground == removing.UNEXPLAINED


class TestWorklist:
    def test_it_lies_with_the_remover_and_the_leader_and_when_late_with_all_who_may(self, cast: Cast) -> None:
        record = records.published(cast)
        removing.remove(record_id=record.pk, actor=cast.chen.acting(Duty.WITHDRAW_RECORDS), at=casting.AT)
        today = casting.AT.date()
        for person in (cast.chen, cast.zhao):
            (item,) = selectors.work_waiting(person.viewer, today=today)
            assert item.url.endswith(f"/{record.pk}/explain/")
            assert "陈已紧急撤下" in item.sentence
        (late,) = selectors.work_waiting(cast.zhao.viewer, today=today + timedelta(days=7))
        assert late.urgency is Urgency.OVERDUE
        assert "逾期" in late.sentence
        assert selectors.work_waiting(cast.wang.viewer, today=today) == []

    def test_what_the_leader_took_down_reaches_the_office_when_it_is_late(self, cast: Cast) -> None:
        records.removed(cast)
        today = casting.AT.date()
        assert selectors.work_waiting(cast.chen.viewer, today=today) == []
        assert len(selectors.work_waiting(cast.chen.viewer, today=today + timedelta(days=7))) == 1


class TestRepublish:
    def test_unchanged_it_is_cleared_anew_and_public_again_at_its_old_address(self, cast: Cast) -> None:
        record = records.reopened(cast)
        number = record.index_number
        writer = cast.li.acting(Duty.DRAFT_RECORDS)
        record = review.submit(record_id=record.pk, actor=writer, at=casting.later())
        head, officer = cast.wang.acting(Duty.REVIEW_AS_SECTION_HEAD), cast.chen.acting(Duty.PUBLISH_RECORDS)
        record = review.approve(record_id=record.pk, digest=record.digest, actor=head, at=casting.later())
        record = records.sign(cast, record, at=casting.later())
        with pytest.raises(publishing.CannotPublish, match="保密审查"):
            publishing.publish(record_id=record.pk, actor=officer, at=casting.later())
        record = records.clear(cast, record, at=casting.later())
        record = publishing.publish(record_id=record.pk, actor=officer, at=casting.later(2))
        entry = _entry(record)
        assert (entry.index_number, entry.withdrawn_at, entry.withdrawal_ground) == (number, None, "")
        assert entry.title == record.title
        assert record.withdrawn_at is None
        version = EntryVersion.objects.get(entry=entry, number=entry.version_number)
        assert (version.number, version.reason) == (2, "内容已改正")

    def test_giving_it_up_leaves_the_tombstone(self, cast: Cast) -> None:
        record = records.reopened(cast)
        left = removing.leave(record_id=record.pk, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=casting.later())
        assert left.state == "withdrawn"
        assert _entry(record).is_withdrawn

    def test_what_is_public_is_not_released_again(self, cast: Cast) -> None:
        record = records.published(cast)
        content = releasing.ReleasedContent(
            agency_id=cast.agency.pk, title="又来", published_at=casting.AT, digest="0" * 64
        )
        with pytest.raises(releasing.CannotRelease, match="没有撤下"):
            releasing.release_again(
                entry_id=record.entry_id or 0,
                content=content,
                reason="又来",
                actor=cast.chen.acting(Duty.PUBLISH_RECORDS),
                at=casting.later(),
            )


class TestFinding:
    def test_an_address_a_number_and_words_of_the_title_lead_there(self, cast: Cast) -> None:
        record = records.published(cast)
        records.removed(cast, title="供暖旧闻")
        for text in (
            f"https://www.example.gov.cn/elder/entries/{record.entry_id}/?from=x",
            record.index_number,
            "供暖 通知",
            "〔2026〕12号",
        ):
            assert [hit.pk for hit in public_records.to_remove(cast.zhao.viewer, text)] == [record.pk], text
        assert public_records.to_remove(cast.zhao.viewer, "  ") == []

    def test_another_agency_and_other_posts_find_nothing(self, cast: Cast) -> None:
        record = records.published(cast)
        for person in (cast.zhou, cast.wang):
            assert public_records.to_remove(person.viewer, record.index_number) == []
