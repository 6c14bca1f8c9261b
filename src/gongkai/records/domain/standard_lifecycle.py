"""The life of a version of a standard table: brought in, cleared, approved and shown, until the next one is."""

from enum import StrEnum

from gongkai.accounts.domain.duties import Duty, posts_with
from gongkai.law import tables


class State(StrEnum):
    FAULTY = "faulty"
    READY = "ready"
    CLEARED = "cleared"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    DISCARDED = "discarded"

    @property
    def label(self) -> str:
        return _LABELS[self]


class Act(StrEnum):
    CLEAR = "clear"
    APPROVE = "approve"
    DISCARD = "discard"


_LABELS = {
    State.FAULTY: "有错误，须改正",
    State.READY: "待保密审查",
    State.CLEARED: "待批准",
    State.IN_FORCE: "现行",
    State.SUPERSEDED: "已被新版替代",
    State.DISCARDED: "已放弃",
}
DUTIES_OF_ACTS: dict[Act, Duty] = {
    Act.CLEAR: Duty.CLEAR_SECRECY,
    Act.APPROVE: Duty.SIGN_RECORDS,
    Act.DISCARD: Duty.KEEP_CATALOGUE,
}


def _line(act: Act, sources: tuple[State, ...], target: State, *guards: str) -> tables.Transition:
    posts = frozenset(post.value for post in posts_with(DUTIES_OF_ACTS[act]))
    return tables.Transition(act, sources, target, posts, guards)


TABLE = tables.Table(
    initial=State.READY,
    transitions=(
        _line(Act.CLEAR, (State.READY,), State.CLEARED, "not_the_one_who_brought_it", "same_digest"),
        _line(
            Act.APPROVE,
            (State.CLEARED,),
            State.IN_FORCE,
            *("not_the_one_who_brought_it", "not_the_one_who_cleared_it", "same_digest", "approval_named"),
        ),
        _line(Act.DISCARD, (State.FAULTY, State.READY, State.CLEARED), State.DISCARDED),
    ),
    labels=_LABELS | {Act.CLEAR: "保密审查", Act.APPROVE: "批准并公布", Act.DISCARD: "放弃"},
)
