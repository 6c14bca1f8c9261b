"""The page on which an owed review is made up for: what went out, why at once, and the three ways."""

from dataclasses import dataclass

from gongkai.accounts.viewer import Seat
from gongkai.records.desk.contexts import case, reviewing
from gongkai.records.desk.contexts.case import DecisionLine
from gongkai.records.desk.contexts.reviewing import VersionPage
from gongkai.records.domain.lifecycle import TABLE, Act
from gongkai.records.models import FollowUp
from gongkai.records.selectors.case_file import CaseFile


@dataclass(frozen=True)
class FollowUpPage:
    """``may_correct``: nothing else is happening to the public record."""

    released: VersionPage
    owed: FollowUp
    decisions: tuple[DecisionLine, ...]
    may_correct: bool


def page(found: CaseFile, owed: FollowUp, seat: Seat) -> FollowUpPage:
    released = reviewing.version_page(found, seat, owed.version.number)
    assert released is not None  # the version is one of the record's
    may_correct = TABLE.find(Act.DEMAND_CORRECTION, found.record.state) is not None
    return FollowUpPage(released, owed, case.decision_lines(found, seat), may_correct)
