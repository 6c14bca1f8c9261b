"""Release and withdrawal at a set time: planned by a person, carried out by the worker, every gate asked again."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.viewer import Actor
from gongkai.agencies.models import Agency
from gongkai.groundwork import bulk, scoping
from gongkai.groundwork.audit import trail
from gongkai.records.domain.lifecycle import TABLE, Act, State
from gongkai.records.events import RecordMoved
from gongkai.records.models import Plan, Record
from gongkai.records.models.plan import CANCELLED, DONE, FAILED, OPEN, OVERTAKEN, RELEASE, WITHDRAWAL
from gongkai.records.services import acting, publishing

FURTHEST = timedelta(days=366)


class CannotPlan(acting.Refused):
    """A gate is shut already, or the time has passed, lies too far ahead or beyond the statutory deadline."""


class CannotCancelPlan(acting.Refused):
    """Nothing is planned."""


def plan_release(*, record_id: int, due_at: datetime, actor: Actor, at: datetime) -> Plan:
    """Sets the moment at which the signed and cleared content goes out; an earlier plan is replaced.

    Raises:
        CannotPlan: see the class; also if anything but time stands against publishing now.
    """
    with acting.on_record(record_id, actor=actor) as record:
        acting.allow(record, Act.PLAN_RELEASE, actor=actor, refusal=CannotPlan)
        _check_time(due_at, at=at)
        _check_deadline(record, due_at, at=at)
        try:
            publishing.gates(record, actor=actor, at=due_at)
        except publishing.CannotPublish as error:
            raise CannotPlan(error.reason, error.findings) from error
        plan = Plan(record=record, kind=RELEASE, due_at=due_at, digest=record.digest)
        return _add(plan, record, Act.PLAN_RELEASE, actor=actor, at=at)


def plan_withdrawal(*, record_id: int, due_at: datetime, ground: str, actor: Actor, at: datetime) -> Plan:
    """Sets the moment at which the public record is taken down, with the ground that will be shown then.

    Raises:
        CannotPlan: see the class; also if nothing is public, or no ground is given.
    """
    with acting.on_record(record_id, actor=actor) as record:
        acting.allow(record, Act.PLAN_WITHDRAWAL, actor=actor, refusal=CannotPlan)
        _check_time(due_at, at=at)
        if record.entry_id is None:
            raise CannotPlan("这条信息没有公开过，不需要撤下。")
        if record.withdrawn_at is not None:
            raise CannotPlan("这条信息已经撤下。")
        words = acting.words_of(ground, "撤下信息要写明依据，依据会在原网址上公开。", CannotPlan)
        plan = Plan(record=record, kind=WITHDRAWAL, due_at=due_at, ground=words)
        return _add(plan, record, Act.PLAN_WITHDRAWAL, actor=actor, at=at)


def cancel(*, record_id: int, actor: Actor, at: datetime) -> None:
    """Gives up what is planned for the record.

    Raises:
        CannotCancelPlan: see the class.
    """
    with acting.on_record(record_id, actor=actor) as record:
        acting.allow(record, Act.CANCEL_PLAN, actor=actor, refusal=CannotCancelPlan)
        if not _end(record.pk, outcome=CANCELLED, at=at):
            raise CannotCancelPlan("这条信息没有设定时间。")
        _touch(record, at=at)
        acting.note(record, Act.CANCEL_PLAN, actor=actor, at=at)


def overtake(moved: RecordMoved) -> None:
    """Ends plans that an act of a person has made pointless. Runs in the transaction of that act."""
    if moved.state in {State.WITHDRAWN, State.DISCARDED, State.MOVED}:
        _end(moved.record_id, outcome=OVERTAKEN, at=moved.at)
    elif moved.act in {Act.PUBLISH, Act.RECALL, Act.SEND_BACK}:
        _end(moved.record_id, outcome=OVERTAKEN, at=moved.at, kind=RELEASE)


def carry_out_due(*, at: datetime) -> int:
    """Does everything whose time has come, each in a transaction of its own; returns how many plans ended."""
    with scoping.everywhere(because="the worker carries out the plans of every agency"):
        due = list(Plan.objects.filter(outcome=OPEN, due_at__lte=at).order_by("due_at", "id").values("pk", "agency_id"))
    return sum(_carry_out(row["pk"], row["agency_id"], at=at) for row in due)


def _carry_out(plan_id: int, agency_id: int, *, at: datetime) -> bool:
    with scoping.narrow_to([agency_id]), transaction.atomic():
        record_id = Plan.objects.values_list("record_id", flat=True).get(pk=plan_id)
        record = bulk.lock(Record, id=record_id, agency_id=agency_id)
        plan = Plan.objects.filter(pk=plan_id, outcome=OPEN).first()
        if record is None or plan is None:
            return False  # somebody was quicker
        worker = _worker(agency_id)
        try:
            with transaction.atomic():
                _perform(record, plan, actor=worker, at=at)
        except acting.Refused as refused:
            plan.outcome, plan.reason, plan.ended_at = FAILED, refused.reason[:500], at
            plan.save(update_fields=["outcome", "reason", "ended_at"])
            detail = {"kind": plan.kind, "reason": plan.reason, "planned_by": plan.planner_name}
            trail.write(acting.entry_for(record, "plan_failed", detail), actor=worker, at=at)
    return True


def _perform(record: Record, plan: Plan, *, actor: Actor, at: datetime) -> None:
    # First the plan, so that the act does not find it open and count it as overtaken.
    plan.outcome, plan.ended_at = DONE, at
    plan.save(update_fields=["outcome", "ended_at"])
    detail = {"kind": plan.kind, "planned_by": plan.planner_name}
    trail.write(acting.entry_for(record, "plan_done", detail), actor=actor, at=at)
    if plan.kind == WITHDRAWAL:
        line = TABLE.find(Act.WITHDRAW, record.state)
        if line is None:
            raise CannotPlan(f"信息现为“{State(record.state).label}”，没有撤下。")
        publishing.take_from_public(record, line, ground=plan.ground, actor=actor, at=at)
        acting.note(record, Act.WITHDRAW, actor=actor, at=at, detail={"ground": plan.ground})
        return
    line = TABLE.find(Act.PUBLISH, record.state)
    if line is None:
        raise CannotPlan(f"信息现为“{State(record.state).label}”，没有发布。")
    if record.digest != plan.digest:
        raise CannotPlan("设定时间以后内容有变化，没有发布。")
    publishing.put_out(record, line, actor=actor, at=at)


def _worker(agency_id: int) -> Actor:
    """The clock acting at the agency; who set it stands in the detail."""
    code = Agency.objects.values_list("code", flat=True).get(pk=agency_id)
    return Actor(user_id=None, name="系统", agency_id=agency_id, agency_code=code, post="system")


def _add(plan: Plan, record: Record, act: Act, *, actor: Actor, at: datetime) -> Plan:
    _end(record.pk, outcome=CANCELLED, at=at, kind=plan.kind)
    plan.agency_id = record.agency_id
    plan.planner_id, plan.planner_name, plan.planned_at = acting.person(actor), actor.name, at
    plan.save(force_insert=True)
    _touch(record, at=at)
    detail = {"due_at": timezone.localtime(plan.due_at).isoformat(timespec="minutes"), "ground": plan.ground}
    acting.note(record, act, actor=actor, at=at, detail=detail)
    return plan


def _touch(record: Record, *, at: datetime) -> None:
    record.changed_at = at
    bulk.change(record, ["changed_at"])


def _end(record_id: int, *, outcome: str, at: datetime, kind: str = "") -> int:
    plans = Plan.objects.filter(record_id=record_id, outcome=OPEN)
    return (plans.filter(kind=kind) if kind else plans).update(outcome=outcome, ended_at=at)


def _check_time(due_at: datetime, *, at: datetime) -> None:
    if due_at <= at:
        raise CannotPlan("设定的时间已经过去，请选择今后的时间。")
    if due_at > at + FURTHEST:
        raise CannotPlan("设定的时间最多在一年以内。")


def _check_deadline(record: Record, due_at: datetime, *, at: datetime) -> None:
    if record.due_on is None or timezone.localdate(at) > record.due_on:
        return
    if timezone.localdate(due_at) > record.due_on:
        raise CannotPlan(f"设定的时间晚于公开期限（{record.due_on:%Y年%-m月%-d日}），请提前。")
