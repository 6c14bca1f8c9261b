"""The disclosure attribute as tables of other systems write it."""

_WORDS = {
    "proactive": ("主动公开", "公开", "公开发布", "此件公开发布", "全文公开", "是"),
    "on_request": ("依申请公开", "依申请", "此件依申请公开"),
    "not_disclosed": ("不予公开", "不公开", "免予公开", "免于公开", "不予公开(免予公开)", "此件不公开", "否"),
    "not_gov_info": ("非政府信息", "不属于政府信息"),
}
_MEANINGS = {word: value for value, words in _WORDS.items() for word in words}


def value_of(words: str) -> str | None:
    """The attribute; empty for an empty cell, None for words that are none of it."""
    closed = "".join(words.split()).replace("（", "(").replace("）", ")").strip("。")
    return _MEANINGS.get(closed) if closed else ""
