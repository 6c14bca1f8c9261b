"""Damage to the text of a whole report, words and tables alike, as copying, conversion and careless editing do it.

Every change leaves the numbers that remain at the value that the report had.
"""

import random
import re
from collections.abc import Callable

Damage = Callable[[str, random.Random], str | bytes]
_WORDS = re.compile(r"[\u4e00-\u9fff](?=[\u4e00-\u9fff])")
_HEADS = (
    *("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计", "申请人情况", "信息内容"),
    *("结果维持", "结果纠正", "其他结果", "尚未审结", "行政复议", "行政诉讼", "统计指标", "本年制发件数", "本年新收"),
)


def gbk(text: str, _: random.Random) -> bytes:
    return text.encode("gb18030")


def utf_16(text: str, _: random.Random) -> bytes:
    return text.encode("utf-16")


def old_line_ends(text: str, _: random.Random) -> str:
    return text.replace("\n", "\r\n")


def wide_digits(text: str, _: random.Random) -> str:
    return re.sub(r"[0-9]", lambda match: chr(ord(match.group()) + 0xFEE0), text)


def blanks_in_words(text: str, chance: random.Random) -> str:
    return _between(text, chance, " ", 0.1)


def line_ends_in_words(text: str, chance: random.Random) -> str:
    return _between(text, chance, "\n", 0.02)


def invisible_marks(text: str, chance: random.Random) -> str:
    return _between(text, chance, "\u200b", 0.1)


def one_line(text: str, _: random.Random) -> str:
    return text.replace("\n", " ")


def empty_lines(text: str, _: random.Random) -> str:
    return text.replace("\n", "\n\n")


def wrong_characters(text: str, chance: random.Random) -> str:
    return _WORDS.sub(lambda match: chance.choice("的一是不了") if chance.random() < 0.01 else match.group(), text)


def lost_characters(text: str, chance: random.Random) -> str:
    return _WORDS.sub(lambda match: "" if chance.random() < 0.01 else match.group(), text)


def lost_lines(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    for _ in range(min(2, len(lines) - 1)):
        del lines[chance.randrange(1, len(lines))]
    return "\n".join(lines)


def cut_off(text: str, chance: random.Random) -> str:
    """The end is missing, from a line's end on."""
    return text[: text.rfind("\n", 0, int(len(text) * chance.uniform(0.4, 0.95)))]


def damaged_heads(text: str, chance: random.Random) -> str:
    for word in chance.sample(_HEADS, 5):
        text = text.replace(word, word[:-1], chance.choice((1, 2, 9)))
    return text


def other_brackets(text: str, _: random.Random) -> str:
    return text.translate(str.maketrans("(),:", "(),:"))


def _between(text: str, chance: random.Random, mark: str, share: float) -> str:
    return _WORDS.sub(lambda match: match.group() + (mark if chance.random() < share else ""), text)


DAMAGES: dict[str, Damage] = {
    name: value
    for name, value in globals().items()
    if callable(value) and getattr(value, "__module__", "") == __name__ and not name.startswith("_")
}
