"""The foot of the text: signature, day of writing, list of attachments; and the imprint (版记) below."""

import re
from collections.abc import Sequence

from gongkai.imports.domain.official_document import attribute, days
from gongkai.imports.domain.official_document.found import Found
from gongkai.imports.domain.official_document.sheet import Line, Sheet

_COPIES = re.compile(r"(?:抄送|抄报|主送|分送|印送)[:：]")
_PRINTED = re.compile(r"(?P<who>.{2,40}?)[ \t]*(?P<day>\d{4}年.*日|[一二]\S{3}年.*日)印[发制]")
_ATTACHED = re.compile(r"附件[:：](?P<rest>.*)")
_LISTED = re.compile(r"(?P<number>\d{1,2})[.．、](?P<name>.+)")
_ANNEX = re.compile(r"附件[0-9一二三四五六七八九十]*")
_MOST_SIGNATURES = 12
_LONGEST_NAME = 60


def printed(sheet: Sheet) -> tuple[int, Found] | None:
    """The day on which it was printed (印发日期)."""
    for place in range(len(sheet.lines) - 1, -1, -1):
        match = _PRINTED.fullmatch(sheet.lines[place].text.replace("\t", " "))
        day = days.DAY.search(match["day"]) if match else None
        value = days.of_match(day) if day else None
        if value is not None:
            return place, Found(value, sheet.place(sheet.lines[place], "版记"))
    return None


def is_imprint(line: Line) -> bool:
    """Whether the line belongs to the imprint, which is no part of the text."""
    return bool(_COPIES.match(line.closed_up)) or bool(_PRINTED.fullmatch(line.text.replace("\t", " ")))


def written(sheet: Sheet, *, after: int) -> tuple[int, Found] | None:
    """The day of writing: the day that stands alone at the foot of the text, before annexes and imprint."""
    places = [
        place
        for place, line in enumerate(sheet.lines)
        if place > after and days.alone(line.text) is not None and not line.text.startswith(("(", "（"))
    ]
    if not places:
        return None
    noted = [place for place in places if _is_followed_by_note(sheet.lines, place)]
    end = next((place for place, line in enumerate(sheet.lines) if place > after and _ends_text(line)), None)
    before_end = [place for place in places if end is None or place < end]
    place = (noted or before_end or places)[-1 if not noted else 0]
    doubt = ""
    if not noted and len(before_end) != 1:
        doubt = "文件中单独成行的日期不止一个，请核对。" if len(places) > 1 else "日期不在正文末尾，请核对。"
    day = days.alone(sheet.lines[place].text)
    assert day is not None
    return place, Found(day, sheet.place(sheet.lines[place], "落款"), doubt)


def signed(sheet: Sheet, *, day_place: int) -> tuple[str, ...]:
    """The bodies that signed: the lines directly above the day of writing."""
    names: list[str] = []
    for line in reversed(sheet.lines[max(0, day_place - _MOST_SIGNATURES) : day_place]):
        is_name = len(line.closed_up) <= _LONGEST_NAME and not re.search(r"[，。；：:！？]", line.closed_up)
        if not is_name or (sheet.has_layout and line.align != "right"):
            break
        names[:0] = [name for name in line.text.split(" ") if name] if _are_names(line.text) else [line.closed_up]
        if not sheet.has_layout:
            break
    return tuple(names)


def attached(sheet: Sheet) -> Found | None:
    """The names in the list of attachments (附件说明)."""
    for place, line in enumerate(sheet.lines):
        match = _ATTACHED.match(line.closed_up)
        if match is None or not match["rest"]:
            continue
        names = [_name(match["rest"])]
        for following in sheet.lines[place + 1 :]:
            listed = _LISTED.fullmatch(following.closed_up)
            if listed is None or int(listed["number"]) != len(names) + 1:
                break
            names.append(listed["name"])
        return Found(tuple(names), sheet.place(line, "附件说明"))
    return None


def _name(text: str) -> str:
    listed = _LISTED.fullmatch(text)
    return listed["name"] if listed else text


def _are_names(text: str) -> bool:
    """Two and more names in one line: 甲局 乙局; a single name with blanks between its letters has short pieces."""
    pieces = text.split(" ")
    return len(pieces) > 1 and all(len(piece) >= 2 for piece in pieces)


def _is_followed_by_note(lines: Sequence[Line], place: int) -> bool:
    return any(attribute.is_note(line.closed_up) for line in lines[place + 1 : place + 4])


def _ends_text(line: Line) -> bool:
    return is_imprint(line) or bool(_ANNEX.fullmatch(line.closed_up))
