"""Lines of front-server logs, as far as they tell that somebody read something. Addresses and queries are not kept."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

_ZONE = ZoneInfo("Asia/Shanghai")
# nginx "combined": everything up to the time is passed over.
_COMBINED = re.compile(
    r'\[(?P<at>\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\] "(?P<method>[A-Z]+) (?P<path>\S+)[^"]*" '
    r'(?P<status>\d{3}) \S+ "[^"]*" "(?P<agent>[^"]*)"'
)
_PLACE = re.compile(r"(?:/elder)?/entries/(?P<entry>\d{1,18})/(?:files/(?P<file>\d{1,6})/)?\Z")
_NAMES = (*("Jan", "Feb", "Mar", "Apr", "May", "Jun"), *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"))
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
# A page that a cache knew to be unchanged was read all the same.
_READ = frozenset({"200", "304"})
# Programs that say so. Who hides is counted: nobody is looked at more closely for that.
_BOTS = re.compile(
    r"bot|spider|crawl|slurp|archiver|monitor|probe|scan|check|preview|fetch|curl|wget|python|java/|okhttp|go-http|"
    r"libwww|httpclient|headless|phantom|lighthouse",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, order=True)
class Reading:
    """One page read or file fetched; ``position`` 0 is the page."""

    entry_id: int
    position: int
    day: date

    def __str__(self) -> str:
        return f"{self.entry_id} {self.position} {self.day}"

    @classmethod
    def parse(cls, line: str) -> "Reading | None":
        """What ``str`` wrote; None for a line that was broken off."""
        try:
            entry_id, position, day = line.split(" ")
            return cls(int(entry_id), int(position), date.fromisoformat(day))
        except ValueError:
            return None


def reading_in(line: str, *, mount_path: str = "") -> Reading | None:
    """What the line tells, from nginx (combined) or our own request log; None where it tells of no reading."""
    values = _own(line) if line.startswith("{") else _combined(line)
    if values is None or values["method"] != "GET" or values["status"] not in _READ or is_bot(values["agent"]):
        return None
    place = _PLACE.fullmatch(values["path"].partition("?")[0].removeprefix(mount_path))
    if place is None:
        return None
    return Reading(int(place["entry"]), int(place["file"] or 0), date.fromisoformat(values["day"]))


def is_bot(agent: str) -> bool:
    return agent in {"", "-"} or _BOTS.search(agent) is not None


def _combined(line: str) -> Mapping[str, str] | None:
    found = _COMBINED.search(line)
    if found is None:
        return None
    day = _day(found["at"])
    return None if day is None else {**found.groupdict(), "day": day}


def _own(line: str) -> Mapping[str, str] | None:
    try:
        values = json.loads(line)
        at = datetime.fromisoformat(values["at"]).astimezone(_ZONE)
        told = {"method": str(values["method"]), "path": str(values["path"]), "status": str(values["status"])}
    except (ValueError, KeyError, TypeError):
        return None
    # It names no program; behind a cache it is the cache that asks.
    return {**told, "agent": "unknown", "day": at.date().isoformat()}


def _day(at: str) -> str | None:
    """The day in our own time of ``28/Nov/2026:17:05:01 +0000``, whatever the language of the machine."""
    day, month, rest = at.split("/", 2)
    if month not in _MONTHS:
        return None
    year, hour, minute, second = rest[:13].split(":")
    zone = f"{rest[14:17]}:{rest[17:19]}"
    moment = f"{year}-{_MONTHS[month]:02}-{day}T{hour}:{minute}:{second}{zone}"
    try:
        return datetime.fromisoformat(moment).astimezone(_ZONE).date().isoformat()
    except ValueError:
        return None
