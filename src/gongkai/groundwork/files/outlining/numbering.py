"""Numbers that Word counts by itself: official papers use them for 一、 and （一） as much as for lists."""

import re
from collections import defaultdict
from dataclasses import dataclass, replace

from lxml import etree

from gongkai.groundwork.files.inspecting.archives import Archive
from gongkai.groundwork.files.outlining import parts
from gongkai.groundwork.files.outlining.parts import attribute, child, children, value_of

_PLACE = re.compile(r"%([1-9])")
_CHINESE = "零一二三四五六七八九"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LARGEST = 9999


@dataclass(frozen=True, slots=True)
class _Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1


class Numbering:
    """Counts along the document: every paragraph is asked once, in order."""

    def __init__(self, archive: Archive) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._kin: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if "word/numbering.xml" in archive.names:
            self._read(archive)

    def marker(self, number: str, level: int) -> str | None:
        """What stands in front of the paragraph; None where it has no number, empty where it has a bullet."""
        found = self._levels.get(number, {}).get(level)
        if found is None or found.form == "none":
            return None
        counts = self._counts[self._kin[number]]
        counts[level] = min(counts.get(level, found.start - 1) + 1, _LARGEST)
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        if found.form == "bullet":
            return ""
        return _PLACE.sub(lambda place: self._written(number, int(place[1]) - 1, counts), found.text)

    def _written(self, number: str, level: int, counts: dict[int, int]) -> str:
        found = self._levels[number].get(level, _Level())
        return written(counts.get(level, found.start), found.form)

    def _read(self, archive: Archive) -> None:
        root = parts.read(archive, "word/numbering.xml")
        abstract = {attribute(each, "abstractNumId"): _levels(each) for each in children(root, "abstractNum")}
        for each in children(root, "num"):
            kin, key = value_of(each, "abstractNumId"), attribute(each, "numId")
            changes = list(children(each, "lvlOverride"))
            self._levels[key] = _changed(abstract.get(kin, {}), changes)
            starts_anew = any(value_of(change, "startOverride") for change in changes)
            self._kin[key] = f"own {key}" if starts_anew else kin


def _levels(element: etree._Element) -> dict[int, _Level]:
    return {_place(level): _level(level) for level in children(element, "lvl")}


def _changed(levels: dict[int, _Level], changes: list[etree._Element]) -> dict[int, _Level]:
    changed = dict(levels)
    for change in changes:
        place, own = _place(change), child(change, "lvl")
        level = changed.get(place, _Level()) if own is None else _level(own)
        start = value_of(change, "startOverride")
        changed[place] = replace(level, start=int(start)) if start.isdecimal() else level
    return changed


def _place(element: etree._Element) -> int:
    deep = attribute(element, "ilvl")
    return int(deep) if deep.isdecimal() else 0


def _level(element: etree._Element) -> _Level:
    start = value_of(element, "start")
    form, text = value_of(element, "numFmt") or "decimal", value_of(element, "lvlText")
    return _Level(form, text, int(start) if start.isdecimal() else 1)


def written(number: int, form: str) -> str:
    """The number in one of Word's forms; forms that we do not know are written in Arabic figures."""
    if form in {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand"}:
        return chinese(number)
    if form == "ideographDigital":
        return "".join("〇" if digit == "0" else _CHINESE[int(digit)] for digit in str(number))
    if form == "decimalEnclosedCircle" and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if form in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (number - 1) % 26)
        return letter.upper() if form == "upperLetter" else letter
    if form in {"lowerRoman", "upperRoman"}:
        return _roman(number).upper() if form == "upperRoman" else _roman(number)
    return str(number)


def chinese(number: int) -> str:
    """一 to 九千九百九十九."""
    if not 0 < number <= _LARGEST:
        return str(number)
    found, skipped = "", False
    for value, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, value)
        if digit:
            found += ("零" if skipped and found else "") + _CHINESE[digit] + unit
        skipped = not digit
    return found.removeprefix("一") if found.startswith("一十") else found


def _roman(number: int) -> str:
    found = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        found += letters * times
    return found
