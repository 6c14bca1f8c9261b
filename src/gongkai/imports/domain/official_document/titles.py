"""The title: the centred lines after the head; without layout the lines that end in a genre."""

import re
from collections.abc import Sequence

from gongkai.groundwork.files.outlining.outline import BlockKind
from gongkai.imports.domain import genres
from gongkai.imports.domain.official_document import days
from gongkai.imports.domain.official_document.found import Found
from gongkai.imports.domain.official_document.sheet import Line, Sheet

_WITHIN = 25
_MOST_LINES = 6
_LONGEST = 200
_MARKS = re.compile(r"(?:[0-9]{6}|特急|加急|平急|特提|急件|(?!.*关于).{0,10}(?:文件|令|公告|签发人[:：].*))")
_NOTE = re.compile(r"[(（].*(?:通过|批准|修订|修正|施行|公布).*[)）]")


def read(sheet: Sheet, *, after: int) -> tuple[range, Found] | None:
    """The places of its lines and what was read. ``after``: the place of the number, -1 without one."""
    candidates = sheet.lines[after + 1 : after + 1 + _WITHIN]
    places = _centred(candidates, sheet) if sheet.has_layout else range(0)
    doubt = ""
    if not places:
        places, doubt = _by_words(candidates), "没有找到居中的标题，请核对。"
    if not places:
        return None
    lines = candidates[places.start : places.stop]
    title = _joined(lines)
    if not title or len(title) > _LONGEST:
        return None
    if not doubt and after < 0 and not genres.of_title(title):
        doubt = "文件没有发文字号，标题末尾也看不出文种，请核对。"
    found = Found(title, sheet.place(lines[0], "标题"), doubt)
    return range(after + 1 + places.start, after + 1 + places.stop), found


def _centred(lines: Sequence[Line], sheet: Sheet) -> range:
    """The first run of centred lines that is neither head nor mark."""
    start = next((place for place, line in enumerate(lines) if _may_begin(line, sheet)), None)
    if start is None:
        return range(0)
    stop = start + 1
    while stop < min(len(lines), start + _MOST_LINES) and _may_follow(lines[stop], lines[start]):
        stop += 1
    return range(start, stop)


def _may_begin(line: Line, sheet: Sheet) -> bool:
    is_centred = line.align == "center" or (line.kind is BlockKind.HEADING and line.level == 1)
    is_head = line.is_red or _MARKS.fullmatch(line.closed_up) is not None
    return is_centred and not is_head and not line.text.startswith(("(", "（"))


def _may_follow(line: Line, first: Line) -> bool:
    if line.align != first.align or line.kind is not first.kind or line.is_red:
        return False
    is_note = _NOTE.fullmatch(line.closed_up) is not None or days.DAY.search(line.closed_up) is not None
    return not is_note and abs(line.size - first.size) <= 0.15 * max(first.size, 1)


def _by_words(lines: Sequence[Line]) -> range:
    """Without layout: up to four lines from the first that may begin a title to the one that ends in a genre."""
    for start, line in enumerate(lines[:12]):
        if not re.match(r".{0,40}关于", line.closed_up) or re.search(r"[。；]", line.closed_up):
            continue
        for stop in range(start + 1, min(start + 5, len(lines) + 1)):
            if genres.of_title(_joined(lines[start:stop])):
                return range(start, stop)
        return range(0)
    return range(0)


def _joined(lines: Sequence[Line]) -> str:
    return "".join(line.closed_up if not line.text.isascii() else line.text for line in lines)
