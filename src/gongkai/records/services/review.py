"""The review of a record: submitted, decided stage by stage under the pinned scheme, returned or signed."""

from datetime import datetime

from django.utils import timezone

from gongkai.accounts.viewer import Actor
from gongkai.groundwork.audit import trail
from gongkai.records.domain import content as contents
from gongkai.records.domain import stages
from gongkai.records.domain.lifecycle import Act
from gongkai.records.domain.stages import CLEARANCE
from gongkai.records.models import Attachment, Decision, Record
from gongkai.records.services import acting, checking, deciding, drafting, freezing, schemes, staging
from gongkai.records.services.checking import Occasion

APPROVED, RETURNED = staging.APPROVED, staging.RETURNED


class CannotSubmit(acting.Refused):
    """The record is not open, not complete, does not pass the checks, or carries a secret mark; findings say where."""


class CannotDecide(acting.Refused):
    """Wrong state, stage, post or person, changed content, or no opinion where one is needed."""


class CannotRecall(acting.Refused):
    """The record is not under way, or in somebody else's hands."""


def submit(*, record_id: int, actor: Actor, at: datetime) -> Record:
    """Freezes the content, pins the agency's scheme and hands the record to the first stage.

    An earlier clearance stays valid only if the content is the same to the byte.

    Raises:
        CannotSubmit: see the class.
    """
    with acting.on_record(record_id, actor=actor) as record:
        line = acting.allow(record, Act.SUBMIT, actor=actor, refusal=CannotSubmit)
        files = list(Attachment.objects.filter(record=record).select_related("file", "cleaned"))
        content = drafting.content_of(record)
        today = timezone.localdate(at)
        drafting.refuse_if(contents.readiness(content, has_files=bool(files), on=today), CannotSubmit)
        drafting.refuse_if(contents.marks(content), CannotSubmit)
        version = freezing.freeze(record, content, files, actor=actor, at=at)
        checking.refuse_if(checking.gate(record, version, Occasion.SUBMIT, actor=actor, at=at), CannotSubmit)
        record.scheme = schemes.in_force(record.agency_id, at=at)
        if version.number > 1:
            _end_decisions_of_last_round(record)
        record.submitted, record.digest = version, version.digest
        record.clearance = _standing_clearance(record) if version.number > 1 else ""
        acting.move(record, line)
        staging.enter(record, schemes.path_of(record).first, at=at, refusal=CannotSubmit)
        staging.save(record, at=at)
        acting.note(
            record, Act.SUBMIT, actor=actor, at=at, detail={"version": version.number, "digest": version.digest}
        )
    return record


def approve(*, record_id: int, digest: str, opinion: str = "", actor: Actor, at: datetime) -> Record:
    """Passes the current stage; at the last one this is the signature.

    Args:
        digest: of the version that the actor has read.

    Raises:
        CannotDecide: see the class.
    """
    with acting.at_stage(record_id, actor=actor) as record:
        act = Act.SIGN if record.stage == stages.SIGN_OFF else Act.APPROVE
        line = acting.allow(record, act, actor=actor, refusal=CannotDecide)
        scheme = _require_stage(record, digest, actor=actor)
        office = deciding.office_of(record, actor)
        ruling = deciding.Ruling(record.stage, APPROVED, opinion)
        deciding.decide(record, ruling, actor=actor, at=at, refusal=CannotDecide)
        detail: dict[str, object] = {"stage": record.stage, "digest": digest, "opinion": opinion.strip()} | office
        staging.advance(record, line, scheme, at=at, refusal=CannotDecide)
        acting.note(record, act, actor=actor, at=at, detail=detail)
    return record


