"""Decisions taken on paper, entered by somebody else with the scan: as binding as any, and marked for good."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from gongkai.accounts import selectors as accounts
from gongkai.accounts.models import User
from gongkai.accounts.viewer import Actor
from gongkai.groundwork.files import intake, names, store
from gongkai.groundwork.files.kinds import Kind
from gongkai.groundwork.files.models import StoredFile
from gongkai.groundwork.files.refusals import RefusedFile
from gongkai.law import secrecy_marks
from gongkai.records.domain import stages
from gongkai.records.domain.lifecycle import TABLE, Act
from gongkai.records.domain.stages import CLEARANCE, Hand
from gongkai.records.models import Record
from gongkai.records.services import acting, clearance, deciding, review, schemes, staging
from gongkai.records.services.clearance import Conclusion, Verdict

SCANS = frozenset({Kind.PDF, Kind.JPG, Kind.PNG})
CLEARANCE_POST = "secrecy_reviewer"
LONGEST_NOTE = 300


class CannotRecordPaper(acting.Refused):
    """Who enters, who signed, the day, the scan or the decision itself does not fit. ``status`` fits HTTP."""

    status = 422


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What is written on the paper. ``note`` says why it bears a day before the submission, where it does.

    ``digest`` is that of the version on which the signer decided.
    """

    digest: str
    outcome: str
    opinion: str
    signer: Hand
    signed_on: date
    scan: store.Source
    scan_name: str
    note: str = ""


def record_decision(*, record_id: int, sheet: Sheet, actor: Actor, at: datetime) -> Record:
    """Enters the decision at the current stage: ``approve`` or ``return``.

    Raises:
        CannotRecordPaper: nothing was stored but, at most, the scan.
        NoSuchRecord: the actor's agency has none with this id.
    """
    scan = _taken_in(record_id, sheet, actor=actor, at=at)
    with acting.on_record(record_id, actor=actor) as record:
        acting.allow(record, Act.RECORD_PAPER, actor=actor, refusal=CannotRecordPaper)
        scheme = _require_stage(record, sheet)
        _check_persons(record, sheet, record.stage_post, actor=actor)
        _check_day(record, sheet, at=at)
        paper = _paper(sheet, scan, record.stage_post)
        act = _act(record, sheet.outcome)
        line = TABLE.require(act, state=record.state, posts={record.stage_post})
        ruling = deciding.Ruling(record.stage, sheet.outcome, sheet.opinion, paper)
        deciding.decide(record, ruling, actor=actor, at=at, refusal=CannotRecordPaper)
        detail = _detail(record.stage, sheet, paper)
        if act is Act.RETURN:
            acting.move(record, line)
            staging.save(record, at=at)
        else:
            staging.advance(record, line, scheme, at=at, refusal=CannotRecordPaper)
        acting.note(record, Act.RECORD_PAPER, actor=actor, at=at, detail=detail)
    return record


def record_clearance(*, record_id: int, sheet: Sheet, actor: Actor, at: datetime) -> Record:
    """Enters the conclusion of the secrecy review: ``publish``, ``exempt`` or ``refer``; raises as above."""
    scan = _taken_in(record_id, sheet, actor=actor, at=at)
    with acting.on_record(record_id, actor=actor) as record:
        acting.allow(record, Act.RECORD_PAPER, actor=actor, refusal=CannotRecordPaper)
        _check_persons(record, sheet, CLEARANCE_POST, actor=actor)
        _check_day(record, sheet, at=at)
        paper = _paper(sheet, scan, CLEARANCE_POST)
        conclusion = Conclusion(sheet.digest, Verdict(sheet.outcome), sheet.opinion)
        try:
            clearance.conclude(record, conclusion, paper, actor=actor, at=at)
        except clearance.CannotClear as error:
            raise CannotRecordPaper(error.reason) from error
        acting.note(record, Act.RECORD_PAPER, actor=actor, at=at, detail=_detail(CLEARANCE, sheet, paper))
    return record


