"""Every state × every act × every post, through the services: what the table forbids is refused and changes nothing.

Where the table allows an act, it either happens, or one of its guards stands against it; those cases are named below.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

import pytest
from django.db import transaction

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.domain.posts import Post
from gongkai.accounts.viewer import Actor
from gongkai.groundwork import scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.published.domain.vocabulary import Validity
from gongkai.published.services.validity import Change
from gongkai.records.domain.joint import Answer
from gongkai.records.domain.lifecycle import DUTIES_OF_ACTS, TABLE, Act, State
from gongkai.records.domain.purging import Scope
from gongkai.records.domain.stages import SIGN_OFF
from gongkai.records.models import Record
from gongkai.records.services import (
    acting,
    clearance,
    coordinating,
    drafting,
    keeping,
    moving,
    paper,
    planning,
    publishing,
    purging,
    removing,
    review,
    urgency,
)
from gongkai.records.services.clearance import Conclusion, Verdict
from tests import cast as casting
from tests.cast import Cast
from tests.factories import records, signed_papers

pytestmark = pytest.mark.django_db

_NEW = casting.later(2)
_SOON = _NEW + timedelta(days=1)
_PAPER = coordinating.OnPaper("乙局", Answer.CONFIRMED, "某主任", date(2026, 11, 20))
_CHANGE = Change(validity=Validity.REPEALED, since=date(2026, 11, 20), basis="甲政发〔2026〕1号")
ACTS_OF_PEOPLE = {act for act in Act if DUTIES_OF_ACTS[act]}
SITUATIONS: Mapping[str, Callable[[Cast], Record]] = {
    **records.IN_STATE,
    "waiting_for_signature": records.reviewed,
    "ready_to_publish": records.cleared,
    "planned": records.planned,
    "joint": lambda cast: records.signed(cast, joint_issuers=("乙局",)),
    "signed_not_public": lambda cast: _signed_not_public(cast),
    "urgent": records.urgent,
    "released_urgently": records.released_urgently,
    "returned_correction": lambda cast: _returned_correction(cast),
    "removed": records.removed,
    "reopened": records.reopened,
    "purge_asked": records.purge_asked,
    "purge_of_corrected_asked": lambda cast: _purge_of_corrected_asked(cast),
    "returned_reopened": lambda cast: _returned_again(cast, records.reopened(cast)),
    "moved": lambda cast: _moved(cast),
}
PERFORM: Mapping[Act, Callable[[Record, Actor], object]] = {
    Act.EDIT: lambda r, a: drafting.edit(
        record_id=r.pk, content=records.content(title="新的标题"), lock_version=r.lock_version, actor=a, at=_NEW
    ),
    Act.SUBMIT: lambda r, a: review.submit(record_id=r.pk, actor=a, at=_NEW),
    Act.RECALL: lambda r, a: review.recall(record_id=r.pk, actor=a, at=_NEW),
    Act.DISCARD: lambda r, a: drafting.discard(record_id=r.pk, actor=a, at=_NEW),
    Act.ABANDON: lambda r, a: publishing.abandon_correction(record_id=r.pk, actor=a, at=_NEW),
    Act.APPROVE: lambda r, a: review.approve(record_id=r.pk, digest=r.digest, actor=a, at=_NEW),
    Act.SIGN: lambda r, a: review.approve(record_id=r.pk, digest=r.digest, actor=a, at=_NEW),
    Act.RETURN: lambda r, a: review.return_for_changes(
        record_id=r.pk, digest=r.digest, opinion="请补充", actor=a, at=_NEW
    ),
    Act.CLEAR: lambda r, a: clearance.clear(
        record_id=r.pk, conclusion=Conclusion(r.digest, Verdict.PUBLISH), actor=a, at=_NEW
    ),
    Act.MARK_URGENT: lambda r, a: urgency.mark(record_id=r.pk, reason="暴雪将至", actor=a, at=_NEW),
    Act.LIFT_URGENCY: lambda r, a: urgency.lift(record_id=r.pk, actor=a, at=_NEW),
    Act.FOLLOW_UP: lambda r, a: _follow_up(r, a, "approve"),
    Act.DEMAND_CORRECTION: lambda r, a: _follow_up(r, a, "correct"),
    Act.DEMAND_WITHDRAWAL: lambda r, a: _follow_up(r, a, "withdraw"),
    Act.RECORD_PAPER: lambda r, a: _enter_paper(r, a),
    Act.ASK_ISSUERS: lambda r, a: coordinating.ask(record_id=r.pk, actor=a, at=_NEW),
    Act.NOTE_CONFIRMATION: lambda r, a: coordinating.note_on_paper(record_id=r.pk, paper=_PAPER, actor=a, at=_NEW),
    Act.SEND_BACK: lambda r, a: review.send_back(record_id=r.pk, opinion="请补充", actor=a, at=_NEW),
    Act.PUBLISH: lambda r, a: publishing.publish(record_id=r.pk, actor=a, at=_NEW),
    Act.PLAN_RELEASE: lambda r, a: planning.plan_release(record_id=r.pk, due_at=_SOON, actor=a, at=_NEW),
    Act.PLAN_WITHDRAWAL: lambda r, a: planning.plan_withdrawal(
        record_id=r.pk, due_at=_SOON, ground="活动已经结束", actor=a, at=_NEW
    ),
    Act.CANCEL_PLAN: lambda r, a: planning.cancel(record_id=r.pk, actor=a, at=_NEW),
    Act.KEEP: lambda r, a: keeping.keep(record_id=r.pk, actor=a, at=_NEW),
    Act.REEVALUATE: lambda r, a: keeping.reevaluate(
        record_id=r.pk, next_on=date(2028, 1, 3), opinion="仍属内部事务", actor=a, at=_NEW
    ),
    Act.REOPEN: lambda r, a: keeping.reopen(record_id=r.pk, actor=a, at=_NEW),
    Act.CORRECT: lambda r, a: publishing.open_correction(record_id=r.pk, reason="日期有误", actor=a, at=_NEW),
    Act.SET_VALIDITY: lambda r, a: publishing.set_validity(record_id=r.pk, change=_CHANGE, actor=a, at=_NEW),
    Act.WITHDRAW: lambda r, a: publishing.withdraw(record_id=r.pk, ground="内容有误", actor=a, at=_NEW),
    Act.REMOVE: lambda r, a: removing.remove(record_id=r.pk, actor=a, at=_NEW),
    Act.EXPLAIN: lambda r, a: removing.explain(record_id=r.pk, reason="附件有误", actor=a, at=_NEW),
    Act.REPUBLISH: lambda r, a: removing.republish(record_id=r.pk, reason="附件已更换", actor=a, at=_NEW),
    Act.LEAVE: lambda r, a: removing.leave(record_id=r.pk, actor=a, at=_NEW),
    Act.ASK_PURGE: lambda r, a: purging.ask(
        record_id=r.pk, scope=Scope.EVERYTHING, ground="附件含个人信息", actor=a, at=_NEW
    ),
    Act.PURGE: lambda r, a: purging.confirm(record_id=r.pk, actor=a, at=_NEW),
    Act.PURGE_EARLIER: lambda r, a: purging.confirm(record_id=r.pk, actor=a, at=_NEW),
    Act.DECLINE_PURGE: lambda r, a: purging.decline(record_id=r.pk, opinion="内容不含个人信息", actor=a, at=_NEW),
}
DECIDE_PURGE = (Act.PURGE, Act.PURGE_EARLIER, Act.DECLINE_PURGE)
PURGE_ASKED = {"purge_asked", "purge_of_corrected_asked"}
OWED = (Act.FOLLOW_UP, Act.DEMAND_CORRECTION, Act.DEMAND_WITHDRAWAL)
NEVER_PUBLIC = (
    "returned",
    "in_review",
    "signed",
    "waiting_for_signature",
    "ready_to_publish",
    "signed_not_public",
    "planned",
    "joint",
    "urgent",
)
ONE_ISSUER = tuple(name for name in NEVER_PUBLIC if name not in {"returned", "joint"})
ONCE_PUBLIC = (
    "published",
    "correcting",
    "returned_correction",
    "returned_reopened",
    "released_urgently",
    *sorted(PURGE_ASKED),
)
# Allowed by the table, refused by a guard: the act in the situation, with a word of the reason.
GUARDED: Mapping[tuple[str, Act], str] = {
    **{(situation, act): "没有公开过" for situation in NEVER_PUBLIC for act in (Act.WITHDRAW, Act.REMOVE)},
    **{(situation, Act.LEAVE): "没有撤下" for situation in ("draft", "returned", "returned_correction")},
    **{
        (situation, act): "没有等待" for situation in SITUATIONS for act in DECIDE_PURGE if situation not in PURGE_ASKED
    },
    **{(situation, Act.ASK_PURGE): "正在等待确认" for situation in PURGE_ASKED},
    ("withdrawn", Act.EXPLAIN): "没有等待",
    ("removed", Act.REPUBLISH): "还没有补写",
    ("reopened", Act.DISCARD): "已经公开",
    ("returned_reopened", Act.DISCARD): "已经公开",
    ("returned_reopened", Act.ABANDON): "已经撤下",
    ("returned_reopened", Act.WITHDRAW): "已经撤下",
    ("returned_reopened", Act.REMOVE): "已经撤下",
    ("draft", Act.ABANDON): "状态下不能",
    ("returned", Act.ABANDON): "没有公开过",
    ("signed", Act.PUBLISH): "保密审查",
    ("signed", Act.KEEP): "主动公开",
    ("ready_to_publish", Act.KEEP): "主动公开",
    ("returned_correction", Act.DISCARD): "已经公开",
    ("signed_not_public", Act.PUBLISH): "保密审查",
    ("signed_not_public", Act.PLAN_RELEASE): "保密审查",
    ("signed", Act.PLAN_RELEASE): "保密审查",
    ("planned", Act.KEEP): "主动公开",
    ("joint", Act.PUBLISH): "保密审查",
    ("joint", Act.PLAN_RELEASE): "保密审查",
    ("joint", Act.KEEP): "主动公开",
    **{(situation, Act.ASK_ISSUERS): "没有联合发文" for situation in ONE_ISSUER},
    **{(situation, Act.NOTE_CONFIRMATION): "没有这个机关" for situation in ONE_ISSUER},
    **{(situation, Act.PLAN_WITHDRAWAL): "没有公开过" for situation in NEVER_PUBLIC},
    **{
        (situation, Act.CANCEL_PLAN): "没有设定"
        for situation in (*NEVER_PUBLIC, *ONCE_PUBLIC)
        if situation != "planned"
    },
    ("returned_reopened", Act.PLAN_WITHDRAWAL): "已经撤下",
    ("urgent", Act.MARK_URGENT): "已经标注",
    **{(situation, Act.LIFT_URGENCY): "没有标注" for situation in SITUATIONS if situation != "urgent"},
    **{
        (situation, act): "没有等待补审" for situation in SITUATIONS if situation != "released_urgently" for act in OWED
    },
}


def _follow_up(record: Record, actor: Actor, outcome: str) -> object:
    said = urgency.Said("section_head", outcome, "请补充")
    return urgency.follow_up(record_id=record.pk, said=said, actor=actor, at=_NEW)


def _enter_paper(record: Record, actor: Actor) -> object:
    """The current stage or, after the signature, the clearance, signed by somebody who is no user."""
    enter = paper.record_decision if record.stage else paper.record_clearance
    outcome = "approve" if record.stage else "publish"
    return enter(record_id=record.pk, sheet=signed_papers.sheet(record, outcome=outcome), actor=actor, at=_NEW)


def _returned_correction(cast: Cast) -> Record:
    return _returned_again(cast, records.correcting(cast))


def _returned_again(cast: Cast, record: Record) -> Record:
    record = review.submit(record_id=record.pk, actor=cast.li.as_post(Post.DRAFTER), at=casting.later())
    head = cast.wang.as_post(Post.SECTION_HEAD)
    return review.return_for_changes(
        record_id=record.pk, digest=record.digest, opinion="请核对", actor=head, at=casting.later()
    )


def _signed_not_public(cast: Cast) -> Record:
    drafter, head = cast.li.as_post(Post.DRAFTER), cast.wang.as_post(Post.SECTION_HEAD)
    record = drafting.draft(content=records.not_public(), actor=drafter, at=casting.AT)
    record = review.submit(record_id=record.pk, actor=drafter, at=casting.AT)
    record = review.approve(record_id=record.pk, digest=record.digest, actor=head, at=casting.AT)
    return records.sign(cast, record)


def _moved(cast: Cast) -> Record:
    record = records.draft(cast)
    moving.move_open(from_id=cast.agency.pk, into_id=cast.other_agency.pk, columns={}, at=casting.later())
    with scoping.narrow_to([cast.agency.pk]):
        return Record.objects.get(pk=record.pk)


def _purge_of_corrected_asked(cast: Cast) -> Record:
    record = records.corrected(cast)
    actor = cast.chen.as_post(Post.DISCLOSURE_OFFICER)
    purging.ask(record_id=record.pk, scope=Scope.EARLIER, ground="旧版本含个人信息", actor=actor, at=casting.later())
    return record


def _refusal(record: Record, act: Act, actor: Actor) -> str:
    """Tries the act and takes it back; empty if it happened."""
    before = AuditEvent.objects.count()
    try:
        with transaction.atomic():
            PERFORM[act](record, actor)
            assert AuditEvent.objects.count() > before, f"{act} left no trace"
            transaction.set_rollback(True)
    except acting.Refused as refused:
        record.refresh_from_db()
        assert AuditEvent.objects.count() == before, f"{act} was refused and left a trace"
        return refused.reason or "refused without a reason"
    return ""


def _stage_fits(record: Record, act: Act, post: Post) -> bool:
    """Review acts are guarded by the post of the stage; approving and signing are one service."""
    if act in OWED:
        return post is Post.SECTION_HEAD
    return act not in {Act.APPROVE, Act.SIGN, Act.RETURN} or record.stage_post == post


@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_act_by_every_post_follows_the_table(cast: Cast, situation: str) -> None:
    record = SITUATIONS[situation](cast)
    writes = {act for act in Act if DUTIES_OF_ACTS[act] == (Duty.DRAFT_RECORDS,)}
    happened = set()
    with scoping.narrow_to([cast.agency.pk]):
        for act in ACTS_OF_PEOPLE:
            for post in Post:
                if act in {Act.APPROVE, Act.SIGN} and (record.stage == SIGN_OFF) != (act is Act.SIGN):
                    continue  # one service; the stage tells which of the two it is
                person = cast.li if act in writes else cast.zhao if act in DECIDE_PURGE else cast.chen
                refusal = _refusal(record, act, person.as_post(post))
                line = TABLE.find(act, record.state)
                if line is None or post not in line.posts or not _stage_fits(record, act, post):
                    assert refusal, f"{act} by {post} in {situation} happened"
                elif (situation, act) in GUARDED:
                    assert GUARDED[situation, act] in refusal, f"{act} by {post} in {situation}: {refusal}"
                else:
                    assert refusal == "", f"{act} by {post} in {situation}: {refusal}"
                    happened.add(act)
    assert bool(happened) == (State(record.state) is not State.PURGED)


def test_every_state_is_tried(cast: Cast) -> None:
    assert {situation(cast).state for situation in SITUATIONS.values()} == set(State)
    assert set(PERFORM) == ACTS_OF_PEOPLE


def test_every_act_happens_in_some_situation(cast: Cast) -> None:
    possible = set()
    for situation, build in SITUATIONS.items():
        record = build(cast)
        for act in ACTS_OF_PEOPLE:
            if TABLE.find(act, record.state) and (situation, act) not in GUARDED:
                possible.add(act)
    assert possible == ACTS_OF_PEOPLE


def test_a_record_of_another_agency_is_not_there_for_any_act(cast: Cast) -> None:
    for situation in ("draft", "in_review", "signed", "published", "kept"):
        record = SITUATIONS[situation](cast)
        for act, perform in PERFORM.items():
            for post in (Post.DRAFTER, Post.SECTION_HEAD, Post.LEADER, Post.SECRECY_REVIEWER, Post.DISCLOSURE_OFFICER):
                with pytest.raises(acting.NoSuchRecord):
                    perform(record, cast.zhou.as_post(post))
            with scoping.narrow_to([cast.agency.pk]):
                assert Record.objects.get(pk=record.pk).changed_at == record.changed_at, act


def test_nobody_acts_without_an_agency(cast: Cast) -> None:
    from gongkai.accounts.viewer import SYSTEM

    record = records.draft(cast)
    for perform in PERFORM.values():
        with pytest.raises(acting.Refused):
            perform(record, SYSTEM)
