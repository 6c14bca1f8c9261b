"""Numbers of the law, looked up by name and date. A rule that changed has one value for each date from which it held.

There is no accessor for "now": whoever asks must know the date on which the law is to be read.
"""

import bisect
import dataclasses
import datetime
import enum
import functools
from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable
from typing import Self

from gongkai.law import datafiles, instruments

Plain = int | str | bool


class UnknownParameter(LookupError):
    """No file of that name under `law/parameters/`."""


class NotInForce(LookupError):
    """The parameter exists, but no rule held on that date."""


class Unit(enum.StrEnum):
    """What the value counts."""

    WORKDAY = "workday"
    DAY = "day"
    HOUR = "hour"
    MONTH = "month"
    YEAR = "year"
    MONTH_DAY = "month_day"  # "01-31": a day in each year
    CHOICE = "choice"
    YUAN = "yuan"
    COUNT = "count"

    @property
    def label(self) -> str:
        return _UNIT_LABELS[self]


_UNIT_LABELS = {
    Unit.WORKDAY: "个工作日",
    Unit.DAY: "日",
    Unit.HOUR: "小时",
    Unit.MONTH: "个月",
    Unit.YEAR: "年",
    Unit.MONTH_DAY: "",
    Unit.CHOICE: "",
    Unit.YUAN: "元",
    Unit.COUNT: "",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Value:
    """What held on the date asked for.

    `is_setting`: an agency may put its own value, because the law leaves it open or we have not read it; where it
    did, `overridden` is true.
    """

    name: str
    title: str
    value: Plain
    unit: Unit
    basis: str
    effective_from: datetime.date
    checked_on: datetime.date
    confirmed: bool = True
    is_setting: bool = False
    overridden: bool = False

    @property
    def number(self) -> int:
        """The value where it is a count of something. Raises `TypeError` otherwise."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            raise TypeError(f"{self.name} is not a number but {self.value!r}")
        return self.value

    @property
    def text(self) -> str:
        """The value where it is a choice or a day of the year. Raises `TypeError` otherwise."""
        if not isinstance(self.value, str):
            raise TypeError(f"{self.name} is not text but {self.value!r}")
        return self.value

    @property
    def label(self) -> str:
        """For readers: 20个工作日."""
        return f"{self.value}{self.unit.label}"

    @property
    def article(self) -> str:
        """The place in the source: 第三十三条."""
        return instruments.resolve(self.basis).label


@dataclasses.dataclass(frozen=True, slots=True)
class Parameter:
    """One file. A value of None in the history says that the rule ended on that date."""

    name: str
    title: str
    unit: Unit
    choices: tuple[str, ...]
    note: str
    history: tuple[tuple[datetime.date, Value | None], ...]

    def on(self, day: datetime.date) -> Value | None:
        place = bisect.bisect_right(self.history, day, key=lambda entry: entry[0])
        return self.history[place - 1][1] if place else None

    @property
    def is_setting(self) -> bool:
        """Whether an agency may put its own value for some date."""
        return any(value is not None and value.is_setting for _, value in self.history)

    def check(self, value: Plain) -> None:
        """Raises `ValueError` if an agency may not set this value."""
        if not self.is_setting:
            raise ValueError(f"{self.name} is fixed by law and cannot be set")
        if self.choices and value not in self.choices:
            raise ValueError(f"{self.name} is one of {', '.join(self.choices)}, not {value!r}")
        if not self.choices and (isinstance(value, bool) or not isinstance(value, int) or value < 1):
            raise ValueError(f"{self.name} is a whole number from 1, not {value!r}")


@dataclasses.dataclass(frozen=True)
class Book:
    """All parameters with, where given, an agency's own settings on top."""

    parameters: Mapping[str, Parameter]
    settings: Mapping[str, Plain] = dataclasses.field(default_factory=dict)

    def at(self, name: str, *, on: datetime.date) -> Value:
        """The value in force on that date. Raises `UnknownParameter` or `NotInForce`."""
        value = self.find(name, on=on)
        if value is None:
            raise NotInForce(f"{name} had no value on {on.isoformat()}")
        return value

    def find(self, name: str, *, on: datetime.date) -> Value | None:
        """As `at`, but None where no rule held. Raises `UnknownParameter`."""
        value = self.parameter(name).on(on)
        if value is None or not value.is_setting or name not in self.settings:
            return value
        return dataclasses.replace(value, value=self.settings[name], overridden=True)

    def parameter(self, name: str) -> Parameter:
        try:
            return self.parameters[name]
        except KeyError:
            raise UnknownParameter(f"no parameter {name!r}") from None

    def with_settings(self, settings: Mapping[str, Plain]) -> Self:
        """A book in which these values replace defaults, on the dates for which the law leaves them open.

        Raises `ValueError` for what may not be set.
        """
        for name, value in settings.items():
            self.parameter(name).check(value)
        return dataclasses.replace(self, settings={**self.settings, **settings})


@functools.cache
def book() -> Book:
    """The parameters as shipped, read once."""
    return Book(dict(_read_all(datafiles.root().joinpath("parameters"))))


def at(name: str, *, on: datetime.date) -> Value:
    """`parameters.at("requests.reply_period", on=received_on)`. Raises `UnknownParameter` or `NotInForce`."""
    return book().at(name, on=on)


def find(name: str, *, on: datetime.date) -> Value | None:
    """As `at`, but None where no rule held on that date."""
    return book().find(name, on=on)


def read(name: str, data: object) -> Parameter:
    """One parameter from the content of its file. Raises `datafiles.BadDataFile`."""
    row = datafiles.mapping(data, place=name)
    try:
        unit, checked_on = Unit(row["unit"]), datafiles.as_date(row["checked_on"], place=name)
        entries = sorted(row["values"].items())
        head = Value(name, str(row["title"]), 0, unit, "", datetime.date.min, checked_on)
        setting = bool(row.get("setting", False))
        history = tuple((day, _value(head, day, entry, setting=setting)) for day, entry in entries)
    except (KeyError, AttributeError, TypeError, ValueError) as error:
        raise datafiles.BadDataFile(f"{name}: {error!r}") from error
    return Parameter(
        name=name,
        title=head.title,
        unit=unit,
        choices=tuple(row.get("choices", ())),
        note=str(row.get("note", "")).strip(),
        history=history,
    )


def _value(head: Value, day: object, entry: Mapping[str, object], *, setting: bool) -> Value | None:
    effective_from = datafiles.as_date(day, place=head.name)
    plain = entry["value"]
    if plain is None:
        return None
    if not isinstance(plain, Plain):
        raise TypeError(f"value {plain!r}")
    confirmed = bool(entry.get("confirmed", True))
    return dataclasses.replace(
        head,
        value=plain,
        basis=str(entry["basis"]),
        effective_from=effective_from,
        confirmed=confirmed,
        is_setting=setting or not confirmed,
    )


def _read_all(folder: Traversable) -> Iterator[tuple[str, Parameter]]:
    subjects = sorted((entry for entry in folder.iterdir() if entry.is_dir()), key=lambda entry: entry.name)
    for subject in subjects:
        for file in sorted(subject.iterdir(), key=lambda entry: entry.name):
            if file.name.endswith(".yaml"):
                name = f"{subject.name}.{file.name.removesuffix('.yaml')}"
                yield name, read(name, datafiles.parse(file.read_text(encoding="utf-8")))
