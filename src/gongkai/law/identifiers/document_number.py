"""文号: the number of an official document, as GB/T 9704-2012 writes it, and its relatives.

Four forms: 国办发〔2017〕47号; orders without a year, 国务院令第711号; announcements, 公告2018年第14号; registration
numbers of normative documents, HFGS-2022-7.
"""

import dataclasses
import datetime
import enum
import re
from collections.abc import Collection

from gongkai.law.findings import Finding, Severity, Status
from gongkai.law.identifiers import spelling
from gongkai.law.identifiers.invalid import Invalid, Reason, holds

BASIS = "gb-9704-2012"


class Form(enum.StrEnum):
    """Which of the families."""

    BRACKETED = "bracketed"
    ORDER = "order"
    ANNOUNCEMENT = "announcement"
    REGISTRATION = "registration"


@dataclasses.dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A number in its parts; `str()` is the normal spelling."""

    form: Form
    prefix: str
    year: int | None
    serial: int
    text: str

    def __str__(self) -> str:
        return self.text


_WORD = r"[㐀-鿿A-Za-z0-9()·、]"
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_SERIAL = r"0*(?P<serial>[1-9][0-9]{0,5})"
_DIGITS = dict(zip("零〇一二三四五六七八九", (0, 0, *range(1, 10)), strict=True))
_YEAR_IN_BRACKETS = re.compile(r"[\[(【〖﹝<〈《{「〔]((?:19|20)[0-9]{2}年?)[\])】〗﹞>〉》}」〕]")
_BRACKETED = re.compile(rf"(?P<prefix>{_WORD}{{1,24}})〔{_YEAR}年?〕第?{_SERIAL}号")
_ANNOUNCEMENT = re.compile(rf"(?P<prefix>{_WORD}{{1,24}}?){_YEAR}年?第{_SERIAL}号")
_ORDER = re.compile(
    rf"(?P<prefix>(?![0-9]{{4}}年?第){_WORD}{{1,24}})第(?:{_SERIAL}|(?P<words>[零〇一二三四五六七八九十百]{{1,7}}))号"
)
_REGISTRATION = re.compile(rf"(?P<prefix>[A-Z][A-Z0-9]{{1,11}})-{_YEAR}-(?P<serial>[0-9]{{1,8}})")


def compact(text: str) -> str:
    """Half-width characters, no blanks, hexagonal brackets about the year."""
    return _YEAR_IN_BRACKETS.sub(r"〔\1〕", spelling.closed_up(text))


def parse(text: str) -> DocumentNumber:
    """The number in its parts and normal spelling. Raises `Invalid`."""
    number = compact(text)
    if len(number) > 50:
        raise Invalid(Reason.LENGTH, "文号不超过50个字。")
    if match := _BRACKETED.fullmatch(number):
        prefix, year, serial = match["prefix"], int(match["year"]), int(match["serial"])
        return DocumentNumber(Form.BRACKETED, prefix, year, serial, f"{prefix}〔{year}〕{serial}号")
    if match := _REGISTRATION.fullmatch(number.upper()):
        return DocumentNumber(
            Form.REGISTRATION, match["prefix"], int(match["year"]), int(match["serial"]), number.upper()
        )
    if match := _ANNOUNCEMENT.fullmatch(number):
        prefix, year, serial = match["prefix"], int(match["year"]), int(match["serial"])
        return DocumentNumber(Form.ANNOUNCEMENT, prefix, year, serial, f"{prefix}{year}年第{serial}号")
    if match := _ORDER.fullmatch(number):
        serial = int(match["serial"]) if match["serial"] else _value(match["words"])
        return DocumentNumber(
            Form.ORDER, match["prefix"], None, serial, f"{match['prefix']}第{match['words'] or serial}号"
        )
    raise Invalid(Reason.FORMAT, "文号格式应为“机关代字〔年份〕序号号”，例如“某政办发〔2026〕3号”。")


def validate(text: str) -> str:
    """The normal spelling. Raises `Invalid`."""
    return parse(text).text


def is_valid(text: str) -> bool:
    return holds(validate, text)


def check(
    text: str,
    *,
    written_on: datetime.date | None = None,
    prefixes: Collection[str] = (),
    place: str = "document_number",
) -> tuple[Finding, ...]:
    """What is noteworthy: form, spelling, year against the date written, prefix against those of the issuer."""
    try:
        number = parse(text)
    except Invalid as error:
        return (_finding("form", str(error), place, found=text),)
    findings = []
    if number.text != text:
        message = f"文号写法应为“{number.text}”。"
        findings.append(_finding("spelling", message, place, wanted=number.text, found=text))
    if written_on and number.year and number.year != written_on.year:
        message = f"文号年份{number.year}与成文日期的年份{written_on.year}不一致。"
        findings.append(_finding("year", message, place, wanted=written_on.year, found=number.year))
    if prefixes and number.prefix not in prefixes:
        message = f"机关代字“{number.prefix}”不在发文机关的代字表中。"
        wanted = "、".join(sorted(prefixes))
        findings.append(_finding("prefix", message, place, wanted=wanted, found=number.prefix))
    return tuple(findings)


def _finding(code: str, message: str, place: str, *, found: str | int, wanted: str | int | None = None) -> Finding:
    severity = Severity.INFO if code == "spelling" else Severity.WARNING
    return Finding(f"document_number.{code}", severity, Status.FAIL, (place,), message, wanted, found, BASIS)


def _value(words: str) -> int:
    """十七, 一百零三, and digit by digit: 四五."""
    if not set(words) & set("十百"):
        return int("".join(str(_DIGITS[word]) for word in words))
    total, digit = 0, 0
    for word in words:
        if word in "十百":
            total, digit = total + (digit or 1) * (10 if word == "十" else 100), 0
        else:
            digit = _DIGITS[word]
    return total + digit
