"""The public gets the cleaned copy of a file; decisions, digest and portal mean that copy, the original stays here."""

import io

import pytest

from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork import scoping
from gongkai.groundwork.files import store
from gongkai.published.models import EntryFile
from gongkai.records.models import Attachment, Record, RecordVersion
from gongkai.records.services import attachments, publishing, review
from tests import cast as casting
from tests.cast import AT, Cast
from tests.factories import records
from tests.integration.files import material

pytestmark = pytest.mark.django_db

_CORE = '<cp:coreProperties xmlns:cp="urn:c"><lastModifiedBy>LiMouMou</lastModifiedBy></cp:coreProperties>'


def _with_file(cast: Cast, data: bytes) -> Record:
    record = records.draft(cast)
    upload = attachments.Upload(stream=io.BytesIO(data), file_name="名单.docx")
    attachments.attach(record_id=record.pk, upload=upload, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=AT)
    return record


def _published(cast: Cast) -> Record:
    record = _with_file(cast, material.docx("名单", extra={"docProps/core.xml": _CORE}))
    record = review.submit(record_id=record.pk, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=AT)
    head = cast.wang.acting(Duty.REVIEW_AS_SECTION_HEAD)
    record = review.approve(record_id=record.pk, digest=record.digest, actor=head, at=AT)
    record = records.clear(cast, records.sign(cast, record))
    return publishing.publish(record_id=record.pk, actor=cast.chen.acting(Duty.PUBLISH_RECORDS), at=AT)


def _attachment(cast: Cast, record: Record) -> Attachment:
    with scoping.narrow_to([cast.agency.pk]):
        return Attachment.objects.select_related("file", "cleaned").get(record=record)


def test_what_is_frozen_and_what_goes_out_is_the_copy(cast: Cast) -> None:
    record = _published(cast)
    file = _attachment(cast, record)
    with scoping.narrow_to([cast.agency.pk]):
        frozen = RecordVersion.objects.get(record=record).content["files"][0]["digest"]
    assert file.copy != file.file
    assert EntryFile.objects.get(version__entry_id=record.entry_id).digest == frozen == file.copy.digest
    with store.opened(file.copy.digest) as copy, store.opened(file.file.digest) as original:
        assert (b"LiMouMou" in copy.read(), original.read() != b"") == (False, True)


def test_a_correction_that_is_given_up_brings_the_original_back_too(cast: Cast) -> None:
    record = _published(cast)
    before = _attachment(cast, record)
    li = cast.li.acting(Duty.DRAFT_RECORDS)
    publishing.open_correction(record_id=record.pk, reason="日期有误", actor=li, at=casting.later())
    publishing.abandon_correction(record_id=record.pk, actor=li, at=casting.later(2))
    after = _attachment(cast, record)
    assert (after.file, after.copy) == (before.file, before.copy)


def test_a_file_with_open_revisions_is_not_submitted(cast: Cast) -> None:
    space = f'xmlns:w="{material.WORD}"'
    body = "<w:p><w:ins><w:r><w:t>增</w:t></w:r></w:ins></w:p>"
    document = f"<w:document {space}><w:body>{body}</w:body></w:document>"
    record = _with_file(cast, material.docx(document=document))
    with pytest.raises(review.CannotSubmit, match="修订痕迹"):
        review.submit(record_id=record.pk, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=AT)


def test_what_needs_no_cleaning_is_its_own_copy(cast: Cast) -> None:
    record = records.draft(cast)
    upload = attachments.Upload(stream=io.BytesIO("名单".encode()), file_name="名单.txt")
    attachments.attach(record_id=record.pk, upload=upload, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=AT)
    file = _attachment(cast, record)
    assert (file.cleaned, file.copy) == (None, file.file)
