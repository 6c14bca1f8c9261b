"""The gates before the public, corrections, validity, withdrawal."""

import io
from datetime import date

import pytest
from django.db import connection

from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork import events, scoping
from gongkai.published.domain.vocabulary import Validity
from gongkai.published.models import CatalogueNode, Entry, EntryFile
from gongkai.published.services.validity import Change
from gongkai.records.domain.stages import SIGN_OFF
from gongkai.records.events import RecordPublished
from gongkai.records.models import Attachment, Decision, Record
from gongkai.records.services import attachments, drafting, keeping, publishing, review
from tests import cast as casting
from tests.cast import AT, Cast
from tests.factories import records

pytestmark = pytest.mark.django_db


def _publish(cast: Cast, record: Record) -> Record:
    return publishing.publish(record_id=record.pk, actor=cast.chen.acting(Duty.PUBLISH_RECORDS), at=casting.later())


def _through_review(cast: Cast, record: Record) -> Record:
    record = review.submit(record_id=record.pk, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=casting.later())
    head = cast.wang.acting(Duty.REVIEW_AS_SECTION_HEAD)
    record = review.approve(record_id=record.pk, digest=record.digest, actor=head, at=casting.later())
    records.confirm(cast, record)
    return records.clear(cast, records.sign(cast, record))


class TestPublish:
    def test_hands_over_everything_public_and_nothing_else(self, cast: Cast) -> None:
        record = records.draft(
            cast, remarks="内部说明", keywords="供暖", responsible_unit="供热科", joint_issuers=("乙局",)
        )
        upload = attachments.Upload(stream=io.BytesIO("检修安排".encode()), file_name="安排.txt")
        attachments.attach(record_id=record.pk, upload=upload, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=AT)
        entry = Entry.objects.get(pk=_publish(cast, _through_review(cast, record)).entry_id)
        version = entry.versions.get()
        assert (entry.title, entry.document_number, entry.node_code) == (
            record.title,
            "甲政办发〔2026〕12号",
            records.COLUMN,
        )
        assert version.metadata == {
            "joint_issuers": "乙局",
            "owner_dept": "供热科",
            "art20_item": "法规文件",
            "mode": "主动公开",
        }
        assert "内部说明" not in str(version.__dict__)
        file = EntryFile.objects.get(version=version)
        assert (file.title, file.file_name, file.text) == ("安排", "安排.txt", "检修安排")
        assert CatalogueNode.objects.filter(agency=cast.agency, code=records.COLUMN).exists()

    def test_tells_higher_rooms(self, cast: Cast) -> None:
        heard: list[RecordPublished] = []
        events.subscribe(RecordPublished, heard.append)
        try:
            record = records.published(cast)
        finally:
            events._handlers[RecordPublished].remove(heard.append)
        assert [(event.record_id, event.entry_id, event.is_correction) for event in heard] == [
            (record.pk, record.entry_id, False)
        ]

    def test_needs_the_signature_on_exactly_this_content(self, cast: Cast) -> None:
        record = records.cleared(cast)
        with scoping.narrow_to([cast.agency.pk]):
            Decision.objects.filter(record=record, stage=SIGN_OFF).update(is_valid=False)
        with pytest.raises(publishing.CannotPublish, match="还没有签发"):
            _publish(cast, record)
        assert Entry.objects.count() == 0

    def test_notices_a_version_that_was_reached_around_the_services(self, cast: Cast) -> None:
        record = records.cleared(cast)
        with connection.cursor() as cursor:
            suffix = " ON records_recordversion" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER records_recordversion_no_update{suffix}")
            cursor.execute("UPDATE records_recordversion SET body_html = '<p>换过的正文</p>'")
        with pytest.raises(publishing.CannotPublish, match="摘要不一致"):
            _publish(cast, record)

    def test_a_hidden_column_stops_it(self, cast: Cast) -> None:
        from gongkai.records.services import catalogue

        record = records.cleared(cast, column_code="art20_08_charges")
        keeper = cast.chen.acting(Duty.KEEP_CATALOGUE)
        wish = catalogue.Wish(is_hidden=True, reason="本机关无收费")
        catalogue.arrange(code="art20_08_charges", wish=wish, actor=keeper, at=AT)
        with pytest.raises(publishing.CannotPublish, match="已经隐藏"):
            _publish(cast, record)

    def test_what_takes_effect_later_is_marked_so(self, cast: Cast) -> None:
        record = records.published(cast, effective_on=date(2027, 1, 1))
        assert Entry.objects.get(pk=record.entry_id).validity == Validity.NOT_YET_EFFECTIVE


