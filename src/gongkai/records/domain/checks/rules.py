"""What a check can say, and what makes a finding the same one next time."""

import dataclasses
import enum
import json

from gongkai.groundwork import digests
from gongkai.law.findings import Finding, Scalar, Severity, Status
from gongkai.records.domain.checks.material import Text, lines

_AROUND = 12


class Dismissal(enum.StrEnum):
    """Who may set a finding aside, with a reason."""

    ANYONE = "anyone"
    OTHERS = "others"
    NOBODY = "nobody"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One thing that can be wrong. ``advice`` says what to do about it."""

    code: str
    label: str
    severity: Severity
    advice: str
    basis: str = ""
    dismissal: Dismissal = Dismissal.ANYONE
    status: Status = Status.FAIL


@dataclasses.dataclass(frozen=True, slots=True)
class Spot:
    """A finding at its place. ``fingerprint`` stays as long as rule, place, words and their surroundings on
    the line stay."""

    finding: Finding
    fingerprint: str
    place: str
    start: int = 0
    end: int = 0

    def as_dict(self) -> dict[str, object]:
        """Plain JSON types; the words themselves are not in it, only what the finding shows of them."""
        return self.finding.as_dict() | {
            "fingerprint": self.fingerprint,
            "place": self.place,
            "start": self.start,
            "end": self.end,
        }


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Says:
    """What a rule says of one place. ``severity`` and ``basis`` win over those of the rule."""

    message: str
    expected: Scalar = None
    actual: Scalar = None
    severity: Severity | None = None
    basis: str = ""


def at(rule: Rule, text: Text, span: tuple[int, int], says: Says) -> Spot:
    """The spot for these characters of the text."""
    start, end = span
    before = text.text[max(0, start - _AROUND) : start].rpartition("\n")[2]
    around = before + text.text[start:end] + text.text[end : end + _AROUND].partition("\n")[0]
    where = (text.place, str(lines(text.text).at(start)))
    return Spot(_finding(rule, where, says), _fingerprint(rule, text.place, around), text.place, start, end)


def about(rule: Rule, place: str, says: Says) -> Spot:
    """The spot for a whole field or file."""
    return Spot(_finding(rule, (place,), says), _fingerprint(rule, place, f"{says.message}{says.actual}"), place)


def _finding(rule: Rule, where: tuple[str, ...], says: Says) -> Finding:
    return Finding(
        rule.code,
        says.severity or rule.severity,
        rule.status,
        where,
        says.message,
        says.expected,
        says.actual,
        says.basis or rule.basis,
    )


def _fingerprint(rule: Rule, place: str, words: str) -> str:
    return digests.sm3(json.dumps([rule.code, place, words], ensure_ascii=False))
