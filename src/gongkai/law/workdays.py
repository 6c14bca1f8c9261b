"""Working days: the statutory calendar, with make-up days, local overrides and a fallback for years not yet announced.

The State Council announces each year's holidays in the autumn before. Until then the year counts Monday to Friday
and everything that touches it is *provisional*. Nothing here reads the clock or the network.
"""

import bisect
import dataclasses
import datetime
import functools
import hashlib
from collections.abc import Iterable, Mapping
from importlib import metadata
from typing import NamedTuple, Self

import chinese_calendar

from gongkai.law import datafiles

FIRST_YEAR, LAST_YEAR = 1990, 2099

Day = datetime.date


class OutsideCalendar(ValueError):
    """The day lies before 1990 or after 2099, where the calendar ends."""


class Reached(NamedTuple):
    """A day found by counting; provisional if a year not yet announced was touched."""

    day: Day
    provisional: bool


class Counted(NamedTuple):
    """A number of working days, with the same reservation."""

    days: int
    provisional: bool


@dataclasses.dataclass(frozen=True)
class Calendar:
    """Which days are working days. `overrides` win over the statutory table.

    `announced` are years beyond the library whose notice has been entered as overrides in full.
    Build it with `calendar(...)`, which keeps one copy for equal arguments.
    """

    overrides: tuple[tuple[Day, bool], ...] = ()
    announced: frozenset[int] = frozenset()

    @functools.cached_property
    def _workdays(self) -> tuple[int, ...]:
        closed = {day.toordinal() for day, open_ in self.overrides if not open_}
        opened = {day.toordinal() for day, open_ in self.overrides if open_}
        if not closed and not opened:
            return _statutory_workdays()
        return tuple(sorted((set(_statutory_workdays()) - closed) | opened))

    @functools.cached_property
    def years(self) -> frozenset[int]:
        """Years whose holidays are announced."""
        return _library_years() | self.announced

    @functools.cached_property
    def edition(self) -> str:
        """Names the state of knowledge, so that a stored deadline can be recognised as outdated."""
        version = f"chinesecalendar-{metadata.version('chinesecalendar')}"
        if not self.overrides and not self.announced:
            return version
        content = repr((self.overrides, sorted(self.announced))).encode()
        return f"{version}+{hashlib.sha256(content).hexdigest()[:8]}"

    def is_workday(self, day: Day) -> bool:
        """Raises `OutsideCalendar`."""
        _check(day)
        place = bisect.bisect_left(self._workdays, day.toordinal())
        return place < len(self._workdays) and self._workdays[place] == day.toordinal()

    def is_provisional(self, day: Day) -> bool:
        """Whether that day's year is not announced and no override settles the day itself."""
        return day.year not in self.years and all(day != settled for settled, _ in self.overrides)

    def add_workdays(self, start: Day, count: int) -> Reached:
        """The `count`-th working day after `start`, which itself is not counted; negative counts go back.

        Zero gives `start`, working day or not. Raises `OutsideCalendar`.
        """
        _check(start)
        if count > 0:
            place = bisect.bisect_right(self._workdays, start.toordinal()) + count - 1
        elif count < 0:
            place = bisect.bisect_left(self._workdays, start.toordinal()) + count
        else:
            return Reached(start, provisional=self.is_provisional(start))
        if not 0 <= place < len(self._workdays):
            raise OutsideCalendar(f"{count} working days from {start.isoformat()}")
        day = Day.fromordinal(self._workdays[place])
        return Reached(day, provisional=self._touches_unannounced(start, day))

    def workdays_between(self, after: Day, until: Day) -> Counted:
        """Working days after `after` up to and including `until`; none if `until` is not later."""
        _check(after)
        _check(until)
        if until <= after:
            return Counted(0, provisional=False)
        first = bisect.bisect_right(self._workdays, after.toordinal())
        last = bisect.bisect_right(self._workdays, until.toordinal())
        return Counted(last - first, provisional=self._touches_unannounced(after, until))

    def next_workday(self, day: Day) -> Reached:
        """The day itself if it is a working day, otherwise the first one after it."""
        return self.add_workdays(day - datetime.timedelta(days=1), 1)

    def with_overrides(self, overrides: Mapping[Day, bool], *, announced: Iterable[int] = ()) -> Self:
        """A calendar on which these days (True: working day) win over this one."""
        merged = {**dict(self.overrides), **overrides}
        return type(self)(tuple(sorted(merged.items())), self.announced | frozenset(announced))

    def _touches_unannounced(self, one: Day, other: Day) -> bool:
        if one > other:
            one, other = other, one
        first = one + datetime.timedelta(days=1) if other > one else one
        return any(year not in self.years for year in range(first.year, other.year + 1))


@functools.lru_cache(maxsize=64)
def _calendar(overrides: tuple[tuple[Day, bool], ...], announced: frozenset[int]) -> Calendar:
    return _shipped().with_overrides(dict(overrides), announced=announced)


def calendar(overrides: Mapping[Day, bool] | None = None, *, announced: Iterable[int] = ()) -> Calendar:
    """The statutory calendar with the shipped overrides, and those given here on top."""
    return _calendar(tuple(sorted((overrides or {}).items())), frozenset(announced))


@functools.cache
def _shipped() -> Calendar:
    return read(datafiles.read("workday_overrides.yaml"))


def read(data: object) -> Calendar:
    """A calendar from override data: `announced: [years]`, `days: {date: true|false}`. Raises `BadDataFile`."""
    table = datafiles.mapping(data, place="workday overrides")
    days, announced = table.get("days") or {}, table.get("announced") or []
    if not isinstance(days, dict) or not all(isinstance(open_, bool) for open_ in days.values()):
        raise datafiles.BadDataFile("workday overrides: days maps dates to true (working day) or false")
    if not all(isinstance(year, int) for year in announced):
        raise datafiles.BadDataFile("workday overrides: announced is a list of years")
    checked = {datafiles.as_date(day, place="workday overrides"): open_ for day, open_ in days.items()}
    return Calendar().with_overrides(checked, announced=announced)


@functools.cache
def _library_years() -> frozenset[int]:
    return frozenset(range(min(chinese_calendar.holidays).year, max(chinese_calendar.holidays).year + 1))


@functools.cache
def _statutory_workdays() -> tuple[int, ...]:
    """Ordinals of all working days, from the library's tables where it has them, else Monday to Friday.

    Going through the tables is a hundred times faster than asking the library day by day; a test compares.
    """
    first, last = Day(FIRST_YEAR, 1, 1).toordinal(), Day(LAST_YEAR, 12, 31).toordinal()
    weekdays = {ordinal for ordinal in range(first, last + 1) if ordinal % 7 in range(1, 6)}
    holidays = {day.toordinal() for day in chinese_calendar.holidays}
    made_up = {day.toordinal() for day in chinese_calendar.workdays}
    return tuple(sorted((weekdays - holidays) | made_up))


def _check(day: Day) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise OutsideCalendar(f"{day.isoformat()} lies outside {FIRST_YEAR} to {LAST_YEAR}")
