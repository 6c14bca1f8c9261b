"""Asking those who issued a document together with us, and noting what they say (article 11)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from django.utils import timezone

from gongkai.accounts.viewer import Actor
from gongkai.agencies.models import Agency
from gongkai.groundwork import bulk, scoping
from gongkai.groundwork.audit import trail
from gongkai.law import secrecy_marks
from gongkai.records.domain import joint
from gongkai.records.domain.joint import Answer
from gongkai.records.domain.lifecycle import TABLE, Act
from gongkai.records.events import RecordMoved
from gongkai.records.models import Confirmation, ConfirmationRequest, Record, RecordVersion
from gongkai.records.services import acting, deciding, public_content

_ENDING = frozenset({Act.RETURN, Act.RECALL, Act.SEND_BACK, Act.PUBLISH, Act.WITHDRAW, Act.DISCARD})


class CannotAsk(acting.Refused):
    """The document is not under way, names no issuer of this system, or all of them were asked."""


class CannotConfirm(acting.Refused):
    """The question is over or answered, the issuer is not one of the document's, or words are missing."""


class OnPaper(NamedTuple):
    """What an issuer said on paper: which one, who, when, and in which words."""

    issuer: str
    answer: Answer
    given_by: str
    given_on: date
    opinion: str = ""


def ask(*, record_id: int, actor: Actor, at: datetime) -> list[str]:
    """Asks every co-issuer that has a desk here and has not been asked about this content; returns their names.

    Raises:
        CannotAsk: see the class.
    """
    with acting.on_record(record_id, actor=actor) as record:
        acting.allow(record, Act.ASK_ISSUERS, actor=actor, refusal=CannotAsk)
        version = _submitted(record)
        names = joint.to_be_asked(version.content["metadata"])
        if not names:
            raise CannotAsk("这条信息没有联合发文机关。")
        agencies = public_content.agencies_named(names, besides=record.agency_id, on=timezone.localdate(at))
        asked = _requests(record, version, agencies, actor=actor, at=at)
        if not asked:
            raise CannotAsk("没有可以在线征求的机关，或者都已征求；书面确认的请直接登记。")
        acting.note(record, Act.ASK_ISSUERS, actor=actor, at=at, detail={"issuers": asked, "digest": version.digest})
    return asked


def answer(*, request_id: int, said: Answer, opinion: str, actor: Actor, at: datetime) -> ConfirmationRequest:
    """The co-issuer's answer, from its own desk; it becomes evidence of the lead in the same transaction.

    Raises:
        CannotConfirm: see the class.
        NoSuchRecord: the actor's agency was not asked this.
    """
    deciding.check_opinion(opinion, CannotConfirm)
    if said is Answer.OBJECTED and not opinion.strip():
        raise CannotConfirm("有异议的，请写明意见。")
    with acting.at_own_agency(actor) as agency_id:
        record, request = _locked(request_id, agency_id)
        if not request.is_open:
            raise CannotConfirm("这件征求确认已经办结，或者牵头机关已经改动内容。")
        request.answer, request.opinion = said.value, opinion.strip()
        request.answered_by, request.answered_at = actor.name, at
        request.save(update_fields=["answer", "opinion", "answered_by", "answered_at"])
        detail = {"answer": said.value, "lead": request.lead_name}
        entry = trail.Entry(
            action="record.answer", subject_type="confirmation_request", subject_id=request.pk, detail=detail
        )
        trail.write(entry, actor=actor, at=at)
        _note_at_the_lead(record, request, actor=actor, at=at)
    return request


def note_on_paper(*, record_id: int, paper: OnPaper, actor: Actor, at: datetime) -> None:
    """Notes what an issuer, or the Party office, said on paper about the submitted content.

    Raises:
        CannotConfirm: see the class.
    """
    recorder = acting.person(actor)
    with acting.on_record(record_id, actor=actor) as record:
        acting.allow(record, Act.NOTE_CONFIRMATION, actor=actor, refusal=CannotConfirm)
        version = _submitted(record)
        _check_paper(paper, version, at=at)
        bulk.append(
            Confirmation(
                **_about(record.agency_id, record.pk, version, paper.issuer),
                answer=paper.answer.value,
                opinion=paper.opinion.strip(),
                given_by=paper.given_by.strip(),
                given_on=paper.given_on,
                recorder_id=recorder,
                recorder_name=actor.name,
                entered_at=at,
            )
        )
        detail = {"issuer": paper.issuer, "answer": paper.answer.value, "given_by": paper.given_by.strip()}
        acting.note(record, Act.NOTE_CONFIRMATION, actor=actor, at=at, detail=detail)


