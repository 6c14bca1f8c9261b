"""The prose auditor: what sentences claim, against arithmetic, against the tables, against the calendar."""

from collections.abc import Iterator

from gongkai.auditing.model import FilledReport
from gongkai.auditing.prose import calendar, claims, percentages, sentences, spelling, sums, wording
from gongkai.law.findings import Finding


def check(report: FilledReport) -> Iterator[Finding]:
    """Findings on the running text of a report."""
    found = sentences.of_report(report)
    yield from sums.check(found)
    yield from percentages.check(found)
    yield from calendar.check(report, found)
    yield from wording.check(report, found)
    yield from spelling.check(report, found)
    yield from claims.check(report, found)
