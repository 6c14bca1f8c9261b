"""Where else a public record appeared: gazette, Weibo, WeChat and others beside the website."""

import dataclasses
import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from gongkai.law import secrecy_marks

_ADDRESS = re.compile(r"https?://[^\s<>\"']+")
_SEPARATOR = re.compile(r"\t|\s*[|｜]\s*")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


class Channel(StrEnum):
    """One way to the public. `WEBSITE` comes with publication and is never entered by hand."""

    WEBSITE = "website"
    GAZETTE = "gazette"
    WEIBO = "weibo"
    WECHAT = "wechat"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Channel.WEBSITE: "政府网站",
    Channel.GAZETTE: "政府公报",
    Channel.WEIBO: "政务微博",
    Channel.WECHAT: "政务微信",
    Channel.OTHER: "其他方式",
}
BY_HAND = (Channel.GAZETTE, Channel.WEIBO, Channel.WECHAT, Channel.OTHER)
# How the office writes them in its own tables.
_SPELLINGS = {label: channel for channel, label in _LABELS.items()} | {
    "公报": Channel.GAZETTE,
    "微博": Channel.WEIBO,
    "微信": Channel.WECHAT,
    "微信公众号": Channel.WECHAT,
    "其他": Channel.OTHER,
}


@dataclasses.dataclass(frozen=True, kw_only=True)
class Posting:
    """One appearance. ``name`` is the gazette, account or medium; ``place`` the issue of a gazette or the like."""

    channel: Channel
    name: str
    published_on: date
    address: str = ""
    place: str = ""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Line:
    """One pasted line: a posting with the number of its record, or what is wrong with the line."""

    number: int
    index_number: str = ""
    posting: Posting | None = None
    objection: str = ""


def objection(posting: Posting, *, today: date) -> str:
    """What stands against this posting, in a sentence; empty when nothing does."""
    if posting.channel not in BY_HAND:
        return "政府网站的公开情况由系统自动记录，不用填写。"
    if not posting.name:
        return "请填写公报、账号或者媒体的名称。"
    if len(posting.name) > 120 or len(posting.place) > 120 or len(posting.address) > 500:
        return "名称、期号最多120个字，链接最多500个字符。"
    if posting.published_on > today:
        return "公开日期晚于今天。"
    if posting.address and not _ADDRESS.fullmatch(posting.address):
        return "链接要以 http:// 或者 https:// 开头。"
    if secrecy_marks.is_marked(f"{posting.name}\n{posting.place}"):
        return "内容带有国家秘密标志，未保存。本系统为非涉密系统，不得存储、处理涉密信息。"
    return ""


def read_lines(text: str, *, today: date) -> Iterator[Line]:
    """Lines as pasted from a table: 索引号, 渠道, 名称, 日期, and behind them link and issue in either order."""
    for number, raw in enumerate(text.splitlines(), 1):
        if raw.strip():
            cells = [cell.strip() for cell in _SEPARATOR.split(raw.strip())]
            yield _line(number, cells, today)


def _line(number: int, cells: list[str], today: date) -> Line:
    if len(cells) < 4:
        return Line(number=number, objection="至少要有索引号、渠道、名称、日期四项。")
    index_number, word, name, day, *rest = cells
    channel, published_on = _SPELLINGS.get(word), _day(day)
    if channel is None:
        return Line(
            number=number, objection=f"没有“{word[:20]}”这种渠道，请写政府公报、政务微博、政务微信或者其他方式。"
        )
    if published_on is None:
        return Line(number=number, objection="日期请写成“2026-01-31”的样式。")
    posting = Posting(
        channel=channel,
        name=name,
        published_on=published_on,
        address=next((cell for cell in rest if "://" in cell), ""),
        place=next((cell for cell in rest if cell and "://" not in cell), ""),
    )
    wrong = objection(posting, today=today)
    return Line(number=number, index_number=index_number, posting=None if wrong else posting, objection=wrong)


def _day(text: str) -> date | None:
    match = _DAY.fullmatch(text)
    try:
        return date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        return None
