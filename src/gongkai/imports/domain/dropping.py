"""The life of a dropped file on its way to a draft, and when what is known about it is enough."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from gongkai.accounts.domain.duties import Duty

DUTY = Duty.DRAFT_RECORDS
MOST_FILES = 50
MOST_BYTES = 200 * 1024 * 1024


class State(StrEnum):
    WAITING = "waiting"
    READING = "reading"
    READY = "ready"
    DUPLICATE = "duplicate"
    DRAFTED = "drafted"
    REFUSED = "refused"
    SET_ASIDE = "set_aside"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def is_busy(self) -> bool:
        """Whether the worker has still to read it."""
        return self in {State.WAITING, State.READING}

    @property
    def is_open(self) -> bool:
        """Whether the clerk can still change and confirm it."""
        return self in {State.READY, State.DUPLICATE}


_LABELS = {
    State.WAITING: "等待读取",
    State.READING: "正在读取",
    State.READY: "待确认",
    State.DUPLICATE: "可能重复",
    State.DRAFTED: "已成草稿",
    State.REFUSED: "未接收",
    State.SET_ASIDE: "已搁置",
}

EDITABLE = ("title", "document_number", "created_on", "attribute", "column_code")
"""What the clerk can change in the list; the rest is changed in the draft."""

CARRIED = (*EDITABLE, "issuer", "joint_issuers", "is_party_mixed", "genre", "responsible_unit", "topic", "keywords")
"""What a dropped file knows of the fields of a record, its text aside."""

FIELD_LABELS = {
    "title": "标题",
    "document_number": "发文字号",
    "created_on": "成文日期",
    "attribute": "公开属性",
    "column_code": "公开栏目",
    "issuer": "发文机关",
    "joint_issuers": "联合发文机关",
    "recipients": "主送机关",
    "attachments": "附件",
    "printed_on": "印发日期",
    "genre": "体裁",
}
_NEEDED = ("title", "created_on", "attribute")


def missing(values: Mapping[str, Any], readings: Mapping[str, Any]) -> list[str]:
    """What a clerk has to look at before the file may be confirmed together with others, in words."""
    needed = [FIELD_LABELS[name] for name in _NEEDED if not values.get(name)]
    doubtful = [
        FIELD_LABELS[name]
        for name in EDITABLE
        if name not in _NEEDED and not values.get(name) and readings.get(name, {}).get("doubt")
    ]
    return needed + doubtful
