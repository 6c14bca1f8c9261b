"""What this person may do with a record now: one primary button, the rest in a menu."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.urls import reverse

from gongkai.accounts.viewer import Seat, Viewer
from gongkai.records.desk.contexts import states
from gongkai.records.desk.joint import contexts as joint
from gongkai.records.domain.attributes import Attribute
from gongkai.records.domain.lifecycle import TABLE, Act
from gongkai.records.domain.purging import Scope
from gongkai.records.domain.stages import Hand
from gongkai.records.models import Purge, Record
from gongkai.records.selectors import owed
from gongkai.records.selectors.case_file import CaseFile
from gongkai.records.services.clearance import Verdict


@dataclass(frozen=True, kw_only=True)
class Button:
    """A verb and where it leads; ``posts`` tells that it acts at once, by POST."""

    label: str
    url: str
    posts: bool = False
    is_dangerous: bool = False


@dataclass(frozen=True)
class Buttons:
    """The primary action of this person at this step, one beside it, the others; what cannot wait stands apart."""

    primary: Button | None
    second: Button | None
    others: tuple[Button, ...]
    urgent: Button | None


@dataclass(frozen=True)
class _Situation:
    record: Record
    viewer: Viewer
    seat: Seat
    approvers: Collection[Hand]
    is_ready: bool
    is_unexplained: bool
    is_planned: bool
    is_agreed: bool
    may_ask: bool
    purge: Purge | None


# In the order in which they matter: the first that is possible is the primary one, if it may be one at all.
_ORDER: tuple[tuple[Act, str, bool], ...] = (
    (Act.SIGN, "review", True),
    (Act.APPROVE, "review", True),
    (Act.CLEAR, "clearance", True),
    (Act.ASK_ISSUERS, "ask_issuers", True),
    (Act.PUBLISH, "publish", True),
    (Act.PLAN_RELEASE, "plan_release", False),
    (Act.KEEP, "keep", True),
    (Act.SUBMIT, "submit", True),
    (Act.EDIT, "edit", True),
    (Act.EXPLAIN, "explain", True),
    (Act.PURGE, "purge", True),
    (Act.PURGE_EARLIER, "purge", True),
    (Act.MARK_URGENT, "mark_urgent", False),
    (Act.LIFT_URGENCY, "lift_urgency", False),
    (Act.CORRECT, "correct", False),
    (Act.SET_VALIDITY, "validity", False),
    (Act.REEVALUATE, "reevaluate", True),
    (Act.REOPEN, "reopen", False),
    (Act.RECALL, "recall", False),
    (Act.SEND_BACK, "send_back", False),
    (Act.ABANDON, "abandon", False),
    (Act.REPUBLISH, "republish", False),
    (Act.LEAVE, "leave", False),
    (Act.DISCARD, "discard", False),
    (Act.CANCEL_PLAN, "cancel_plan", False),
    (Act.PLAN_WITHDRAWAL, "plan_withdrawal", False),
    (Act.WITHDRAW, "withdraw", False),
    (Act.ASK_PURGE, "ask_purge", False),
)
_AT_ONCE = frozenset({Act.SUBMIT})
_DANGEROUS = frozenset({Act.DISCARD, Act.WITHDRAW, Act.ASK_PURGE})


def for_case(case: CaseFile, viewer: Viewer, seat: Seat, *, approvers: Collection[Hand], is_ready: bool) -> Buttons:
    """``approvers`` of the running round; ``is_ready`` tells whether nothing stands against submitting."""
    record = case.record
    situation = _Situation(
        record,
        viewer,
        seat,
        approvers,
        is_ready,
        case.is_unexplained,
        bool(case.plans),
        not joint.missing(record, case.confirmations),
        bool(record.joint_issuers) and not joint.was_asked(record, case.events),
        case.purge,
    )
    possible = [(act, name, leads) for act, name, leads in _ORDER if _is_possible(act, situation)]
    if {Act.EDIT, Act.SUBMIT} <= {act for act, _, _ in possible} and not is_ready:
        # As long as something is missing, writing on is the next step, not handing in.
        possible.sort(key=lambda entry: entry[0] is not Act.EDIT)
    is_cleared = record.clearance in {Verdict.PUBLISH, Verdict.EXEMPT}
    leading = [entry for entry in possible if entry[2] and not (entry[0] is Act.CLEAR and is_cleared)]
    first, second = (*leading, None, None)[:2]
    others = [_button(entry[0], entry[1], situation) for entry in possible if entry not in (first, second)]
    others += _paper_buttons(situation)
    if _may_take_over(situation):
        others.append(Button(label="接手承办", url=_url("take_over", situation)))
    leading_buttons = [_button(entry[0], entry[1], situation) for entry in (first, second) if entry]
    if owed.first(case.follow_ups, viewer, seat) is not None:
        leading_buttons.insert(0, Button(label=Act.FOLLOW_UP.label, url=_url("follow_up", situation)))
    primary, second_button, *rest = (*leading_buttons, None, None)
    return Buttons(
        primary=primary,
        second=second_button,
        others=(*filter(None, rest), *others),
        urgent=_button(Act.REMOVE, "remove_now", situation) if _is_possible(Act.REMOVE, situation) else None,
    )


def _is_possible(act: Act, situation: _Situation) -> bool:
    posts = {post.value for post in situation.seat.posts}
    line = TABLE.find(act, situation.record.state)
    return line is not None and bool(line.posts & posts) and _GUARDS.get(act, _always)(situation)


def _always(situation: _Situation) -> bool:
    return True


def _may_review(situation: _Situation) -> bool:
    record, scheme = situation.record, states.path_of(situation.record)
    if scheme is None or record.held_at_id is not None or record.stage_post not in situation.seat.posts:
        return False
    return not scheme.objection(
        record.stage,
        hand=Hand(situation.viewer.user_id, situation.viewer.name),
        post=record.stage_post,
        writers=record.writers,
        approvers=situation.approvers,
    )


def _may_sign(situation: _Situation) -> bool:
    return situation.record.stage == "sign_off" and _may_review(situation)


def _may_approve(situation: _Situation) -> bool:
    return situation.record.stage != "sign_off" and _may_review(situation)


def _may_clear(situation: _Situation) -> bool:
    record = situation.record
    return record.attribute == Attribute.PROACTIVE and situation.viewer.user_id not in record.writers


def _may_publish(situation: _Situation) -> bool:
    record = situation.record
    is_cleared = record.attribute == Attribute.PROACTIVE and record.clearance == Verdict.PUBLISH
    return is_cleared and situation.is_agreed


def _may_ask(situation: _Situation) -> bool:
    return situation.may_ask and situation.record.attribute == Attribute.PROACTIVE


def _is_planned(situation: _Situation) -> bool:
    return situation.is_planned


def _may_keep(situation: _Situation) -> bool:
    return situation.record.attribute != Attribute.PROACTIVE and situation.record.entry_id is None


def _is_public(situation: _Situation) -> bool:
    return situation.record.entry_id is not None and situation.record.withdrawn_at is None


def _was_taken_down(situation: _Situation) -> bool:
    return situation.record.withdrawn_at is not None


def _was_never_public(situation: _Situation) -> bool:
    return situation.record.entry_id is None


def _is_unexplained(situation: _Situation) -> bool:
    return situation.is_unexplained


def _is_explained(situation: _Situation) -> bool:
    return not situation.is_unexplained


def _may_ask_for_purge(situation: _Situation) -> bool:
    is_asked = situation.purge is not None and not situation.purge.outcome
    return not is_asked and situation.viewer.user_id not in situation.record.writers


def _may_purge_all(situation: _Situation) -> bool:
    return _may_decide_purge(situation, Scope.EVERYTHING)


def _may_purge_earlier(situation: _Situation) -> bool:
    return _may_decide_purge(situation, Scope.EARLIER)


def _may_decide_purge(situation: _Situation, scope: Scope) -> bool:
    purge = situation.purge
    is_asked = purge is not None and not purge.outcome and purge.scope == scope
    return is_asked and purge is not None and purge.asker_id != situation.viewer.user_id


def _is_own(situation: _Situation) -> bool:
    return situation.record.drafter_id == situation.viewer.user_id


def _may_mark_urgent(situation: _Situation) -> bool:
    record = situation.record
    return not record.urgent_reason and record.attribute == Attribute.PROACTIVE and not _wrote(situation)


def _is_urgent(situation: _Situation) -> bool:
    return bool(situation.record.urgent_reason)


def _wrote(situation: _Situation) -> bool:
    return situation.viewer.user_id in situation.record.writers


_GUARDS: Mapping[Act, Callable[[_Situation], bool]] = {
    Act.SIGN: _may_sign,
    Act.APPROVE: _may_approve,
    Act.CLEAR: _may_clear,
    Act.ASK_ISSUERS: _may_ask,
    Act.MARK_URGENT: _may_mark_urgent,
    Act.LIFT_URGENCY: _is_urgent,
    Act.PUBLISH: _may_publish,
    Act.PLAN_RELEASE: _may_publish,
    Act.PLAN_WITHDRAWAL: _is_public,
    Act.CANCEL_PLAN: _is_planned,
    Act.KEEP: _may_keep,
    Act.RECALL: _is_own,
    Act.DISCARD: _was_never_public,
    Act.ABANDON: _is_public,
    Act.WITHDRAW: _is_public,
    Act.REMOVE: _is_public,
    Act.EXPLAIN: _is_unexplained,
    Act.REPUBLISH: _is_explained,
    Act.LEAVE: _was_taken_down,
    Act.ASK_PURGE: _may_ask_for_purge,
    Act.PURGE: _may_purge_all,
    Act.PURGE_EARLIER: _may_purge_earlier,
}


def _may_take_over(situation: _Situation) -> bool:
    return _is_possible(Act.EDIT, situation) and not _is_own(situation)


def _paper_buttons(situation: _Situation) -> list[Button]:
    """For a third person: what was decided on paper, where something still is to be decided."""
    record = situation.record
    if not _is_possible(Act.RECORD_PAPER, situation) or situation.viewer.user_id in record.writers:
        return []
    found = []
    if record.stage and record.held_at_id is None:
        found.append(Button(label=Act.RECORD_PAPER.label, url=_url("paper", situation)))
    if record.attribute == Attribute.PROACTIVE and record.clearance in {"", Verdict.REFER}:
        found.append(Button(label="录入纸质保密审查", url=_url("paper_clearance", situation)))
    return found


def _button(act: Act, name: str, situation: _Situation) -> Button:
    if act in {Act.PURGE, Act.PURGE_EARLIER}:
        return Button(label="办理清除申请", url=_url(name, situation))
    label = "改保密审查结论" if act is Act.CLEAR and situation.record.clearance else act.label
    return Button(
        label="审核" if act is Act.APPROVE else label,
        url=_url(name, situation),
        posts=act in _AT_ONCE,
        is_dangerous=act in _DANGEROUS,
    )


def _url(name: str, situation: _Situation) -> str:
    arguments = {"agency_code": situation.seat.agency_code, "record_id": situation.record.pk}
    return reverse(f"records:{name}", kwargs=arguments)
