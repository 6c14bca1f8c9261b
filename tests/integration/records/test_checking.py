"""The gates run all checks and keep what they found; what may be set aside, by whom, and for how long."""

import io

import pytest
from django.db import DatabaseError, transaction

from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork import scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.records.domain.checks.rules import Spot
from gongkai.records.models import CheckRun, Dismissal, EyeReading, Record
from gongkai.records.services import acting, attachments, checking, clearance, drafting, publishing, review
from gongkai.records.services.checking import Reading
from gongkai.records.services.clearance import Conclusion, Verdict
from tests import cast as casting
from tests.cast import AT, Cast, Person
from tests.factories import records
from tests.integration.files import material

pytestmark = pytest.mark.django_db

_ID = "<p>申请人身份证号：11010519491231002X。</p>"
_INTERNAL = "<p>内部资料，注意保存</p><p>各科室要提前检修管网。</p>"


def _spots(cast: Cast, record: Record) -> tuple[Spot, ...]:
    with scoping.narrow_to([cast.agency.pk]):
        return checking.of_working_copy(Record.objects.get(pk=record.pk), on=AT.date()).standing


def _spot(cast: Cast, record: Record, code: str) -> Spot:
    return next(spot for spot in _spots(cast, record) if spot.finding.code == code)


def _dismiss(cast: Cast, record: Record, code: str, person: Person, duty: Duty) -> Dismissal:
    fingerprint = _spot(cast, record, code).fingerprint
    return checking.dismiss(
        record_id=record.pk, fingerprint=fingerprint, reason="已核对，可以公开", actor=person.acting(duty), at=AT
    )


def _submit(cast: Cast, record: Record) -> Record:
    return review.submit(record_id=record.pk, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=AT)


def _edit(cast: Cast, record: Record, **values: object) -> Record:
    actor = cast.li.acting(Duty.DRAFT_RECORDS)
    seen = record.lock_version
    return drafting.edit(
        record_id=record.pk, content=records.content(**values), lock_version=seen, actor=actor, at=casting.later()
    )


def _with_scan(cast: Cast) -> tuple[Record, int]:
    record = records.draft(cast)
    upload = attachments.Upload(stream=io.BytesIO(material.pdf()), file_name="扫描件.pdf")
    actor = cast.li.acting(Duty.DRAFT_RECORDS)
    return record, attachments.attach(record_id=record.pk, upload=upload, actor=actor, at=AT).pk


def _approved(cast: Cast, record: Record) -> Record:
    record = _submit(cast, record)
    head = cast.wang.acting(Duty.REVIEW_AS_SECTION_HEAD)
    record = review.approve(record_id=record.pk, digest=record.digest, actor=head, at=AT)
    return records.sign(cast, record)


