"""Records in a state, brought there by the acts of the cast."""

from datetime import date, datetime, timedelta
from typing import Any

from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork import scoping
from gongkai.records.domain import joint
from gongkai.records.domain.channels import Channel, Posting
from gongkai.records.domain.content import Content
from gongkai.records.domain.purging import Scope
from gongkai.records.domain.stages import Hand
from gongkai.records.models import ConfirmationRequest, Record, RecordChannel, SecretRefusal
from gongkai.records.services import (
    channels,
    clearance,
    coordinating,
    drafting,
    keeping,
    paper,
    planning,
    publishing,
    purging,
    removing,
    review,
    secret_register,
    urgency,
)
from gongkai.records.services.clearance import Conclusion, Verdict
from tests.cast import AT, Cast, Person
from tests.factories import signed_papers

COLUMN = "art20_01_normative.normative"


def content(**values: Any) -> Content:
    """Something complete that may be published."""
    defaults: dict[str, Any] = {
        "title": "关于做好冬季供暖工作的通知",
        "document_number": "甲政办发〔2026〕12号",
        "issuer": "甲局",
        "created_on": date(2026, 11, 16),
        "column_code": COLUMN,
        "genre": "通知",
        "body_html": "<h2>一、总体要求</h2><p>各科室要提前检修管网，保障群众温暖过冬。</p>",
    }
    return Content(**defaults | values)


def not_public(**values: Any) -> Content:
    """Something complete that is kept from the public, with its ground."""
    defaults: dict[str, Any] = {
        "attribute": "not_disclosed",
        "ground": "internal_affairs",
        "reevaluate_on": date(2027, 11, 20),
        "column_code": "",
    }
    return content(**defaults | values)


def draft(cast: Cast, *, at: datetime = AT, **values: Any) -> Record:
    return drafting.draft(content=content(**values), actor=cast.li.acting(Duty.DRAFT_RECORDS), at=at)


def submitted(cast: Cast, *, at: datetime = AT, **values: Any) -> Record:
    record = draft(cast, at=at, **values)
    return review.submit(record_id=record.pk, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=at)


def reviewed(cast: Cast, *, at: datetime = AT, **values: Any) -> Record:
    """Past the section head, waiting for the signature."""
    record = submitted(cast, at=at, **values)
    actor = cast.wang.acting(Duty.REVIEW_AS_SECTION_HEAD)
    return review.approve(record_id=record.pk, digest=record.digest, actor=actor, at=at)


def returned(cast: Cast, *, at: datetime = AT, **values: Any) -> Record:
    record = submitted(cast, at=at, **values)
    actor = cast.wang.acting(Duty.REVIEW_AS_SECTION_HEAD)
    return review.return_for_changes(
        record_id=record.pk, digest=record.digest, opinion="请补充联系人。", actor=actor, at=at
    )


def signed(cast: Cast, *, at: datetime = AT, **values: Any) -> Record:
    record = reviewed(cast, at=at, **values)
    return sign(cast, record, at=at)


def signed_on_paper(cast: Cast, *, at: datetime = AT, **values: Any) -> Record:
    """Signed by the leader on paper, which 陈 of the office entered."""
    record = reviewed(cast, at=at, **values)
    sheet = signed_papers.sheet(record, signer=Hand(cast.zhao.user.pk, "赵"))
    actor = cast.chen.acting(Duty.RECORD_PAPER_DECISIONS)
    return paper.record_decision(record_id=record.pk, sheet=sheet, actor=actor, at=at)


def urgent(cast: Cast, *, at: datetime = AT, **values: Any) -> Record:
    """Marked by the office; under the default scheme it waits for the signature at once."""
    record = submitted(cast, at=at, **values)
    actor = cast.chen.acting(Duty.PUBLISH_RECORDS)
    return urgency.mark(record_id=record.pk, reason="暴雪将至，须立即告知公众", actor=actor, at=at)


