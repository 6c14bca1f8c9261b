"""Urgent release: fewer reviews before it, the missing ones within a working day after it, the clearance as always."""

from datetime import date, datetime
from typing import NamedTuple

from django.utils import timezone

from gongkai.accounts.viewer import Actor
from gongkai.groundwork import bulk
from gongkai.law import parameters, workdays
from gongkai.records.domain.attributes import Attribute
from gongkai.records.domain.lifecycle import Act, State
from gongkai.records.domain.stages import Hand
from gongkai.records.models import Decision, FollowUp, Record, RecordVersion
from gongkai.records.services import acting, deciding, schemes, staging

CORRECT, WITHDRAW = "correct", "withdraw"
_ACTS = {staging.APPROVED: Act.FOLLOW_UP, CORRECT: Act.DEMAND_CORRECTION, WITHDRAW: Act.DEMAND_WITHDRAWAL}
# Goes out with the corrected version; the opinion itself stays on the desk.
CORRECTION_REASON = "紧急发布后经审核予以更正"


class CannotMarkUrgent(acting.Refused):
    """The record is signed already, not for the public, the actor's own, or no reason is given."""


class CannotFollowUp(acting.Refused):
    """Nothing is owed there, not by this post or person, or an objection comes without an opinion."""


class Said(NamedTuple):
    """What a reviewer says afterwards about one stage: ``approve``, `CORRECT` or `WITHDRAW`."""

    stage: str
    outcome: str
    opinion: str = ""


def mark(*, record_id: int, reason: str, actor: Actor, at: datetime) -> Record:
    """Shortens the reviews of the record to those that are never left out.

    Raises:
        CannotMarkUrgent: see the class.
    """
    with acting.on_record(record_id, actor=actor) as record:
        acting.allow(record, Act.MARK_URGENT, actor=actor, refusal=CannotMarkUrgent)
        words = acting.words_of(reason, "请写明为什么要紧急发布。", CannotMarkUrgent)
        if record.urgent_reason:
            raise CannotMarkUrgent("已经标注紧急发布。")
        if acting.person(actor) in record.writers:
            raise CannotMarkUrgent("您起草或者修改过这条信息，要由其他同志标注紧急发布。")
        if record.attribute != Attribute.PROACTIVE:
            raise CannotMarkUrgent("公开属性不是主动公开，不能紧急发布。")
        record.urgent_reason, record.urgent_by = words, actor.name
        _find_stage(record, at=at, refusal=CannotMarkUrgent)
        acting.note(record, Act.MARK_URGENT, actor=actor, at=at, detail={"reason": words})
    return record


def lift(*, record_id: int, actor: Actor, at: datetime) -> Record:
    """Puts the record back on its usual way: at the first stage that it has not passed.

    Raises:
        CannotMarkUrgent: it is not urgent, or signed already.
    """
    with acting.on_record(record_id, actor=actor) as record:
        acting.allow(record, Act.LIFT_URGENCY, actor=actor, refusal=CannotMarkUrgent)
        if not record.urgent_reason:
            raise CannotMarkUrgent("没有标注紧急发布。")
        record.urgent_reason = record.urgent_by = ""
        _find_stage(record, at=at, refusal=CannotMarkUrgent)
        acting.note(record, Act.LIFT_URGENCY, actor=actor, at=at)
    return record


def owe(record: Record, version: RecordVersion, *, at: datetime) -> None:
    """Writes down which reviews an urgent release left out. Runs in the transaction of the release, which saves."""
    if not record.urgent_reason:
        return
    passed, today = staging.passed(record), timezone.localdate(at)
    assert record.scheme is not None  # pinned at submission
    for stage in schemes.read(record.scheme).stages:
        if stage.is_skippable and stage.code not in passed:
            FollowUp.objects.create(
                agency_id=record.agency_id,
                record=record,
                version=version,
                stage=stage.code,
                stage_label=stage.label,
                stage_post=stage.post,
                reason=record.urgent_reason,
                writers=record.writers,
                due_on=_due_on(today),
            )
    record.urgent_reason = record.urgent_by = ""


def follow_up(*, record_id: int, said: Said, actor: Actor, at: datetime) -> Record:
    """Reviews afterwards what went out at once: agrees, has it corrected, or asks for it to be withdrawn.

    A correction is opened in the same act, with its drafter; to withdraw stays with those who may.

    Raises:
        CannotFollowUp: see the class.
    """
    with acting.on_record(record_id, actor=actor) as record:
        act, opinion = _ACTS[said.outcome], said.opinion.strip()
        line = acting.allow(record, act, actor=actor, refusal=CannotFollowUp)
        owed = _require_owed(record, said.stage, actor=actor)
        if act is not Act.FOLLOW_UP and not opinion:
            raise CannotFollowUp("要求更正或者撤下的，请写明意见。")
        ruling = deciding.Ruling(owed.stage, said.outcome, opinion, version=owed.version)
        deciding.decide(record, ruling, actor=actor, at=at, refusal=CannotFollowUp)
        owed.outcome, owed.opinion, owed.reviewer_name = said.outcome, opinion, actor.name
        owed.save(update_fields=["outcome", "opinion", "reviewer_name"])
        acting.move(record, line)
        if record.state == State.CORRECTING:
            record.correction_reason, record.writers = CORRECTION_REASON, [record.drafter_id]
        record.changed_at = at
        bulk.change(record, [*acting.PLACE, "correction_reason", "writers", "changed_at"])
        detail = {"stage": owed.stage, "digest": owed.version.digest, "opinion": opinion}
        acting.note(record, act, actor=actor, at=at, detail=detail)
    return record


def _find_stage(record: Record, *, at: datetime, refusal: type[acting.Refused]) -> None:
    if record.state == State.IN_REVIEW:
        stage = schemes.path_of(record).first_open(staging.passed(record))
        staging.enter(record, stage, at=at, refusal=refusal)
    record.changed_at = at
    bulk.change(record, [*acting.PLACE, "urgent_reason", "urgent_by", "changed_at"])


def _require_owed(record: Record, stage: str, *, actor: Actor) -> FollowUp:
    open_ones = list(FollowUp.objects.filter(record=record, outcome="").select_related("version"))
    owed = next((each for each in open_ones if each.stage == stage), None)
    if owed is None or owed.version.number != record.released_number:
        raise CannotFollowUp("没有等待补审的环节。")
    if owed.stage_post != actor.post:
        raise CannotFollowUp(f"“{owed.stage_label}”不由您的岗位补审。")
    person = acting.person(actor)
    if person in owed.writers:
        raise CannotFollowUp("您起草或者修改过这条信息，不能由您补审。")
    approvals = Decision.objects.filter(record=record, version=owed.version, outcome=staging.APPROVED)
    hands = [Hand(*hand) for hand in approvals.values_list("decider_id", "decider_name")]
    assert record.scheme is not None  # pinned at submission
    missing = sum(each.version_id == owed.version_id for each in open_ones) - 1
    shortage = schemes.read(record.scheme).shortage(Hand(person, actor.name), hands, to_come=missing)
    if shortage:
        raise CannotFollowUp(shortage)
    return owed


def _due_on(today: date) -> date:
    period = parameters.at("publication.urgent_review", on=today)
    return workdays.calendar().add_workdays(today, period.number).day
