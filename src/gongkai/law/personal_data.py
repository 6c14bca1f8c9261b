"""Finds numbers of persons in a text before it becomes public: citizen numbers, bank cards, mobile phones.

Only what passes its own check counts, so that amounts, project codes and serials stay alone. Excerpts are masked;
nothing here gives the number itself away, not even to a log.
"""

import dataclasses
import enum
import re
from collections.abc import Callable, Iterator

from gongkai.law.findings import Finding, Severity, Status
from gongkai.law.identifiers import bank_card, citizen_id, mobile_number, spelling
from gongkai.law.positions import Lines, Position

BASIS = "oigr-2019/15"


class Kind(enum.StrEnum):
    """What was found."""

    CITIZEN_ID = "citizen_id"
    BANK_CARD = "bank_card"
    MOBILE_NUMBER = "mobile_number"

    @property
    def label(self) -> str:
        return {"citizen_id": "身份证号码", "bank_card": "银行卡号", "mobile_number": "手机号码"}[self.value]


@dataclasses.dataclass(frozen=True, slots=True)
class Hit:
    """One number: half-open character range, position, and the number with its middle starred out."""

    kind: Kind
    start: int
    end: int
    position: Position
    masked: str

    @property
    def code(self) -> str:
        return f"personal_data.{self.kind}"

    def finding(self, place: str = "") -> Finding:
        """An error; a warning for mobile numbers, since offices do publish those of their contacts."""
        return Finding(
            code=self.code,
            severity=Severity.WARNING if self.kind is Kind.MOBILE_NUMBER else Severity.ERROR,
            status=Status.FAIL,
            where=(*([place] if place else []), str(self.position)),
            message=f"第{self.position.line}行有{self.kind.label}“{self.masked}”，公开前请删去或遮盖。",
            actual=self.masked,
            basis=BASIS,
        )


# A unit or a fraction after eleven digits makes them an amount.
_NO_AMOUNT = r"(?!\.[0-9]|\s?(?:元|万|亿|吨|平方|公里|%))"
_PATTERNS: tuple[tuple[Kind, re.Pattern[str], Callable[[str], bool]], ...] = (
    (
        Kind.CITIZEN_ID,
        re.compile(
            r"(?<![0-9A-Za-z])[1-9][0-9]{5}[ -]?(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
            r"[ -]?[0-9]{3}[0-9Xx](?![0-9A-Za-z])"
        ),
        citizen_id.is_valid,
    ),
    (
        Kind.BANK_CARD,
        re.compile(
            r"(?<![0-9A-Za-z.])(?:[0-9]{16,19}|[0-9]{4}([ -])[0-9]{4}\1[0-9]{4}\1[0-9]{4}(?:\1[0-9]{1,3})?)"
            r"(?![0-9A-Za-z])"
        ),
        bank_card.is_valid,
    ),
    (
        Kind.MOBILE_NUMBER,
        re.compile(
            r"(?<![0-9A-Za-z.])(?:(?:\+|00)86[ -]?)?1[3-9][0-9](?:[0-9]{8}|([ -])[0-9]{4}\1[0-9]{4})(?![0-9A-Za-z])"
            + _NO_AMOUNT
        ),
        mobile_number.is_valid,
    ),
)
# Eleven digits of any width, the least that there is to find: most texts are done after this.
_LONG = re.compile(r"\d(?:[ \-‐-―−－﹣]?\d){10}")
_IN_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]*\Z")
_ADDRESS_LENGTH = 300


def find(text: str, *, limit: int = 50) -> tuple[Hit, ...]:
    """The first `limit` numbers in their order."""
    if not _LONG.search(text):
        return ()
    narrow = spelling.narrow(text)
    lines = Lines(text)
    found: list[Hit] = []
    for kind, match in sorted(_candidates(narrow), key=lambda candidate: candidate[1].start()):
        if found and match.start() < found[-1].end:
            continue
        found.append(Hit(kind, match.start(), match.end(), lines.at(match.start()), _masked(kind, match[0])))
        if len(found) == limit:
            break
    return tuple(found)


def findings(text: str, *, place: str = "") -> tuple[Finding, ...]:
    """One finding for each number."""
    return tuple(hit.finding(place) for hit in find(text))


def mask(text: str) -> str:
    """The text with every number found replaced by its masked form."""
    pieces, place = [], 0
    for hit in find(text, limit=len(text)):
        pieces += [text[place : hit.start], hit.masked]
        place = hit.end
    return "".join([*pieces, text[place:]])


def _candidates(text: str) -> Iterator[tuple[Kind, re.Match[str]]]:
    for kind, pattern, is_valid in _PATTERNS:
        for match in pattern.finditer(text):
            # Identifiers of pages look like phones and cards; a citizen number is one wherever it stands.
            if is_valid(match[0]) and (kind is Kind.CITIZEN_ID or not _is_in_address(text, match.start())):
                yield kind, match


def _is_in_address(text: str, place: int) -> bool:
    return _IN_ADDRESS.search(text[max(0, place - _ADDRESS_LENGTH) : place]) is not None


def _masked(kind: Kind, number: str) -> str:
    digits = mobile_number.compact(number) if kind is Kind.MOBILE_NUMBER else spelling.plain(number)
    first, last = {Kind.CITIZEN_ID: (3, 2), Kind.BANK_CARD: (0, 4), Kind.MOBILE_NUMBER: (3, 4)}[kind]
    return digits[:first] + "*" * (len(digits) - first - last) + digits[-last:]