def objection(version: RecordVersion) -> str:
    """Why the issuers do not let the version out yet; empty if they do. One query, for joint documents only."""
    issuers = joint.to_be_asked(version.content["metadata"])
    if not issuers:
        return ""
    rows = Confirmation.objects.filter(record_id=version.record_id, digest=version.digest).order_by("id")
    return joint.objection(issuers, dict(rows.values_list("issuer", "answer")))


def close(moved: RecordMoved) -> None:
    """Ends open questions about a document that changed, went out or was given up. In the transaction of the act."""
    if moved.act in _ENDING:
        with scoping.everywhere(because="the questions lie at the desks of the co-issuers"):
            open_ones = ConfirmationRequest.objects.filter(lead_record=moved.record_id, answer="", is_over=False)
            open_ones.update(is_over=True)


def _submitted(record: Record) -> RecordVersion:
    assert record.submitted_id is not None  # the table lets nothing else come here
    return RecordVersion.objects.get(pk=record.submitted_id)


def _requests(
    record: Record, version: RecordVersion, agencies: Mapping[str, int], *, actor: Actor, at: datetime
) -> list[str]:
    with scoping.everywhere(because="the questions lie at the desks of the co-issuers"):
        about = ConfirmationRequest.objects.filter(lead_record=record.pk, digest=version.digest, is_over=False)
        known = set(about.values_list("agency_id", flat=True))
    fresh = {agency_id: name for name, agency_id in agencies.items() if agency_id not in known}
    for agency_id, name in fresh.items():
        ConfirmationRequest(
            agency_id=agency_id,
            issuer=name,
            lead_id=record.agency_id,
            lead_name=Agency.objects.values_list("name", flat=True).get(pk=record.agency_id),
            lead_record=record.pk,
            digest=version.digest,
            title=version.content["metadata"]["title"],
            metadata=version.content["metadata"],
            files=version.content["files"],
            body_html=version.body_html,
            asked_by=actor.name,
            asked_at=at,
        ).save(force_insert=True)
    return list(fresh.values())


def _locked(request_id: int, agency_id: int) -> tuple[Record, ConfirmationRequest]:
    """The lead's record first, as every act of the lead does, then the question."""
    seen = ConfirmationRequest.objects.filter(pk=request_id).values_list("lead_record", "lead_id").first()
    if seen is None:
        raise acting.NoSuchRecord("没有找到这件征求确认。")
    record = bulk.lock(Record, id=seen[0], agency_id=seen[1])
    request = bulk.lock(ConfirmationRequest, id=request_id, agency_id=agency_id)
    assert record is not None  # records are never deleted
    assert request is not None
    return record, request


def _note_at_the_lead(record: Record, request: ConfirmationRequest, *, actor: Actor, at: datetime) -> None:
    if record.digest != request.digest or not TABLE.find(Act.NOTE_CONFIRMATION, record.state):
        raise CannotConfirm("牵头机关已经改动内容，请等待重新征求。")
    with scoping.narrow_to([request.lead_id]):
        bulk.append(
            Confirmation(
                **_about(request.lead_id, record.pk, _submitted(record), request.issuer),
                answer=request.answer,
                opinion=request.opinion,
                given_by=actor.name,
                given_on=timezone.localdate(at),
                entered_at=at,
            )
        )
        detail = {"issuer": request.issuer, "answer": request.answer, "opinion": request.opinion}
        trail.write(acting.entry_for(record, "answer", detail), actor=actor, at=at)


def _about(agency_id: int, record_id: int, version: RecordVersion, issuer: str) -> dict[str, object]:
    return {
        "agency_id": agency_id,
        "record_id": record_id,
        "version_id": version.pk,
        "digest": version.digest,
        "issuer": issuer,
    }


def _check_paper(paper: OnPaper, version: RecordVersion, *, at: datetime) -> None:
    deciding.check_opinion(paper.opinion, CannotConfirm)
    if paper.issuer not in joint.to_be_asked(version.content["metadata"]):
        raise CannotConfirm("这条信息的联合发文机关中没有这个机关。")
    if not paper.given_by.strip():
        raise CannotConfirm("请写明由谁确认。")
    if secrecy_marks.is_marked(paper.given_by):
        raise CannotConfirm("内容带有国家秘密标志，未保存。")
    if paper.given_on > timezone.localdate(at):
        raise CannotConfirm("确认日期晚于今天，请核对。")
    needs_words = paper.answer is Answer.OBJECTED or paper.issuer == joint.PARTY_OFFICE
    if needs_words and not paper.opinion.strip():
        raise CannotConfirm("请写明意见。")
