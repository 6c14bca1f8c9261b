"""The prose auditor: what sentences claim, against arithmetic, against the tables, against the calendar."""

from collections.abc import Iterator

from gongkai.auditing.model import FilledReport
from gongkai.law.findings import Finding


def check(report: FilledReport) -> Iterator[Finding]:
    yield from ()
