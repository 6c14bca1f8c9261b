"""Normative documents: how long they hold, when to look at them again, what may come of it, and their numbers."""

import dataclasses
from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from gongkai.law import parameters
from gongkai.law.identifiers import index_number
from gongkai.law.identifiers.invalid import Invalid
from gongkai.published.domain.vocabulary import Validity

PERIOD, TRIAL_PERIOD = "normative.validity_period", "normative.trial_period"
NOTICE_DAYS = (180, 90, 30)
"""Days before the last one at which the office is told; from the last of them each document by itself."""
IN_FORCE = (Validity.VALID, Validity.AMENDED, Validity.PARTLY_INVALID)
LONGEST_NUMBER = 40
_TRIAL_WORDS = ("试行", "暂行")


class Outcome(StrEnum):
    """What comes of looking at a document again."""

    CONTINUE = "continue"
    AMEND = "amend"
    REPEAL = "repeal"
    INVALIDATE = "invalidate"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def validity(self) -> Validity | None:
        """How the document holds afterwards; None where nothing changes yet."""
        return _VALIDITIES.get(self)


_LABELS = {
    Outcome.CONTINUE: "继续有效",
    Outcome.AMEND: "修改",
    Outcome.REPEAL: "废止",
    Outcome.INVALIDATE: "宣布失效",
}
_VALIDITIES = {Outcome.REPEAL: Validity.REPEALED, Outcome.INVALIDATE: Validity.EXPIRED}


@dataclasses.dataclass(frozen=True, kw_only=True)
class Finding:
    """The outcome for one document. ``expires_on`` is the new last day of one that continues; None leaves it."""

    outcome: Outcome
    reason: str
    expires_on: date | None = None


def objection(finding: Finding, *, today: date) -> str:
    """What stands against it, in a sentence; empty when nothing does."""
    if not finding.reason.strip():
        return "请写明理由。"
    if len(finding.reason) > 300:
        return "理由最多300个字。"
    if finding.expires_on is not None and finding.outcome is not Outcome.CONTINUE:
        return "只有继续有效的文件才有新的失效日期。"
    if finding.expires_on is not None and finding.expires_on <= today:
        return "新的失效日期要晚于今天。"
    return ""


def period_years(title: str, *, on: date, own: Mapping[str, int]) -> int:
    """For how many years a document of this title holds; ``own`` are the agency's settings by parameter."""
    name = TRIAL_PERIOD if any(word in title for word in _TRIAL_WORDS) else PERIOD
    return parameters.book().with_settings(own).at(name, on=on).number


def last_day(first: date, years: int) -> date:
    """The last day of a period that begins on ``first``."""
    try:
        after = first.replace(year=first.year + years)
    except ValueError:  # 29 February
        after = first.replace(year=first.year + years, day=28) + timedelta(days=1)
    return after - timedelta(days=1)


def stage(days_left: int) -> int | None:
    """The closest notice that has been reached: 180, 90 or 30; None before all of them."""
    reached = [days for days in NOTICE_DAYS if days_left <= days]
    return min(reached) if reached else None


def check_template(text: str) -> str:
    """Why a registration number cannot be made from this template; empty when it can."""
    try:
        template = index_number.parse_template(text)
    except Invalid as error:
        return str(error)
    if template.tokens != {"yyyy", "seq"}:
        return "登记号规则由字母、数字和{yyyy}、{seq:位数}组成，例如“HFGS-{yyyy}-{seq:1}”。"
    return ""


def number(template: str, *, year: int, sequence: int) -> str:
    """The registration number from a template that passed `check_template`."""
    return index_number.parse_template(template).render({}, on=date(year, 1, 1), sequence=sequence)
