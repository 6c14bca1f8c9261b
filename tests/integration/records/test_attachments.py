"""Files: taken in after a look, kept in their order, part of what is decided upon."""

import io

import pytest

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.viewer import Actor
from gongkai.groundwork import scoping
from gongkai.groundwork.files.models import StoredFile
from gongkai.records.models import Attachment, Record
from gongkai.records.services import acting, attachments, review
from gongkai.records.services.attachments import Upload
from tests import cast as casting
from tests.cast import Cast
from tests.factories import records

pytestmark = pytest.mark.django_db


def _upload(words: str, name: str = "说明.txt", title: str = "") -> Upload:
    return Upload(stream=io.BytesIO(words.encode()), file_name=name, title=title)


def _attach(cast: Cast, record: Record, upload: Upload) -> Attachment:
    return attachments.attach(
        record_id=record.pk, upload=upload, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=casting.later()
    )


def _order(cast: Cast, record: Record) -> list[str]:
    with scoping.narrow_to([cast.agency.pk]):
        return list(Attachment.objects.filter(record=record).values_list("title", flat=True))


def _li(cast: Cast) -> Actor:
    return cast.li.acting(Duty.DRAFT_RECORDS)


class TestAttach:
    def test_a_file_gets_its_place_and_its_title(self, cast: Cast) -> None:
        record = records.draft(cast)
        _attach(cast, record, _upload("一", "../甲/说明.txt"))
        _attach(cast, record, _upload("二", "b.txt", title="第二份"))
        assert _order(cast, record) == ["说明", "第二份"]
        with scoping.narrow_to([cast.agency.pk]):
            assert Attachment.objects.get(position=1).file_name == "说明.txt"
            assert Record.objects.get().lock_version == 2

    @pytest.mark.parametrize(
        ("upload", "reason"),
        [
            (_upload("机密★10年\n内容"), "涉密"),
            (_upload("内容", "秘密★5年.txt"), "涉密"),
            (_upload("内容", title="绝密★"), "涉密"),
            (_upload(""), "空"),
            (_upload("MZ\x90", "程序.exe"), "未保存"),
        ],
    )
    def test_what_is_refused_leaves_nothing_behind(self, cast: Cast, upload: Upload, reason: str) -> None:
        record = records.draft(cast)
        with pytest.raises(attachments.CannotAttach, match=reason) as refused:
            _attach(cast, record, upload)
        assert refused.value.status in {413, 415, 422}
        assert _order(cast, record) == []
        assert StoredFile.objects.count() == 0

    def test_the_same_file_twice_is_refused(self, cast: Cast) -> None:
        record = records.draft(cast)
        _attach(cast, record, _upload("一"))
        with pytest.raises(attachments.CannotAttach, match="已经在附件中"):
            _attach(cast, record, _upload("一", "别名.txt"))

    def test_a_record_under_review_takes_no_files(self, cast: Cast) -> None:
        with pytest.raises(attachments.CannotAttach, match="审核中"):
            _attach(cast, records.submitted(cast), _upload("一"))
        assert StoredFile.objects.count() == 0

    def test_another_agency_does_not_find_the_record(self, cast: Cast) -> None:
        record = records.draft(cast)
        actor = cast.zhou.acting(Duty.DRAFT_RECORDS)
        with pytest.raises(acting.NoSuchRecord):
            attachments.attach(record_id=record.pk, upload=_upload("一"), actor=actor, at=casting.AT)


class TestOrder:
    def test_files_change_places_and_close_up(self, cast: Cast) -> None:
        record = records.draft(cast)
        files = [_attach(cast, record, _upload(str(number), title=f"{number}")) for number in range(4)]
        order = [files[2].pk, files[0].pk, files[3].pk, files[1].pk]
        attachments.arrange(record_id=record.pk, order=order, actor=_li(cast), at=casting.later())
        assert _order(cast, record) == ["2", "0", "3", "1"]
        attachments.detach(record_id=record.pk, attachment_id=files[0].pk, actor=_li(cast), at=casting.later())
        assert _order(cast, record) == ["2", "3", "1"]
        with scoping.narrow_to([cast.agency.pk]):
            assert list(Attachment.objects.values_list("position", flat=True)) == [1, 2, 3]

    def test_a_list_that_misses_one_is_refused(self, cast: Cast) -> None:
        record = records.draft(cast)
        first = _attach(cast, record, _upload("一"))
        _attach(cast, record, _upload("二"))
        for order in ([first.pk], [first.pk, first.pk], [first.pk, 0]):
            with pytest.raises(attachments.CannotArrangeFiles):
                attachments.arrange(record_id=record.pk, order=order, actor=_li(cast), at=casting.later())

    def test_a_foreign_file_cannot_be_taken_off(self, cast: Cast) -> None:
        record, other = records.draft(cast), records.draft(cast)
        file = _attach(cast, other, _upload("一"))
        with pytest.raises(attachments.CannotArrangeFiles, match="没有这个附件"):
            attachments.detach(record_id=record.pk, attachment_id=file.pk, actor=_li(cast), at=casting.later())


def test_a_file_added_later_changes_the_digest(cast: Cast) -> None:
    record = records.returned(cast)
    before = record.digest
    _attach(cast, record, _upload("一"))
    record = review.submit(record_id=record.pk, actor=_li(cast), at=casting.later())
    assert record.digest != before