class TestGates:
    def test_an_error_stops_the_submission_and_says_where(self, cast: Cast) -> None:
        record = records.draft(cast, body_html=_INTERNAL)
        with pytest.raises(review.CannotSubmit, match="内部资料") as refused:
            _submit(cast, record)
        assert [finding.code for finding in refused.value.findings] == ["own_note.internal"]
        with scoping.narrow_to([cast.agency.pk]):
            assert Record.objects.get(pk=record.pk).state == "draft"
            assert CheckRun.objects.count() == 0

    def test_a_warning_does_not(self, cast: Cast) -> None:
        assert records.submitted(cast, body_html="<p>统一布署。</p>").state == "in_review"

    def test_what_is_not_for_the_public_may_hold_what_the_public_must_not_see(self, cast: Cast) -> None:
        assert records.kept(cast, body_html=_ID).state == "kept"

    def test_every_gate_leaves_what_it_found(self, cast: Cast) -> None:
        record = records.published(cast, body_html="<p>统一布署。</p>")
        with scoping.narrow_to([cast.agency.pk]):
            runs = list(CheckRun.objects.filter(record=record).order_by("pk"))
        assert [(run.occasion, run.digest) for run in runs] == [
            (occasion, record.digest) for occasion in ("submit", "clear", "publish")
        ]
        assert [[spot["code"] for spot in run.spots] for run in runs] == [["words.typo"]] * 3

    def test_the_evidence_does_not_change(self, cast: Cast) -> None:
        records.submitted(cast)
        with scoping.narrow_to([cast.agency.pk]), pytest.raises(DatabaseError), transaction.atomic():
            CheckRun.objects.update(occasion="later")

    def test_the_last_gate_asks_again_what_has_become_known_since(self, cast: Cast) -> None:
        record = records.cleared(cast, body_html="<p>根据甲政办函〔2026〕7号要求。</p>")
        records.kept(cast, document_number="甲政办函〔2026〕7号")
        with pytest.raises(publishing.CannotPublish, match="甲政办函〔2026〕7号"):
            publishing.publish(record_id=record.pk, actor=cast.chen.acting(Duty.PUBLISH_RECORDS), at=AT)

    def test_a_number_that_another_agency_keeps_is_known_by_its_number_only(self, cast: Cast) -> None:
        elsewhere = cast.zhou
        actor = elsewhere.acting(Duty.DRAFT_RECORDS)
        content = records.not_public(title="乙局的秘而不宣", document_number="乙政办函〔2026〕3号")
        other = drafting.draft(content=content, actor=actor, at=AT)
        record = records.draft(cast, body_html="<p>根据乙政办函〔2026〕3号要求。</p>")
        assert _spots(cast, record) == ()  # only meant so far: nobody has decided
        with scoping.narrow_to([cast.other_agency.pk]):
            Record.objects.filter(pk=other.pk).update(state="kept")
        spot = _spot(cast, record, "quoted.non_public")
        assert "乙局" not in str(spot.as_dict())

    def test_a_quoted_document_that_no_longer_holds_is_named_by_number_with_its_successor(self, cast: Cast) -> None:
        old, new = records.published(cast, title="旧办法"), records.published(cast, title="新办法", document_number="")
        change = publishing.validity.Change(
            validity=publishing.validity.Validity.REPEALED, since=AT.date(), successor_id=new.entry_id, basis="新办法"
        )
        publishing.set_validity(
            record_id=old.pk, change=change, actor=cast.chen.acting(Duty.PUBLISH_RECORDS), at=casting.later()
        )
        record = records.draft(cast, document_number="", body_html="<p>按照甲政办发〔2026〕12号执行。</p>")
        finding = _spot(cast, record, "quoted.ended").finding
        assert finding.expected == f"索引号{new.index_number}"
        assert f"索引号{old.index_number}" in finding.message
        assert "旧办法" not in finding.message


class TestDismiss:
    def test_lets_the_record_pass_and_leaves_who_when_and_why(self, cast: Cast) -> None:
        record = records.draft(cast, body_html=_INTERNAL)
        row = _dismiss(cast, record, "own_note.internal", cast.li, Duty.DRAFT_RECORDS)
        assert (row.person_name, row.reason, row.dismissed_at) == ("李", "已核对，可以公开", AT)
        record = _submit(cast, record)
        assert (record.state, row.digest) == ("in_review", record.digest)
        assert AuditEvent.objects.filter(action="record.dismiss_finding", subject_id=str(record.pk)).count() == 1

    def test_holds_in_the_next_version_as_long_as_the_place_is_the_same(self, cast: Cast) -> None:
        record = records.draft(cast, body_html=_INTERNAL)
        _dismiss(cast, record, "own_note.internal", cast.li, Duty.DRAFT_RECORDS)
        record = _edit(cast, record, body_html=f"<p>新的一段。</p>{_INTERNAL}")
        assert _spots(cast, record) == ()
        record = _edit(cast, record, body_html="<p>内部文件，注意保存</p>")
        assert [spot.finding.code for spot in _spots(cast, record)] == ["own_note.internal"]

    def test_who_wrote_cannot_decide_about_data_of_persons_but_a_colleague_can(self, cast: Cast) -> None:
        record = records.draft(cast, body_html=_ID)
        with pytest.raises(checking.CannotDismiss, match="其他同志"):
            _dismiss(cast, record, "personal_data.citizen_id", cast.li, Duty.DRAFT_RECORDS)
        _dismiss(cast, record, "personal_data.citizen_id", cast.wang, Duty.REVIEW_AS_SECTION_HEAD)
        assert _submit(cast, record).state == "in_review"

    def test_nobody_dismisses_a_mark_or_a_file_that_nobody_has_read(self, cast: Cast) -> None:
        record, _ = _with_scan(cast)
        with pytest.raises(checking.CannotDismiss, match="不能忽略"):
            _dismiss(cast, record, "files.not_assessable", cast.wang, Duty.REVIEW_AS_SECTION_HEAD)

    @pytest.mark.parametrize("reason", ["", " ", "长" * 301, "机密★10年"])
    def test_needs_a_reason_that_may_be_kept(self, cast: Cast, reason: str) -> None:
        record = records.draft(cast, body_html=_INTERNAL)
        fingerprint = _spot(cast, record, "own_note.internal").fingerprint
        actor = cast.li.acting(Duty.DRAFT_RECORDS)
        with pytest.raises(checking.CannotDismiss):
            checking.dismiss(record_id=record.pk, fingerprint=fingerprint, reason=reason, actor=actor, at=AT)

    def test_not_what_is_not_there_and_not_what_is_finished(self, cast: Cast) -> None:
        actor = cast.chen.acting(Duty.PUBLISH_RECORDS)
        for record in (records.draft(cast), records.published(cast, body_html="<p>统一布署。</p>")):
            with pytest.raises(checking.CannotDismiss):
                checking.dismiss(record_id=record.pk, fingerprint="0" * 64, reason="理由", actor=actor, at=AT)

    def test_not_at_another_agency(self, cast: Cast) -> None:
        record = records.draft(cast, body_html=_INTERNAL)
        fingerprint = _spot(cast, record, "own_note.internal").fingerprint
        actor = cast.zhou.acting(Duty.DRAFT_RECORDS)
        with pytest.raises(acting.NoSuchRecord):
            checking.dismiss(record_id=record.pk, fingerprint=fingerprint, reason="理由", actor=actor, at=AT)


