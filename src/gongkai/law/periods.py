"""Statutory periods: from a day and a rule to a deadline that explains itself.

The first day is not counted (Civil Code, articles 201 to 203). A period of calendar days or months that would end on
a day off ends on the next working day; a period of working days ends on one by construction.
"""

import calendar as months
import dataclasses
import datetime
import functools
from collections.abc import Mapping
from typing import NamedTuple

from gongkai.law import datafiles, instruments, parameters, workdays
from gongkai.law.findings import Finding
from gongkai.law.parameters import Unit, Value

Day = datetime.date


@dataclasses.dataclass(frozen=True)
class Rules:
    """The calendar and the parameters to count by: those of the state, or with an agency's own days and settings."""

    calendar: workdays.Calendar = dataclasses.field(default_factory=workdays.calendar)
    book: parameters.Book = dataclasses.field(default_factory=parameters.book)

    def at(self, name: str, *, on: Day) -> Value:
        """The parameter on that date. Raises `parameters.NotInForce`."""
        return self.book.at(name, on=on)


@dataclasses.dataclass(frozen=True, slots=True)
class Step:
    """One step of a derivation. `amount` is what it adds, in the unit of the period; `day` is where it leads."""

    code: str
    text: str
    basis: str
    day: Day | None = None
    amount: int = 0


@dataclasses.dataclass(frozen=True)
class Deadline:
    """The last day, and why. `due_on` is None while the clock stands still; `waiting_for` then says for what.

    `provisional`: a year whose holidays are not announced was counted, or a consultation is still open.
    `edition` names the regulation and the calendar, so that a stored date can be recognised as outdated.
    """

    due_on: Day | None
    steps: tuple[Step, ...]
    provisional: bool
    edition: str
    waiting_for: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def sentence(self) -> str:
        """The derivation for staff: 自3月3日收到之次日起20个工作日，扣除征求意见6日（第三十三条）."""
        text = "，".join(step.text for step in self.steps if step.text)
        places = "、".join(dict.fromkeys(place for step in self.steps if (place := _place(step.basis))))
        return f"{text}（{places}）" if places else text

    def is_met_by(self, done_on: Day) -> bool:
        """Whether something done on that day is in time; always so while the clock stands still."""
        return self.due_on is None or done_on <= self.due_on

    def workdays_left(self, today: Day, *, rules: Rules | None = None) -> int | None:
        """Working days after today until the last day, negative when overdue, None while the clock stands still."""
        if self.due_on is None:
            return None
        calendar = (rules or Rules()).calendar
        if today <= self.due_on:
            return calendar.workdays_between(today, self.due_on).days
        return -calendar.workdays_between(self.due_on, today).days


class Reached(NamedTuple):
    """The last day; `rolled_from` is the day off on which the period would have ended."""

    day: Day
    provisional: bool
    rolled_from: Day | None = None


def reach(start: Day, value: Value, *, rules: Rules) -> Reached:
    """The last day of a period that begins after `start`. Raises `TypeError` for units that are no days."""
    if value.unit is Unit.WORKDAY:
        return Reached(*rules.calendar.add_workdays(start, value.number))
    if value.unit is Unit.DAY:
        end = start + datetime.timedelta(days=value.number)
    elif value.unit in (Unit.MONTH, Unit.YEAR):
        end = _add_months(start, value.number * (12 if value.unit is Unit.YEAR else 1))
    else:
        raise TypeError(f"{value.name} is counted in {value.unit}, not in days")
    day, provisional = rules.calendar.next_workday(end)
    return Reached(day, provisional or rules.calendar.is_provisional(end), None if day == end else end)


def count(name: str, start: Day, *, event: str, on: Day | None = None, rules: Rules | None = None) -> Deadline:
    """The deadline of the parameter `name`, begun by `event` (收到, 送达 …) on `start`.

    The law is read on `on`, or on `start` if not given. Raises `parameters.NotInForce`.
    """
    rules = rules or Rules()
    value = rules.at(name, on=on or start)
    reached = reach(start, value, rules=rules)
    text = f"自{day_label(start, reached.day)}{event}之次日起{value.label}"
    steps = [Step("base", text, value.basis, reached.day, value.number)]
    if reached.rolled_from:
        steps.append(_rolled(reached, start))
    return Deadline(reached.day, tuple(steps), reached.provisional, edition(value, rules))


@dataclasses.dataclass(frozen=True, slots=True)
class PublicationCategory:
    """A kind of information with its own limit for publication, and the event that starts it."""

    id: str
    label: str
    event: str
    parameter: str


@functools.cache
def publication_categories() -> Mapping[str, PublicationCategory]:
    """By id, the general one first."""
    rows = datafiles.read_mapping("publication_categories.yaml")
    return {key: PublicationCategory(key, row["label"], row["event"], row["parameter"]) for key, row in rows.items()}


def publication_deadline(formed_on: Day, *, category: str = "general", rules: Rules | None = None) -> Deadline | None:
    """Until when information formed (approved, decided …) on that day must be public.

    Where the category had no rule of its own yet, the general limit holds; None before 2008-05-01, when no law set
    any. Raises `KeyError` for an unknown category.
    """
    rules = rules or Rules()
    kinds = publication_categories()
    for kind in (kinds[category], kinds["general"]):
        if rules.book.find(kind.parameter, on=formed_on):
            return count(kind.parameter, formed_on, event=kind.event, rules=rules)
    return None


def report_deadline(year: int, *, level: str, rules: Rules | None = None) -> Deadline | None:
    """Until when the annual report *on* `year` is due; `level` is department, government or township.

    None before the report of 2008. The day stands as the statute names it, day off or not.
    """
    rules = rules or Rules()
    value = rules.book.find(f"annual_reports.{level}_deadline", on=Day(year + 1, 1, 1))
    if value is None:
        return None
    month, day = (int(part) for part in value.text.split("-"))
    due_on = Day(year + 1, month, day)
    step = Step("fixed", f"{year}年度报告应于{year + 1}年{month}月{day}日前公布", value.basis, due_on)
    return Deadline(due_on, (step,), provisional=False, edition=edition(value, rules))


def edition(value: Value, rules: Rules) -> str:
    """Which text and which calendar a deadline rests on."""
    return f"{value.basis.partition('/')[0]}+{rules.calendar.edition}"


def day_label(day: Day, reference: Day) -> str:
    """3月3日, with the year where it is not that of the reference."""
    year = "" if day.year == reference.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"


def _rolled(reached: Reached, start: Day) -> Step:
    basis = "civil-code-2020/203" if start >= Day(2021, 1, 1) else "civil-principles-1986/154"
    return Step("rolled", f"末日逢休假日，顺延至{day_label(reached.day, start)}", basis, reached.day)


def _add_months(start: Day, count: int) -> Day:
    years, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    last = months.monthrange(years, month + 1)[1]
    return Day(years, month + 1, min(start.day, last))


def _place(basis: str) -> str:
    """How the sentence cites: the Regulation in force by its article alone, everything else by name."""
    resolved = instruments.resolve(basis)
    if resolved.instrument.kind == "product":
        return ""
    return resolved.label if resolved.instrument.id == "oigr-2019" else resolved.short
