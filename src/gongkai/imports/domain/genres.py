"""The genre (体裁) of a document, as its title says at the end: 关于…的通知 is a 通知."""

import re

_TRAILER = re.compile(r"(?:[((][^()()]{0,40}[))]|[》”」\s])+$")
# Endings of titles with the genre that they tell; longer ones come before those that they end in.
_ENDINGS = {
    "会议纪要": "会议纪要",
    "令": "命令",
    "决定": "决定",
    "公告": "公告",
    "通告": "通告",
    "通知": "通知",
    "通报": "通报",
    "议案": "议案",
    "报告": "报告",
    "请示": "请示",
    "批复": "批复",
    "意见": "意见",
    "函": "函",
}


def of_title(title: str) -> str:
    """The genre in the words of the standard; empty where the title does not say."""
    bare = _TRAILER.sub("", title)
    return next((genre for ending, genre in _ENDINGS.items() if bare.endswith(ending)), "")