def _taken_in(record_id: int, sheet: Sheet, *, actor: Actor, at: datetime) -> StoredFile:
    """The scan, looked into before the record is locked, because it may take seconds."""
    with acting.on_record(record_id, actor=actor) as record:
        acting.allow(record, Act.RECORD_PAPER, actor=actor, refusal=CannotRecordPaper)
        if acting.person(actor) in record.writers:
            raise CannotRecordPaper("您起草或者修改过这条信息，纸质签批要由其他同志录入。")
    if secrecy_marks.is_marked(f"{names.clean(sheet.scan_name)}\n{sheet.note}"):
        raise CannotRecordPaper("文件名称或者说明带有国家秘密标志，未保存。本系统为非涉密系统，严禁上传涉密信息。")
    try:
        return intake.take_in(sheet.scan, names.clean(sheet.scan_name), at=at, allowed=SCANS)
    except RefusedFile as error:
        refusal = CannotRecordPaper(error.message)
        refusal.status = error.code.status
        raise refusal from error


def _require_stage(record: Record, sheet: Sheet) -> stages.Scheme:
    """The pinned scheme, if the signer may decide at the current stage about this content."""
    if not record.stage:
        raise CannotRecordPaper("这条信息没有等待签批的审核环节。")
    if record.held_at is not None:
        raise CannotRecordPaper(f"当前环节由{record.held_at}办理，请由其在系统中办理。")
    if sheet.digest != record.digest:
        raise CannotRecordPaper("内容已经更新，请核对签批的是不是最新内容。")
    if sheet.outcome == staging.RETURNED and not sheet.opinion.strip():
        raise CannotRecordPaper("退回修改要写明意见，告诉承办人改什么。")
    scheme = schemes.path_of(record)
    objection = scheme.objection(
        record.stage,
        hand=sheet.signer,
        post=record.stage_post,
        writers=(),  # the paper names them in words of its own
        approvers=staging.approvers(record) if sheet.outcome == staging.APPROVED else None,
    )
    if objection:
        raise CannotRecordPaper(objection)
    return scheme


def _act(record: Record, outcome: str) -> Act:
    if outcome == review.RETURNED:
        return Act.RETURN
    return Act.SIGN if record.stage == stages.SIGN_OFF else Act.APPROVE


def _paper(sheet: Sheet, scan: StoredFile, post: str) -> deciding.Paper:
    return deciding.Paper(sheet.signer, post, sheet.signed_on, scan, names.clean(sheet.scan_name))


def _check_persons(record: Record, sheet: Sheet, post: str, *, actor: Actor) -> None:
    recorder, signer = acting.person(actor), sheet.signer
    if recorder in record.writers:
        raise CannotRecordPaper("您起草或者修改过这条信息，纸质签批要由其他同志录入。")
    if recorder == signer.person or (signer.person is None and actor.name == signer.name):
        raise CannotRecordPaper("本人签批的请直接在系统中办理，不用录入纸质签批。")
    holders = accounts.holders(record.agency_id, post, on=sheet.signed_on)
    if signer.person is not None:
        if signer.person not in holders:
            raise CannotRecordPaper(f"{signer.name}在签批日期不任这个环节的岗位。")
        if signer.person in record.writers:
            raise CannotRecordPaper(f"{signer.name}起草或者修改过这条信息，不能由其签批。")
        return
    if not signer.name:
        raise CannotRecordPaper("请写明签批人的姓名。")
    if signer.name in holders.values():
        raise CannotRecordPaper(f"{signer.name}在名单中，请从名单里选。")
    writers = User.objects.filter(pk__in=record.writers).values_list("name", flat=True)
    if signer.name in {*writers, record.drafter_name}:
        raise CannotRecordPaper(f"{signer.name}起草或者修改过这条信息，不能由其签批。")


def _check_day(record: Record, sheet: Sheet, *, at: datetime) -> None:
    if sheet.signed_on > timezone.localdate(at):
        raise CannotRecordPaper("签批日期不能晚于今天。")
    assert record.submitted is not None  # what is under way was submitted
    if sheet.signed_on < timezone.localdate(record.submitted.frozen_at) and not sheet.note.strip():
        raise CannotRecordPaper("签批日期早于送审日期的，请说明原因。")
    if len(sheet.note.strip()) > LONGEST_NOTE:
        raise CannotRecordPaper(f"说明最多{LONGEST_NOTE}个字。")


def _detail(stage: str, sheet: Sheet, paper: deciding.Paper) -> dict[str, object]:
    return {
        "stage": stage,
        "outcome": sheet.outcome,
        "digest": sheet.digest,
        "opinion": sheet.opinion.strip(),
        "signer": paper.signer.name,
        "signed_on": paper.signed_on.isoformat(),
        "scan": paper.scan.digest,
        "note": sheet.note.strip(),
    }
