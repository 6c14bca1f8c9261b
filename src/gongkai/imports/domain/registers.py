"""The life of a register of issued documents that comes in as a table: looked through, confirmed, entered."""

from enum import StrEnum

from gongkai.accounts.domain.duties import Duty

DUTY = Duty.IMPORT_RECORDS
LIMIT_BYTES = 50 * 1024 * 1024


class State(StrEnum):
    CHECKING = "checking"
    UNREADABLE = "unreadable"
    READY = "ready"
    RUNNING = "running"
    DONE = "done"
    DISCARDED = "discarded"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def is_busy(self) -> bool:
        return self in {State.CHECKING, State.RUNNING}


_LABELS = {
    State.CHECKING: "检查中",
    State.UNREADABLE: "无法读取",
    State.READY: "待确认",
    State.RUNNING: "登记中",
    State.DONE: "已登记",
    State.DISCARDED: "已放弃",
}