class TestReadByEye:
    def test_a_scan_may_be_submitted_but_is_cleared_only_when_somebody_has_read_it(self, cast: Cast) -> None:
        record, file = _with_scan(cast)
        record = _approved(cast, record)
        clearing = Conclusion(record.digest, Verdict.PUBLISH)
        chen = cast.chen.acting(Duty.CLEAR_SECRECY)
        with pytest.raises(clearance.CannotClear, match="没有文字层"):
            clearance.clear(record_id=record.pk, conclusion=clearing, actor=chen, at=AT)
        digest = _spot(cast, record, "files.not_assessable").place.removeprefix("file:")
        reading = Reading(attachment_id=file, digest=digest)
        row = checking.read_by_eye(record_id=record.pk, reading=reading, actor=chen, at=AT)
        assert (row.person_name, row.file_digest) == ("陈", digest)
        clearance.clear(record_id=record.pk, conclusion=clearing, actor=chen, at=AT)
        record = publishing.publish(record_id=record.pk, actor=cast.chen.acting(Duty.PUBLISH_RECORDS), at=AT)
        assert record.state == "published"
        assert AuditEvent.objects.filter(action="record.read_by_eye").count() == 1

    def test_reading_twice_is_one_reading(self, cast: Cast) -> None:
        record, file = _with_scan(cast)
        digest = _spot(cast, record, "files.not_assessable").place.removeprefix("file:")
        for _ in range(2):
            checking.read_by_eye(
                record_id=record.pk,
                reading=Reading(attachment_id=file, digest=digest),
                actor=cast.wang.acting(Duty.REVIEW_AS_SECTION_HEAD),
                at=AT,
            )
        with scoping.narrow_to([cast.agency.pk]):
            assert EyeReading.objects.count() == 1

    def test_not_by_who_wrote_not_another_file_and_not_what_has_words(self, cast: Cast) -> None:
        record, file = _with_scan(cast)
        digest = _spot(cast, record, "files.not_assessable").place.removeprefix("file:")
        reading = Reading(attachment_id=file, digest=digest)
        with pytest.raises(checking.CannotRead, match="其他同志"):
            checking.read_by_eye(record_id=record.pk, reading=reading, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=AT)
        wang = cast.wang.acting(Duty.REVIEW_AS_SECTION_HEAD)
        other = Reading(attachment_id=file, digest="0" * 64)
        with pytest.raises(checking.CannotRead, match="有变化"):
            checking.read_by_eye(record_id=record.pk, reading=other, actor=wang, at=AT)
