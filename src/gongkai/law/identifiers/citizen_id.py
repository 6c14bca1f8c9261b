"""公民身份号码 (GB 11643-1999): division, date of birth, sequence and check character (ISO 7064 MOD 11-2).

The fifteen digits of the first generation are not accepted: they carry no check, and such cards expired in 2013.
"""

import datetime
import re

from gongkai.law.identifiers import regions, spelling
from gongkai.law.identifiers.invalid import Invalid, Reason, holds

_FORM = re.compile(r"[1-9][0-9]{16}[0-9X]")
_WEIGHTS = tuple(pow(2, 17 - place, 11) for place in range(17))
_CHECKS = "10X98765432"
_FIRST_YEAR = 1880


def compact(text: str) -> str:
    """18 characters without blanks and hyphens."""
    return spelling.plain(text)


def check_character(body: str) -> str:
    """The eighteenth character for the first seventeen digits."""
    return _CHECKS[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, body, strict=True)) % 11]


def validate(text: str) -> str:
    """The compact number. Raises `Invalid`. Without a clock, any day of birth up to 2099 is believed."""
    number = compact(text)
    if len(number) != 18:
        raise Invalid(Reason.LENGTH, "身份证号码应为18位。")
    if not _FORM.fullmatch(number):
        raise Invalid(Reason.FORMAT, "身份证号码应为17位数字加1位校验码。")
    if number[:2] not in regions.PROVINCES:
        raise Invalid(Reason.COMPONENT, "身份证号码中的行政区划码不存在。")
    _birth(number)
    if check_character(number[:17]) != number[17]:
        raise Invalid(Reason.CHECKSUM, "身份证号码的校验码不正确。")
    return number


def is_valid(text: str) -> bool:
    return holds(validate, text)


def born_on(text: str) -> datetime.date:
    """The day of birth in a valid number. Raises `Invalid`."""
    return _birth(validate(text))


def _birth(number: str) -> datetime.date:
    try:
        born = datetime.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise Invalid(Reason.COMPONENT, "身份证号码中的出生日期不存在。") from None
    if not _FIRST_YEAR <= born.year < 2100:
        raise Invalid(Reason.COMPONENT, "身份证号码中的出生日期不合理。")
    return born