def released_urgently(cast: Cast, *, at: datetime = AT, **values: Any) -> Record:
    """Public, with the review of the section head still owed."""
    record = clear(cast, sign(cast, urgent(cast, at=at, **values), at=at), at=at)
    return publishing.publish(record_id=record.pk, actor=cast.chen.acting(Duty.PUBLISH_RECORDS), at=at)


def cleared(cast: Cast, *, at: datetime = AT, **values: Any) -> Record:
    """Signed and cleared: one step from the public."""
    record = signed(cast, at=at, **values)
    return clear(cast, record, at=at)


def confirm(cast: Cast, record: Record, *, at: datetime = AT) -> None:
    """Notes on paper that everybody who issued the record too agrees."""
    named = {"joint_issuers": record.joint_issuers, "is_party_mixed": record.is_party_mixed}
    officer = cast.chen.acting(Duty.PUBLISH_RECORDS)
    for issuer in joint.to_be_asked(named):
        paper = coordinating.OnPaper(issuer, joint.Answer.CONFIRMED, "某主任", at.date(), "同意公开")
        coordinating.note_on_paper(record_id=record.pk, paper=paper, actor=officer, at=at)


def asked(person: Person, issuer: str, *, at: datetime = AT, **values: Any) -> ConfirmationRequest:
    """What this person's agency, as the lead, asks the issuer about a document under review."""
    writer = person.acting(Duty.DRAFT_RECORDS)
    record = drafting.draft(content=content(joint_issuers=(issuer,), **values), actor=writer, at=at)
    review.submit(record_id=record.pk, actor=writer, at=at)
    coordinating.ask(record_id=record.pk, actor=writer, at=at)
    with scoping.everywhere(because="the question lies at the desk of the issuer"):
        return ConfirmationRequest.objects.get(lead_record=record.pk)


def secret(cast: Cast, *, at: datetime = AT) -> SecretRefusal:
    """A refusal in the register, due in a year."""
    officer, day = cast.chen.acting(Duty.KEEP_SECRET_REGISTER), at.date()
    return secret_register.register(decided_on=day, reevaluate_on=day + timedelta(days=365), actor=officer, at=at)


def planned(cast: Cast, *, at: datetime = AT, **values: Any) -> Record:
    """To be published the next morning."""
    record = cleared(cast, at=at, **values)
    officer = cast.chen.acting(Duty.PUBLISH_RECORDS)
    planning.plan_release(record_id=record.pk, due_at=at + timedelta(days=1), actor=officer, at=at)
    return record


def published(cast: Cast, *, at: datetime = AT, **values: Any) -> Record:
    record = cleared(cast, at=at, **values)
    confirm(cast, record, at=at)
    return publish(cast, record, at=at)


def correcting(cast: Cast, *, at: datetime = AT, **values: Any) -> Record:
    record = published(cast, at=at, **values)
    actor = cast.li.acting(Duty.DRAFT_RECORDS)
    return publishing.open_correction(record_id=record.pk, reason="原文日期有误", actor=actor, at=at)


def corrected(cast: Cast, *, at: datetime = AT, **values: Any) -> Record:
    """Public in its second version."""
    record = correcting(cast, at=at)
    drafting.edit(
        record_id=record.pk,
        content=content(**{"body_html": "<p>更正后的内容。</p>"} | values),
        lock_version=record.lock_version,
        actor=cast.li.acting(Duty.DRAFT_RECORDS),
        at=at,
    )
    record = review.submit(record_id=record.pk, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=at)
    head = cast.wang.acting(Duty.REVIEW_AS_SECTION_HEAD)
    record = review.approve(record_id=record.pk, digest=record.digest, actor=head, at=at)
    return publish(cast, clear(cast, sign(cast, record, at=at), at=at), at=at)


