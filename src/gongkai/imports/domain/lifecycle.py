"""The life of a file that an agency imports: looked through, cleared, confirmed, run."""

from enum import StrEnum

from gongkai.accounts.domain.duties import Duty, posts_with
from gongkai.law import tables


class State(StrEnum):
    CHECKING = "checking"
    UNREADABLE = "unreadable"
    READY = "ready"
    CLEARED = "cleared"
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    DISCARDED = "discarded"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def is_busy(self) -> bool:
        """Whether the worker has it in hand, so that the page should look again soon."""
        return self in {State.CHECKING, State.QUEUED, State.RUNNING}


class Act(StrEnum):
    CLEAR = "clear"
    CONFIRM = "confirm"
    REFUSE = "refuse"
    DISCARD = "discard"


_LABELS = {
    State.CHECKING: "检查中",
    State.UNREADABLE: "无法读取",
    State.READY: "待保密审查",
    State.CLEARED: "待负责人确认",
    State.QUEUED: "等待导入",
    State.RUNNING: "导入中",
    State.DONE: "已完成",
    State.REFUSED: "已退回",
    State.DISCARDED: "已放弃",
}
DUTIES_OF_ACTS: dict[Act, tuple[Duty, ...]] = {
    Act.CLEAR: (Duty.CLEAR_SECRECY,),
    Act.CONFIRM: (Duty.SIGN_RECORDS,),
    Act.REFUSE: (Duty.CLEAR_SECRECY, Duty.SIGN_RECORDS),
    Act.DISCARD: (Duty.IMPORT_RECORDS,),
}
_OPEN = (State.READY, State.CLEARED)


def _line(act: Act, sources: tuple[State, ...], target: State, *guards: str) -> tables.Transition:
    posts = frozenset(post.value for duty in DUTIES_OF_ACTS[act] for post in posts_with(duty))
    return tables.Transition(act, sources, target, posts, guards)


TABLE = tables.Table(
    initial=State.CHECKING,
    transitions=(
        _line(Act.CLEAR, (State.READY,), State.CLEARED, "not_the_uploader", "same_digest"),
        _line(Act.CONFIRM, (State.CLEARED,), State.QUEUED, "not_the_uploader", "not_the_reviewer", "same_digest"),
        _line(Act.REFUSE, _OPEN, State.REFUSED, "reason_given"),
        _line(Act.DISCARD, (*_OPEN, State.UNREADABLE), State.DISCARDED),
    ),
    labels=_LABELS | {Act.CLEAR: "保密审查", Act.CONFIRM: "确认导入", Act.REFUSE: "退回", Act.DISCARD: "放弃"},
)
