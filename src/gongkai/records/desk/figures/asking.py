"""What the address asks for: a year or other days, an edition of the form, whose rows.

What is not known there means the usual.
"""

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.viewer import Seat
from gongkai.agencies.domain.kinds import AgencyKind
from gongkai.law import forms
from gongkai.records.domain import figures as domain
from gongkai.records.domain.figures import Period
from gongkai.records.selectors.annual_figures import Bodies

FIRST_YEAR = 2008
LEVELS = {"0": "本级", "1": "下一级", "2": "下两级"}
# A longer period has no readable plot, and would count for long.
LONGEST_DAYS = 366 * 5


@dataclass(frozen=True)
class Asked:
    """``year`` is None when the days were chosen one by one; ``objection`` says why such days do not do."""

    query: QueryDict
    period: Period
    edition: str
    bodies: Bodies
    year: int | None
    newest_year: int
    objection: str = ""

    @property
    def period_words(self) -> str:
        if self.year is not None:
            return f"{self.year}年"
        first, last = self.period.first, self.period.last
        return f"{first:%Y年%-m月%-d日}至{last:%Y年%-m月%-d日}"


def asked(query: QueryDict, seat: Seat, today: date) -> Asked:
    year = _year(query, today)
    period, objection = _days(query)
    chosen = period or Period.of_year(year)
    edition = query.get("form", "")
    return Asked(
        query=query,
        period=chosen,
        edition=edition if edition in forms.EDITIONS else domain.edition_of(chosen.last.year),
        bodies=_bodies(query, seat),
        year=None if period else year,
        newest_year=today.year,
        objection=objection,
    )


def _year(query: QueryDict, today: date) -> int:
    text = query.get("year", "")
    year = int(text) if text.isdecimal() and len(text) == 4 else today.year
    return min(max(year, FIRST_YEAR), today.year)


def _days(query: QueryDict) -> tuple[Period | None, str]:
    first, last = query.get("from", ""), query.get("until", "")
    if not first and not last:
        return None, ""
    try:
        period = Period(date.fromisoformat(first), date.fromisoformat(last))
    except ValueError:
        return None, "起止日期不完整或者先后颠倒，仍按年度统计。"
    if (period.last - period.first).days > LONGEST_DAYS or period.first.year < FIRST_YEAR:
        return None, f"一次最多统计五年，最早从{FIRST_YEAR}年开始，仍按年度统计。"
    return period, ""


def _bodies(query: QueryDict, seat: Seat) -> Bodies:
    if not seat.may(Duty.SUPERVISE_FIGURES) or query.get("whose") == "own":
        return Bodies(agency_id=seat.agency_id)
    kind, level, body = (query.get(name, "") for name in ("kind", "level", "body"))
    return Bodies(
        agency_id=seat.agency_id,
        below=True,
        kinds=frozenset({kind} & set(AgencyKind)),
        levels=frozenset({int(level)}) if level in LEVELS else frozenset(),
        only=frozenset({int(body)}) if body.isdecimal() and len(body) < 18 else frozenset(),
        in_city_sum_only=query.get("sum") == "city",
    )
