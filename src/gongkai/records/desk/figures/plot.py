"""A plot of months, drawn on the server: this period beside the year before. The same numbers stand in a table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.records.domain.figures import Period

WIDTH, HEIGHT = 720, 170
LEFT, FLOOR = 44, 142
_ROOM, _TOP = WIDTH - LEFT, 12
MOST_MONTHS = 24


@dataclass(frozen=True)
class Bar:
    """One month: the heights of both bars and where they stand."""

    label: str
    number: int
    before: int
    x: int
    width: int
    height: int
    before_height: int

    @property
    def y(self) -> int:
        return FLOOR - self.height

    @property
    def before_y(self) -> int:
        return FLOOR - self.before_height

    @property
    def second_x(self) -> int:
        return self.x + self.width

    @property
    def middle(self) -> int:
        return self.x + self.width


@dataclass(frozen=True)
class Plot:
    """The bars, and lines with their numbers across."""

    bars: tuple[Bar, ...]
    grid: tuple[tuple[int, int], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    floor: int = FLOOR


def plot(period: Period, months: Mapping[date, int], before: Mapping[date, int]) -> Plot | None:
    """None where there is nothing to see or too much of it."""
    shown = list(_months(period))
    pairs = [(month, months.get(month, 0), before.get(month.replace(year=month.year - 1), 0)) for month in shown]
    highest = max((max(number, earlier) for _, number, earlier in pairs), default=0)
    if not highest or len(shown) > MOST_MONTHS:
        return None
    top = _round_up(highest)
    slot = _ROOM // len(shown)
    width = min(max(slot * 2 // 5, 2), 26)
    bars = tuple(
        Bar(
            label=f"{month.month}月" if len(shown) <= 12 else f"{month:%y}.{month.month}",
            number=number,
            before=earlier,
            x=LEFT + place * slot + (slot - 2 * width) // 2,
            width=width,
            height=_high(number, top),
            before_height=_high(earlier, top),
        )
        for place, (month, number, earlier) in enumerate(pairs)
    )
    return Plot(bars, tuple((FLOOR - _high(value, top), value) for value in (0, top // 2, top)))


def _months(period: Period) -> Iterator[date]:
    month = period.first.replace(day=1)
    while month <= period.last:
        yield month
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _round_up(number: int) -> int:
    """The next of 2, 4, 10, 20, 40, 100 … so that half of it is whole."""
    step = 1
    while True:
        for top in (2 * step, 4 * step, 10 * step):
            if number <= top:
                return top
        step *= 10


def _high(number: int, top: int) -> int:
    """At least one point where there is anything."""
    return max(number * (FLOOR - _TOP) // top, 1) if number else 0
