"""Where a check stands, and what a comparison means."""

from enum import StrEnum


class State(StrEnum):
    CHECKING = "checking"
    DONE = "done"
    UNREADABLE = "unreadable"

    @property
    def label(self) -> str:
        return {"checking": "正在检查", "done": "已检查", "unreadable": "无法读取"}[self.value]


class Relation(StrEnum):
    """What the other report is to this one."""

    PREVIOUS = "previous"
    CHILD = "child"

    @property
    def label(self) -> str:
        return {"previous": "上一年度报告", "child": "下级单位报告"}[self.value]
