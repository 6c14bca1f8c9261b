"""A policy library: the documents that an agency has published, and how many were in force on a day."""

import csv
import dataclasses
import datetime
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from gongkai.auditing import errors
from gongkai.auditing.reading import sources

LARGEST = 60_000_000
NORMATIVE_COLUMN = "art20_01_normative.normative"
# What a column of a catalogue may be called: as the public interface and its table write it, then other words.
_NAMES = {
    "title": ("title", "标题", "名称", "文件名称"),
    "number": ("document_number", "文号", "发文字号"),
    "agency": ("agency", "机关", "发布机构", "发文机关", "制定机关"),
    "issued_on": ("created_on", "成文日期", "发文日期", "印发日期"),
    "effective_on": ("effective_on", "施行日期", "生效日期", "实施日期"),
    "invalid_since": ("invalid_since", "失效日期", "废止日期"),
    "expires_on": ("expires_on", "有效期至", "有效期限"),
    "validity": ("validity", "有效性", "效力", "效力状态"),
    "normative": ("is_normative", "规范性文件", "是否规范性文件"),
    "column": ("column", "栏目"),
}
_ENDED = re.compile(r"repealed|expired|^失效|^已?废止|^无效|^已失效")
_DATE = re.compile(r"(\d{4})[-年/.](\d{1,2})[-月/.](\d{1,2})")


@dataclasses.dataclass(frozen=True)
class Entry:
    """A document. `ended_on` is the day since which, or until which, it holds; `has_ended` what is said of today.

    `is_normative` is None where the catalogue does not say.
    """

    title: str
    number: str = ""
    agency: str = ""
    issued_on: datetime.date | None = None
    effective_on: datetime.date | None = None
    ended_on: datetime.date | None = None
    has_ended: bool = False
    is_normative: bool | None = None
    key: str = ""

    def held(self, day: datetime.date) -> bool | None:
        """Whether it was in force at the end of the day; None where its dates leave that open."""
        if self.issued_on is not None and self.issued_on > day:
            return False
        if self.has_ended and self.ended_on is None:
            return None
        if self.ended_on is not None and self.ended_on < day:
            return False
        begun = self.issued_on is not None and (self.effective_on is None or self.effective_on <= day)
        return True if begun and self.ended_on != day else None


@dataclasses.dataclass(frozen=True)
class Count:
    """Documents that were in force, and those of which that is open."""

    sure: tuple[Entry, ...]
    open: tuple[Entry, ...]

    @property
    def least(self) -> int:
        return len(self.sure)

    @property
    def most(self) -> int:
        return len(self.sure) + len(self.open)


@dataclasses.dataclass(frozen=True)
class Library:
    """All documents of a catalogue. `source` is what users know it by; with an `owner` it holds that agency's only."""

    source: str
    entries: tuple[Entry, ...]
    owner: str = ""

    @property
    def tells_normative(self) -> bool:
        return not self.entries or any(entry.is_normative is not None for entry in self.entries)


def in_force(entries: Sequence[Entry], day: datetime.date) -> Count:
    """The normative ones among the documents at the end of a day."""
    held = [(entry, entry.held(day)) for entry in entries if entry.is_normative]
    return Count(tuple(e for e, h in held if h), tuple(e for e, h in held if h is None))


def read(path: Path) -> Library:
    """A catalogue as the public interface gives it out, CSV or JSON. Raises `CannotRead`."""
    try:
        if path.stat().st_size > LARGEST:
            raise errors.TooLarge(f"目录超过{LARGEST // 1_000_000}MB的上限")
        content = sources.decoded(path.read_bytes())
    except OSError as problem:
        raise errors.NotFound(f"目录打不开:{problem.strerror or path.name}") from problem
    rows = _json(content) if content.lstrip()[:1] in ("[", "{") else _csv(content)
    return Library(str(path), tuple(map(_entry, rows)))


def from_rows(source: str, rows: Sequence[Mapping[str, Any]]) -> Library:
    """A library of lines as the public interface writes them."""
    return Library(source, tuple(_entry(_known(row)) for row in rows))


def _json(content: str) -> list[Mapping[str, Any]]:
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as problem:
        raise errors.Damaged("目录不是完整的JSON") from problem
    rows = data.get("results") if isinstance(data, dict) else data
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise errors.Unsupported("目录应是条目的列表")
    return [_known({**row, **_metadata(row)}) for row in rows]


def _metadata(row: Mapping[str, Any]) -> Mapping[str, Any]:
    metadata = row.get("metadata")
    return metadata if isinstance(metadata, dict) else {}


def _csv(content: str) -> list[Mapping[str, Any]]:
    try:
        rows = [_known(row) for row in csv.DictReader(io.StringIO(content))]
    except csv.Error as problem:
        raise errors.Damaged("目录不是完整的CSV表") from problem
    if rows and "title" not in rows[0]:
        raise errors.Unsupported("目录没有“标题”列")
    return rows


def _known(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: row[word] for name, words in _NAMES.items() for word in reversed(words) if row.get(word) is not None}


def _entry(row: Mapping[str, Any]) -> Entry:
    return Entry(
        title=_text(row, "title"),
        number=_text(row, "number"),
        agency=_text(row, "agency"),
        issued_on=_day(row, "issued_on"),
        effective_on=_day(row, "effective_on"),
        ended_on=_day(row, "invalid_since") or _day(row, "expires_on"),
        has_ended=bool(_ENDED.search(_text(row, "validity"))),
        is_normative=_is_normative(row),
    )


def _is_normative(row: Mapping[str, Any]) -> bool | None:
    said = _text(row, "normative").lower()
    if said in ("是", "true", "1", "y", "yes"):
        return True
    if _text(row, "column") == NORMATIVE_COLUMN:
        return True
    return None if "normative" not in row and "column" not in row else False


def _text(row: Mapping[str, Any], name: str) -> str:
    """A cell without the sign that disarms formulas."""
    return str(row.get(name) or "").strip().removeprefix("'")


def _day(row: Mapping[str, Any], name: str) -> datetime.date | None:
    found = _DATE.match(_text(row, name))
    try:
        return datetime.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def described(entries: Sequence[Entry]) -> Iterator[dict[str, Any]]:
    """Plain values that go through JSON; `from_plain` is the opposite."""
    for entry in entries:
        yield {
            name: value.isoformat() if isinstance(value, datetime.date) else value
            for name, value in dataclasses.asdict(entry).items()
        }


def from_plain(data: Mapping[str, Any]) -> Entry:
    days = {name: datetime.date.fromisoformat(data[name]) if data[name] else None for name in _DAYS}
    return Entry(**{**data, **days})


_DAYS = ("issued_on", "effective_on", "ended_on")