def withdrawn(cast: Cast, *, at: datetime = AT, **values: Any) -> Record:
    record = published(cast, at=at, **values)
    actor = cast.zhao.acting(Duty.WITHDRAW_RECORDS)
    return publishing.withdraw(record_id=record.pk, ground="内容有误，另行发布", actor=actor, at=at)


def removed(cast: Cast, *, at: datetime = AT, **values: Any) -> Record:
    """Taken down at once, the reason still to come."""
    record = published(cast, at=at, **values)
    return removing.remove(record_id=record.pk, actor=cast.zhao.acting(Duty.WITHDRAW_RECORDS), at=at)


def reopened(cast: Cast, *, at: datetime = AT, **values: Any) -> Record:
    """Withdrawn, and on its way back to the public."""
    record = withdrawn(cast, at=at, **values)
    actor = cast.li.acting(Duty.DRAFT_RECORDS)
    return removing.republish(record_id=record.pk, reason="内容已改正", actor=actor, at=at)


def purge_asked(cast: Cast, *, at: datetime = AT, **values: Any) -> Record:
    """Public, and somebody wants it erased for good."""
    record = published(cast, at=at, **values)
    actor = cast.chen.acting(Duty.ASK_FOR_PURGE)
    purging.ask(record_id=record.pk, scope=Scope.EVERYTHING, ground="附件含个人信息", actor=actor, at=at)
    return record


def purged(cast: Cast, *, at: datetime = AT, **values: Any) -> Record:
    record = purge_asked(cast, at=at, **values)
    return purging.confirm(record_id=record.pk, actor=cast.zhao.acting(Duty.CONFIRM_PURGE), at=at)


def discarded(cast: Cast, *, at: datetime = AT, **values: Any) -> Record:
    record = draft(cast, at=at, **values)
    return drafting.discard(record_id=record.pk, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=at)


def kept(cast: Cast, *, at: datetime = AT, **values: Any) -> Record:
    record = drafting.draft(content=not_public(**values), actor=cast.li.acting(Duty.DRAFT_RECORDS), at=at)
    record = review.submit(record_id=record.pk, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=at)
    head = cast.wang.acting(Duty.REVIEW_AS_SECTION_HEAD)
    record = review.approve(record_id=record.pk, digest=record.digest, actor=head, at=at)
    record = sign(cast, record, at=at)
    return keeping.keep(record_id=record.pk, actor=cast.chen.acting(Duty.PUBLISH_RECORDS), at=at)


def sign(cast: Cast, record: Record, *, at: datetime = AT) -> Record:
    actor = cast.zhao.acting(Duty.SIGN_RECORDS)
    return review.approve(record_id=record.pk, digest=record.digest, opinion="同意", actor=actor, at=at)


def clear(cast: Cast, record: Record, *, at: datetime = AT) -> Record:
    conclusion = Conclusion(record.digest, Verdict.PUBLISH)
    actor = cast.chen.acting(Duty.CLEAR_SECRECY)
    return clearance.clear(record_id=record.pk, conclusion=conclusion, actor=actor, at=at)


def on_wechat(cast: Cast, record: Record, *, at: datetime = AT) -> RecordChannel:
    """The public record also went out through an account."""
    posting = Posting(
        channel=Channel.WECHAT, name="甲局发布", published_on=at.date(), address="https://wechat.example/1"
    )
    return channels.note(record_id=record.pk, posting=posting, actor=cast.li.acting(Duty.NOTE_CHANNELS), at=at)


def publish(cast: Cast, record: Record, *, at: datetime = AT) -> Record:
    return publishing.publish(record_id=record.pk, actor=cast.chen.acting(Duty.PUBLISH_RECORDS), at=at)


IN_STATE = {
    "draft": draft,
    "in_review": submitted,
    "returned": returned,
    "signed": signed,
    "published": published,
    "correcting": correcting,
    "withdrawn": withdrawn,
    "kept": kept,
    "discarded": discarded,
    "purged": purged,
}
