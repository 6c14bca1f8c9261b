"""Boxes that are ticked: a column for each box, or all boxes with their words in one cell."""

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence

from gongkai.imports.domain import values
from gongkai.law import vocabulary

_TICKED, _EMPTY = "■☑√✓✔●◆☒", "□☐○◇"
_BOX = re.compile(f"([{_TICKED}{_EMPTY}])([^{_TICKED}{_EMPTY}]*)")
_BETWEEN = re.compile(r"[、，,；;/\s]+")
_MARKS = re.compile(r"[^\w\u4e00-\u9fff]+")
# Words by which a box is known, the more particular first; a cell may say more ("其他（精准推送）").
_WORDS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "channels": (
        ("targeted_push", "精准推送"),
        ("new_media", "两微一端"),
        ("press_conference", "发布会"),
        ("broadcast", "广播"),
        ("print_media", "纸质"),
        ("reading_place", "查阅"),
        ("service_centre", "服务中心"),
        ("service_station", "服务站"),
        ("on_site", "入户"),
        ("notice_board", "公示栏"),
        ("gazette", "公报"),
        ("website", "网站"),
        ("other", "其他"),
    ),
    "audience": (("everybody", "全社会"), ("some", "特定")),
    "mode": (("on_request", "依申请"), ("proactive", "主动")),
    "level": (("county", "县"), ("town", "乡"), ("village", "村")),
}
_ORDER = {
    "channels": tuple(vocabulary.standard_channels()),
    **{name: tuple(code for code, _ in words) for name, words in _WORDS.items() if name != "channels"},
}


@dataclasses.dataclass(frozen=True)
class Ticked:
    """The boxes that are ticked, in the order of the form; ``note`` is what else was written there."""

    ids: tuple[str, ...]
    note: str = ""


def box(name: str, words: str) -> str:
    """The box that these words name; empty if none."""
    return next((code for code, word in _WORDS[name] if word in words), "")


def read(name: str, cells: Sequence[str], columns: Iterable[tuple[int, str]]) -> Ticked:
    """What is ticked in the columns of one field."""
    ids: set[str] = set()
    notes: list[str] = []
    for column, above in columns:
        text = cells[column]
        if above:
            _own_column(text, above, ids, notes)
        else:
            _one_cell(name, text, ids, notes)
    return Ticked(tuple(code for code in _ORDER[name] if code in ids), "；".join(dict.fromkeys(notes))[:4_000])


def _own_column(text: str, above: str, ids: set[str], notes: list[str]) -> None:
    """Anything but an empty box ticks it; words beside the tick are a note."""
    if not text or (text[0] in _EMPTY and not any(mark in text for mark in _TICKED)):
        return
    ids.add(above)
    words = values.tidy(text.strip(_TICKED + " "))
    if _MARKS.sub("", words) not in {"", "是", "1", "v", "V", "x", "X"}:
        notes.append(words)


def _one_cell(name: str, text: str, ids: set[str], notes: list[str]) -> None:
    """With boxes only the ticked words count, without boxes all of them do."""
    boxes = _BOX.findall(text)
    words = [word for mark, word in boxes if mark in _TICKED] if boxes else _BETWEEN.split(text)
    for word in filter(None, (values.tidy(word).strip("_＿ 、，,；;") for word in words)):
        found = box(name, word)
        if found:
            ids.add(found)
        if not found or _says_more(found, name, word):
            notes.append(word)


def _says_more(code: str, name: str, word: str) -> bool:
    """其他（12345热线）, 特定群体（低保对象）: what stands in brackets or behind a colon."""
    return code in {"other", "some"} and bool(re.search(r"[（(：:]\s*[^\s_＿）)]", word))
