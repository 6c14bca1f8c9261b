"""All rules on one report."""

import dataclasses
from collections.abc import Iterator

from gongkai.auditing import prose
from gongkai.auditing.model import FilledReport
from gongkai.auditing.rules import cells, copies, deadlines, form, identities, relations
from gongkai.law.findings import Finding, Severity, Status

_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
_STATUS = {Status.FAIL: 0, Status.UNCERTAIN: 1, Status.NOT_ASSESSABLE: 2, Status.PASS: 3}


def check(report: FilledReport) -> tuple[Finding, ...]:
    """Findings on the report by itself, gravest first. Doubtful ones are never errors."""
    return ordered(_all(report))


def ordered(findings: Iterator[Finding]) -> tuple[Finding, ...]:
    unique = dict.fromkeys(map(_modest, findings))
    return tuple(sorted(unique, key=lambda finding: (_RANK[finding.severity], _STATUS[finding.status])))


def _all(report: FilledReport) -> Iterator[Finding]:
    yield from identities.check(report)
    yield from cells.check(report)
    yield from relations.check(report)
    yield from form.check(report)
    yield from deadlines.check(report)
    yield from copies.within(report)
    yield from prose.check(report)


def _modest(finding: Finding) -> Finding:
    """What is uncertain is at most a warning: a false alarm costs more trust than a miss."""
    if finding.severity is Severity.ERROR and finding.status is not Status.FAIL:
        return dataclasses.replace(finding, severity=Severity.WARNING)
    return finding
