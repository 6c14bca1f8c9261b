"""Lists of words as people keep them: one to a line, the right word and the severity behind it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from gongkai.law.findings import Severity

LONGEST_WRONG, LONGEST_RIGHT, MOST = 60, 120, 20_000
_SEPARATOR = re.compile(r"\t|,|，|→|->|｜|\|")
_SEVERITIES = {severity.label: severity for severity in Severity}
_HEADINGS = frozenset({"错误词", "错词", "敏感词", "词语", "原词"})


class UnreadableList(ValueError):
    """A line does not fit; the message says which and why."""


class Line(NamedTuple):
    """A word to be told of. Without a right one it is only to be looked at."""

    wrong: str
    right: str = ""
    severity: Severity = Severity.WARNING


def read(text: str) -> tuple[Line, ...]:
    """The lines of a pasted table or a text file; the last one of a word counts. Raises `UnreadableList`."""
    found = {line.wrong: line for line in _lines(text)}
    if not found:
        raise UnreadableList("没有读到词语，请每行写一个。")
    if len(found) > MOST:
        raise UnreadableList(f"一次最多{MOST}个词语。")
    return tuple(found.values())


def _lines(text: str) -> Iterator[Line]:
    for number, row in enumerate(text.splitlines(), start=1):
        cells = [cell.strip() for cell in _SEPARATOR.split(row)]
        if any(cells) and cells[0] not in _HEADINGS:
            yield _line(cells, number)


def _line(cells: list[str], number: int) -> Line:
    wrong, right, severity = (*cells[:3], "", "")[:3]
    if not 2 <= len(wrong) <= LONGEST_WRONG:
        raise UnreadableList(f"第{number}行：词语应为2至{LONGEST_WRONG}个字。")
    if len(right) > LONGEST_RIGHT:
        raise UnreadableList(f"第{number}行：正确写法最多{LONGEST_RIGHT}个字。")
    if wrong in right.split("、"):
        raise UnreadableList(f"第{number}行：正确写法与词语相同。")
    if severity and severity not in _SEVERITIES:
        raise UnreadableList(f"第{number}行：级别应为{'、'.join(_SEVERITIES)}。")
    return Line(wrong, right, _SEVERITIES.get(severity, Severity.WARNING))
