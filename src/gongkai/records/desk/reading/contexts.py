"""The most read entries, and a plot of the days."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import QueryDict

from gongkai.accounts.viewer import Seat
from gongkai.groundwork.ui import filters
from gongkai.groundwork.ui.filters import Chip, FilterGroup
from gongkai.published.selectors import counts
from gongkai.published.selectors.counts import Counts

WIDTH, HEIGHT, LEFT, FLOOR = 720, 170, 52, 142
_PERIODS = {"30": "近30天", "90": "近90天", "365": "近一年"}
_SHORTEST = "30"
_MOST_BARS = 53


@dataclass(frozen=True)
class Line:
    index_number: str
    title: str
    views: int
    downloads: int


@dataclass(frozen=True)
class Bar:
    """Some days: ``label`` is the first of them."""

    label: str
    number: int
    x: int
    y: int
    width: int
    height: int
    is_named: bool

    @property
    def middle(self) -> int:
        return self.x + self.width // 2


@dataclass(frozen=True)
class Plot:
    bars: tuple[Bar, ...]
    grid: tuple[tuple[int, int], ...]
    words: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    floor: int = FLOOR


@dataclass(frozen=True)
class ReadingPage:
    words: str
    total: Counts
    lines: tuple[Line, ...]
    filters: tuple[FilterGroup, ...]
    plot: Plot | None


def reading_page(query: QueryDict, seat: Seat, *, today: date) -> ReadingPage:
    asked = query.get("days", "")
    days = asked if asked in _PERIODS else _SHORTEST
    since = today - timedelta(days=int(days) - 1)
    found = counts.most_read(seat.agency_id, since=since, until=today)
    return ReadingPage(
        words=_PERIODS[days],
        total=counts.of_agency(seat.agency_id, since=since, until=today),
        lines=tuple(
            Line(row.entry.index_number, row.entry.title or "（已撤下）", row.counts.views, row.counts.downloads)
            for row in found
        ),
        filters=(FilterGroup(label="时间", chips=tuple(_chip(query, name, days) for name in _PERIODS)),),
        plot=plot(counts.by_day(seat.agency_id, since=since, until=today), since, today),
    )


def _chip(query: QueryDict, name: str, days: str) -> Chip:
    wanted = {"days": "" if name == _SHORTEST else name}
    return Chip(label=_PERIODS[name], url=filters.with_params(query, wanted), is_on=name == days)


def plot(numbers: Mapping[date, int], since: date, until: date) -> Plot | None:
    """Bars of one day, or of as many as are needed for the year to fit; None where nothing was read."""
    if not numbers:
        return None
    step = -(-((until - since).days + 1) // _MOST_BARS)
    sums = list(_sums(numbers, since, until, step))
    top = max(number for _, number in sums)
    slot = (WIDTH - LEFT) // len(sums)
    bars = tuple(
        Bar(
            label=f"{first.month}月{first.day}日",
            number=number,
            x=LEFT + place * slot,
            y=FLOOR - _high(number, top),
            width=max(slot - 2, 2),
            height=_high(number, top),
            is_named=place % max(len(sums) // 6, 1) == 0,
        )
        for place, (first, number) in enumerate(sums)
    )
    words = "每天浏览次数" if step == 1 else f"每{step}天浏览次数"
    return Plot(bars, tuple((FLOOR - _high(value, top), value) for value in sorted({0, top})), words)


def _sums(numbers: Mapping[date, int], since: date, until: date, step: int) -> Iterator[tuple[date, int]]:
    first = since
    while first <= until:
        yield first, sum(numbers.get(first + timedelta(days=day), 0) for day in range(step))
        first += timedelta(days=step)


def _high(number: int, top: int) -> int:
    return round(number * (FLOOR - 12) / top)
