"""Personal data that must not go out with a list: identity cards, mobile numbers, bank cards."""

import re
from collections.abc import Iterator

from gongkai.law.findings import Finding, Severity, Status
from gongkai.law.identifiers import bank_card, citizen_id, mobile_number, spelling

_DIGITS = re.compile(r"\d(?:[ -]?\d){9}")
_RUN = re.compile(r"(?<![0-9A-Za-z])[0-9](?:[ -]?[0-9]){9,18}[Xx]?(?![0-9A-Za-z])")
_KINDS = (
    ("citizen_id", "身份证号码", citizen_id.is_valid),
    ("mobile_number", "手机号码", mobile_number.is_valid),
    ("bank_card", "银行卡号", bank_card.is_valid),
)
BASIS = "oigr-2019/15"


def findings(text: str, *, place: str) -> Iterator[Finding]:
    """One error for each kind of personal data in the text; the message never quotes it."""
    # The long numbers in web addresses are the web's own.
    if not _DIGITS.search(text) or text.startswith(("http://", "https://")):
        return
    runs = [match[0] for match in _RUN.finditer(spelling.narrow(text))]
    for code, label, is_valid in _KINDS:
        if any(is_valid(run) for run in runs):
            yield Finding(
                f"personal_data.{code}",
                Severity.ERROR,
                Status.FAIL,
                (place,),
                f"含有疑似{label}，不得公开。",
                basis=BASIS,
            )
