"""A standard table (基层政务公开标准目录): its matters, what a new version changes, the limits that it names."""

import dataclasses
import functools
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from gongkai.groundwork import digests
from gongkai.law import vocabulary, workdays

_NOTHING_BUT_WORDS = re.compile(r"[^\w\u4e00-\u9fff]+")
_WORKDAYS = re.compile(r"(\d{1,3})\s*个?工作日")
_DAYS = re.compile(r"(\d{1,3})\s*[日天]内")


class Audience(StrEnum):
    """公开对象."""

    EVERYBODY = "everybody"
    SOME = "some"

    @property
    def label(self) -> str:
        return {"everybody": "全社会", "some": "特定群体"}[self.value]


class Mode(StrEnum):
    """公开方式."""

    PROACTIVE = "proactive"
    ON_REQUEST = "on_request"

    @property
    def label(self) -> str:
        return {"proactive": "主动", "on_request": "依申请公开"}[self.value]


class Level(StrEnum):
    """公开层级."""

    COUNTY = "county"
    TOWN = "town"
    VILLAGE = "village"

    @property
    def label(self) -> str:
        return {"county": "县级", "town": "乡级", "village": "村级"}[self.value]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Matter:
    """One row of the table, by the columns of the national form; lists hold ids."""

    seq: str = ""
    matter_l1: str = ""
    matter_l2: str = ""
    content: str = ""
    basis: str = ""
    time_limit: str = ""
    subject: str = ""
    channels: tuple[str, ...] = ()
    channel_note: str = ""
    audience: tuple[str, ...] = ()
    audience_note: str = ""
    mode: tuple[str, ...] = ()
    level: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What the matter keeps from version to version: its two names without blanks and marks."""
        names = _NOTHING_BUT_WORDS.sub("", f"{self.matter_l1}\n{self.matter_l2}")
        return digests.sm3(names.encode())[:32]

    @property
    def name(self) -> str:
        return self.matter_l2 or self.matter_l1


FIELDS = tuple(field.name for field in dataclasses.fields(Matter))
LISTS = ("channels", "audience", "mode", "level")
LABELS: Mapping[str, str] = {
    "seq": "序号",
    "matter_l1": "一级事项",
    "matter_l2": "二级事项",
    "content": "公开内容（要素）",
    "basis": "公开依据",
    "time_limit": "公开时限",
    "subject": "公开主体",
    "channels": "公开渠道和载体",
    "audience": "公开对象",
    "mode": "公开方式",
    "level": "公开层级",
}
_LIMITS = {"seq": 20, "matter_l1": 200, "matter_l2": 300, "time_limit": 500, "subject": 300}


@dataclasses.dataclass(frozen=True)
class Difference:
    """What a new version changes, by matter."""

    added: tuple[Matter, ...]
    removed: tuple[Matter, ...]
    changed: tuple[tuple[Matter, Matter, tuple[str, ...]], ...]

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.removed or self.changed)


def words_of(name: str, value: object) -> str:
    """A cell as people read it."""
    if name not in LISTS:
        return str(value)
    assert isinstance(value, tuple | list)
    return "、".join(_LIST_LABELS[name].get(item, item) for item in value)


def cells(matter: Matter) -> dict[str, str]:
    """The eleven columns of the form in words."""
    found = {name: words_of(name, getattr(matter, name)) for name in LABELS}
    for name, note in (("channels", matter.channel_note), ("audience", matter.audience_note)):
        if note:
            found[name] = f"{found[name]}（{note}）" if found[name] else note
    return found


def digest(title: str, matters: Iterable[Matter]) -> str:
    """Over everything that will be public: what is cleared and approved is exactly this."""
    whole = {"title": title, "matters": [dataclasses.asdict(matter) for matter in matters]}
    return digests.sm3(json.dumps(whole, ensure_ascii=False, sort_keys=True).encode())


def difference(before: Sequence[Matter], after: Sequence[Matter]) -> Difference:
    """Matters are the same if both their names are; a matter that moved has not changed."""
    old, new = ({matter.key: matter for matter in matters} for matters in (before, after))
    changed = (
        (old[key], matter, _changed_fields(old[key], matter))
        for key, matter in new.items()
        if key in old and _changed_fields(old[key], matter)
    )
    return Difference(
        added=tuple(matter for key, matter in new.items() if key not in old),
        removed=tuple(matter for key, matter in old.items() if key not in new),
        changed=tuple(changed),
    )


@functools.lru_cache(maxsize=10_000)
def limit_on(time_limit: str, formed_on: date) -> date | None:
    """By when something formed on that day should be public by the words of the table; None where they name no days."""
    if found := _WORKDAYS.search(time_limit):
        return workdays.calendar().add_workdays(formed_on, int(found[1])).day
    if found := _DAYS.search(time_limit):
        return date.fromordinal(formed_on.toordinal() + int(found[1]))
    return None


def fits(matter: Matter) -> bool:
    """Whether every cell fits the columns in which it is kept."""
    return all(len(getattr(matter, name)) <= limit for name, limit in _LIMITS.items()) and all(
        len(getattr(matter, name)) <= 4_000 for name in ("content", "basis", "channel_note", "audience_note")
    )


def _changed_fields(before: Matter, after: Matter) -> tuple[str, ...]:
    names = (name for name in FIELDS if name != "seq")
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


_LIST_LABELS: Mapping[str, Mapping[str, str]] = {
    "channels": vocabulary.labels(vocabulary.standard_channels()),
    "audience": {value.value: value.label for value in Audience},
    "mode": {value.value: value.label for value in Mode},
    "level": {value.value: value.label for value in Level},
}
