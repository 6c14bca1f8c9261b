"""The genre (体裁) of a document, as its title says at the end: 关于…的通知 is a 通知."""

import re

_TRAILER = re.compile(r"(?:[((][^()()]{0,40}[))]|[》”」\s])+$")
_CODES = {
    "会议纪要": "minutes",
    "命令": "order",
    "令": "order",
    "决定": "decision",
    "公告": "proclamation",
    "通告": "public_notice",
    "通知": "notice",
    "通报": "circular",
    "议案": "motion",
    "报告": "report",
    "请示": "petition",
    "批复": "reply",
    "意见": "opinion",
    "复函": "letter",
    "函": "letter",
}


def of_title(title: str) -> str:
    """The code of the genre; empty where the title does not say."""
    bare = _TRAILER.sub("", title)
    return next((code for label, code in _CODES.items() if bare.endswith(label)), "")