class TestCorrect:
    def test_the_public_version_stays_until_the_new_one_is_released(self, cast: Cast) -> None:
        record = records.correcting(cast)
        content = records.content(title="改正后的通知")
        drafter = cast.li.acting(Duty.DRAFT_RECORDS)
        record = drafting.edit(
            record_id=record.pk, content=content, lock_version=record.lock_version, actor=drafter, at=casting.later()
        )
        entry = Entry.objects.get(pk=record.entry_id)
        number, first_day = entry.index_number, entry.published_at
        assert entry.title == records.content().title
        record = _publish(cast, _through_review(cast, record))
        entry.refresh_from_db()
        assert (entry.title, entry.version_number, entry.index_number) == ("改正后的通知", 2, number)
        assert (entry.published_at, record.published_at) == (first_day, first_day)
        assert entry.versions.get(number=2).reason == "原文日期有误"
        assert (record.state, record.correction_reason, record.released_number) == ("published", "", 2)

    def test_needs_a_reason(self, cast: Cast) -> None:
        record = records.published(cast)
        with pytest.raises(publishing.CannotCorrect, match="原因"):
            publishing.open_correction(
                record_id=record.pk, reason=" ", actor=cast.li.acting(Duty.DRAFT_RECORDS), at=casting.later()
            )

    def test_a_correction_needs_its_own_review(self, cast: Cast) -> None:
        record = records.correcting(cast)
        with pytest.raises(publishing.CannotPublish, match="更正中"):
            _publish(cast, record)

    def test_abandoning_puts_content_and_files_back(self, cast: Cast) -> None:
        record = records.draft(cast)
        drafter = cast.li.acting(Duty.DRAFT_RECORDS)
        upload = attachments.Upload(stream=io.BytesIO("原件".encode()), file_name="原件.txt")
        file = attachments.attach(record_id=record.pk, upload=upload, actor=drafter, at=AT)
        record = _publish(cast, _through_review(cast, record))
        publishing.open_correction(record_id=record.pk, reason="日期有误", actor=drafter, at=casting.later())
        attachments.detach(record_id=record.pk, attachment_id=file.pk, actor=drafter, at=casting.later())
        with scoping.narrow_to([cast.agency.pk]):
            record.refresh_from_db()
        drafting.edit(
            record_id=record.pk,
            content=records.content(title="改乱了", created_on=date(2026, 11, 1), joint_issuers=("丙局",)),
            lock_version=record.lock_version,
            actor=drafter,
            at=casting.later(),
        )
        record = publishing.abandon_correction(record_id=record.pk, actor=drafter, at=casting.later(2))
        with scoping.narrow_to([cast.agency.pk]):
            record = Record.objects.get(pk=record.pk)
            assert [file.title for file in Attachment.objects.filter(record=record)] == ["原件"]
        assert (record.state, record.title, record.created_on) == (
            "published",
            records.content().title,
            date(2026, 11, 16),
        )
        assert (record.joint_issuers, record.correction_reason) == ([], "")


class TestValidity:
    def test_a_replaced_document_links_to_its_successor(self, cast: Cast) -> None:
        old, new = records.published(cast), records.published(cast, title="新的通知")
        change = Change(validity=Validity.REPEALED, since=date(2026, 11, 20), successor_id=new.entry_id, basis="新文件")
        record = publishing.set_validity(
            record_id=old.pk, change=change, actor=cast.chen.acting(Duty.PUBLISH_RECORDS), at=casting.later()
        )
        entry = Entry.objects.get(pk=old.entry_id)
        assert (record.validity, entry.validity, entry.successor_id) == ("repealed", "repealed", new.entry_id)

    def test_a_circle_is_refused_in_words(self, cast: Cast) -> None:
        record = records.published(cast)
        change = Change(validity=Validity.REPEALED, since=date(2026, 11, 20), successor_id=record.entry_id)
        with pytest.raises(publishing.CannotSetValidity, match="环"):
            publishing.set_validity(
                record_id=record.pk, change=change, actor=cast.chen.acting(Duty.PUBLISH_RECORDS), at=casting.later()
            )


class TestWithdraw:
    def test_leaves_a_tombstone_with_number_ground_and_time(self, cast: Cast) -> None:
        record = records.withdrawn(cast)
        entry = Entry.objects.get(pk=record.entry_id)
        assert record.state == "withdrawn"
        assert entry.is_withdrawn
        assert (entry.title, entry.document_number, entry.withdrawal_ground) == ("", "", "内容有误，另行发布")
        assert entry.index_number == record.index_number

    @pytest.mark.parametrize("build", [records.correcting, records.published])
    def test_works_whatever_is_happening_on_the_desk(self, cast: Cast, build: object) -> None:
        record = build(cast)  # type: ignore[operator]
        leader = cast.zhao.acting(Duty.WITHDRAW_RECORDS)
        publishing.withdraw(record_id=record.pk, ground="泄露个人信息", actor=leader, at=casting.later())
        assert Entry.objects.get(pk=record.entry_id).is_withdrawn

    @pytest.mark.parametrize("ground", [" ", "长" * 301, "机密★10年"])
    def test_needs_a_ground_fit_for_the_public(self, cast: Cast, ground: str) -> None:
        record = records.published(cast)
        with pytest.raises(publishing.CannotWithdraw):
            publishing.withdraw(
                record_id=record.pk, ground=ground, actor=cast.zhao.acting(Duty.WITHDRAW_RECORDS), at=casting.later()
            )
        assert not Entry.objects.get(pk=record.entry_id).is_withdrawn


class TestKeep:
    def test_what_is_kept_never_reaches_the_public(self, cast: Cast) -> None:
        assert records.kept(cast).state == "kept"
        assert Entry.objects.count() == 0

    def test_reevaluation_sets_the_next_day_or_opens_it_again(self, cast: Cast) -> None:
        record = records.kept(cast)
        office = cast.chen.acting(Duty.PUBLISH_RECORDS)
        with pytest.raises(keeping.CannotReevaluate, match="今天之后"):
            keeping.reevaluate(record_id=record.pk, next_on=AT.date(), opinion="仍不公开", actor=office, at=AT)
        record = keeping.reevaluate(
            record_id=record.pk, next_on=date(2028, 1, 4), opinion="仍不公开", actor=office, at=AT
        )
        assert (record.state, record.reevaluate_on) == ("kept", date(2028, 1, 4))
        drafter = cast.li.acting(Duty.DRAFT_RECORDS)
        assert keeping.reopen(record_id=record.pk, actor=drafter, at=casting.later()).state == "draft"
