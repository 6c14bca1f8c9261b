"""The legal sources. A basis is written `<instrument>/<article>[.<paragraph>][(<item>)]`: `oigr-2019/36(3)`."""

import dataclasses
import datetime
import functools
import re
from collections.abc import Mapping

from gongkai.law import datafiles

_BASIS = re.compile(r"(?P<id>[a-z0-9-]+)(?:/(?P<article>\d+)(?:\.(?P<paragraph>\d+))?(?:\((?P<item>\d+)\))?)?")
_DIGITS = "零一二三四五六七八九"


class UnknownBasis(LookupError):
    """The basis is malformed or names an instrument that `instruments.yaml` does not list."""


@dataclasses.dataclass(frozen=True, slots=True)
class Instrument:
    """One statute, regulation, interpretation, circular, standard or product rule.

    `short` is how letters and hints call it. `in_force_on` is None where we could not establish the day;
    `ended_on` is the last day in force. `confirmed` is false where the details come from general knowledge only.
    """

    id: str
    kind: str
    title: str
    short: str
    number: str
    issued_on: datetime.date | None
    in_force_on: datetime.date | None
    ended_on: datetime.date | None
    confirmed: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Basis:
    """A place in an instrument; without an article it means the whole."""

    instrument: Instrument
    article: int | None = None
    paragraph: int | None = None
    item: int | None = None

    @property
    def label(self) -> str:
        """The place alone: 第三十六条第三项; empty for a whole instrument."""
        parts = ((self.article, "条"), (self.paragraph, "款"), (self.item, "项"))
        return "".join(f"第{chinese_numeral(number)}{unit}" for number, unit in parts if number is not None)

    @property
    def citation(self) -> str:
        """Title, number and place, as a document would cite it."""
        if self.instrument.kind == "product":
            return self.instrument.title
        title = self.instrument.title.replace("《", "〈").replace("》", "〉")
        number = f"（{self.instrument.number}）" if self.instrument.number else ""
        return f"《{title}》{number}{self.label}"

    @property
    def short(self) -> str:
        return f"{self.instrument.short}{self.label}"


@functools.cache
def everything() -> Mapping[str, Instrument]:
    """All instruments by id, in the order of the file."""
    data = datafiles.read_mapping("instruments.yaml")
    return {key: _instrument(key, datafiles.mapping(row, place=key)) for key, row in data.items()}


@functools.cache
def resolve(basis: str) -> Basis:
    """Parse and look up. Raises `UnknownBasis`."""
    match = _BASIS.fullmatch(basis)
    if match is None or match["id"] not in everything():
        raise UnknownBasis(f"no legal source {basis!r}")
    places = (int(match[name]) if match[name] else None for name in ("article", "paragraph", "item"))
    return Basis(everything()[match["id"]], *places)


def chinese_numeral(number: int) -> str:
    """1 to 999 as the articles of a statute are numbered: 十, 三十三, 一百零三."""
    if not 0 < number < 1000:
        raise ValueError(f"an article number lies between 1 and 999, not {number}")
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


def _instrument(key: str, row: Mapping[str, object]) -> Instrument:
    def day(name: str) -> datetime.date | None:
        value = row.get(name)
        return None if value is None else datafiles.as_date(value, place=f"{key}.{name}")

    title = str(row["title"])
    return Instrument(
        id=key,
        kind=str(row["kind"]),
        title=title,
        short=str(row.get("short", f"《{title}》")),
        number=str(row.get("number", "")),
        issued_on=day("issued_on"),
        in_force_on=day("in_force_on"),
        ended_on=day("ended_on"),
        confirmed=bool(row.get("confirmed", True)),
    )