def return_for_changes(*, record_id: int, digest: str, opinion: str, actor: Actor, at: datetime) -> Record:
    """Gives the record back to its drafter, with an opinion.

    Raises:
        CannotDecide: see the class.
    """
    with acting.at_stage(record_id, actor=actor) as record:
        line = acting.allow(record, Act.RETURN, actor=actor, refusal=CannotDecide)
        if not opinion.strip():
            raise CannotDecide("退回修改要写明意见，告诉承办人改什么。")
        _require_stage(record, digest, actor=actor, counts_persons=False)
        office = deciding.office_of(record, actor)
        ruling = deciding.Ruling(record.stage, RETURNED, opinion)
        deciding.decide(record, ruling, actor=actor, at=at, refusal=CannotDecide)
        detail: dict[str, object] = {"stage": record.stage, "digest": digest, "opinion": opinion.strip()} | office
        acting.move(record, line)
        staging.save(record, at=at)
        acting.note(record, Act.RETURN, actor=actor, at=at, detail=detail)
    return record


def look(*, record_id: int, actor: Actor, at: datetime) -> None:
    """Writes down that the office which holds the stage has opened a subordinate's record. Raises `NoSuchRecord`."""
    with acting.at_stage(record_id, actor=actor) as record:
        detail = {"stage": record.stage, "digest": record.digest} | deciding.office_of(record, actor)
        trail.write(acting.entry_for(record, "look", detail), actor=actor, at=at)


def send_back(*, record_id: int, opinion: str, actor: Actor, at: datetime) -> Record:
    """The disclosure office gives a signed record back instead of publishing it.

    Raises:
        CannotDecide: the record is not signed, or no opinion is given.
    """
    with acting.on_record(record_id, actor=actor) as record:
        line = acting.allow(record, Act.SEND_BACK, actor=actor, refusal=CannotDecide)
        deciding.check_opinion(opinion, CannotDecide)
        if not opinion.strip():
            raise CannotDecide("退回承办人要写明意见。")
        acting.move(record, line)
        staging.save(record, at=at)
        acting.note(record, Act.SEND_BACK, actor=actor, at=at, detail={"opinion": opinion.strip()})
    return record


def recall(*, record_id: int, actor: Actor, at: datetime) -> Record:
    """The drafter takes the record back to change it.

    Raises:
        CannotRecall: see the class.
    """
    with acting.on_record(record_id, actor=actor) as record:
        line = acting.allow(record, Act.RECALL, actor=actor, refusal=CannotRecall)
        if record.drafter_id != actor.user_id:
            raise CannotRecall(f"这条信息由{record.drafter_name}承办，只能由其本人撤回。")
        acting.move(record, line)
        staging.save(record, at=at)
        acting.note(record, Act.RECALL, actor=actor, at=at)
    return record


def _require_stage(record: Record, digest: str, *, actor: Actor, counts_persons: bool = True) -> stages.Scheme:
    """The pinned scheme, if the actor may decide at the current stage about this content."""
    if digest != record.digest:
        raise CannotDecide("内容已经更新，请刷新页面，看过最新内容后再作决定。")
    scheme = schemes.path_of(record)
    if actor.agency_id != (record.held_at_id or record.agency_id):
        raise CannotDecide(f"当前环节是“{scheme.stage(record.stage).label}”，由{record.held_at}办理。")
    objection = scheme.objection(
        record.stage,
        hand=stages.Hand(acting.person(actor), actor.name),
        post=actor.post,
        writers=record.writers,
        approvers=staging.approvers(record) if counts_persons else None,
    )
    if objection:
        raise CannotDecide(objection)
    return scheme


def _end_decisions_of_last_round(record: Record) -> None:
    """A new submission is reviewed anew, even if nothing was changed; clearances live by their digest alone."""
    Decision.objects.filter(record=record, is_valid=True).exclude(stage=CLEARANCE).update(is_valid=False)


def _standing_clearance(record: Record) -> str:
    outcomes = Decision.objects.filter(record=record, stage=CLEARANCE, digest=record.digest, is_valid=True)
    return outcomes.values_list("outcome", flat=True).first() or ""
