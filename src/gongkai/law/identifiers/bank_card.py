"""Bank card numbers: a known issuer prefix with its length, and the Luhn check. Accounts of bodies have other forms."""

import re

from gongkai.law.identifiers import spelling
from gongkai.law.identifiers.invalid import Invalid, Reason, holds

# UnionPay, Visa, Mastercard, JCB, and the domestic debit cards of the large banks from before UnionPay's prefix.
_ISSUERS = re.compile(
    r"62[0-9]{14,17}|4[0-9]{15}|5[1-5][0-9]{14}|2(?:22[1-9]|2[3-9][0-9]|[3-6][0-9]{2}|7[01][0-9]|720)[0-9]{12}"
    r"|35(?:2[89]|[3-8][0-9])[0-9]{12}|(?:95588|95599)[0-9]{14}|60[13][0-9]{13,16}|6858[0-9]{12,15}|9[08][0-9]{14}",
)


def compact(text: str) -> str:
    """Digits only."""
    return spelling.plain(text)


def luhn(number: str) -> bool:
    """Whether the last digit checks the others."""
    doubled = (int(digit) * 2 for digit in number[-2::-2])
    return (sum(map(int, number[-1::-2])) + sum(value - 9 if value > 9 else value for value in doubled)) % 10 == 0


def validate(text: str) -> str:
    """The compact number. Raises `Invalid`."""
    number = compact(text)
    if not (number.isascii() and number.isdigit()):
        raise Invalid(Reason.FORMAT, "银行卡号只能由数字组成。")
    if not 16 <= len(number) <= 19:
        raise Invalid(Reason.LENGTH, "银行卡号应为16至19位。")
    if not _ISSUERS.fullmatch(number):
        raise Invalid(Reason.COMPONENT, "银行卡号的发卡行标识不存在。")
    if not luhn(number):
        raise Invalid(Reason.CHECKSUM, "银行卡号的校验位不正确。")
    return number


def is_valid(text: str) -> bool:
    return holds(validate, text)
