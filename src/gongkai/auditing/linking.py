"""Findings that need more than one report: last year's, those of the same file, and those of the children."""

import dataclasses
from collections.abc import Iterator, Sequence

from gongkai.auditing import audit, checking
from gongkai.auditing.model import FilledReport
from gongkai.auditing.rules import copies, levels, years
from gongkai.law.findings import Finding


def link(
    outcomes: Sequence[audit.Outcome], previous: Sequence[FilledReport], children: Sequence[FilledReport]
) -> list[audit.Outcome]:
    """The outcomes with the findings across years and levels added.

    Reports of consecutive years of one agency in the same run are compared even without `previous`.
    """
    together = [entry.report for outcome in outcomes for entry in outcome.audited]
    return [
        dataclasses.replace(
            outcome,
            audited=tuple(
                _beside(_linked(entry, previous, together, children), outcome.audited) for entry in outcome.audited
            ),
        )
        for outcome in outcomes
    ]


def _linked(
    entry: audit.Audited,
    previous: Sequence[FilledReport],
    together: Sequence[FilledReport],
    children: Sequence[FilledReport],
) -> audit.Audited:
    report = entry.report
    extra: list[Finding] = []
    last = _last_year(report, previous) or _last_year(report, together)
    if last is None and len(previous) == 1:
        last = previous[0]
    if last is None:
        extra.extend(years.without_previous(report))
    elif last is not report:
        extra.extend(years.check(report, last))
    if children:
        extra.extend(levels.check(report, children))
    return audit.Audited(report, checking.ordered(_chain(entry.findings, extra))) if extra else entry


def _beside(entry: audit.Audited, neighbours: Sequence[audit.Audited]) -> audit.Audited:
    """Copied text between the reports of one file. A report and the year before it are compared elsewhere."""
    report = entry.report
    others = [other.report for other in neighbours if other is not entry and not _consecutive(report, other.report)]
    extra = [finding for other in others if other is not report for finding in copies.between(report, other)]
    return audit.Audited(report, checking.ordered(_chain(entry.findings, extra))) if extra else entry


def _consecutive(report: FilledReport, other: FilledReport) -> bool:
    return (
        report.year is not None
        and other.year is not None
        and abs(report.year - other.year) == 1
        and years.same_agency(report.agency, other.agency)
    )


def _last_year(report: FilledReport, candidates: Sequence[FilledReport]) -> FilledReport | None:
    return next(
        (
            other
            for other in candidates
            if report.year is not None
            and other.year == report.year - 1
            and years.same_agency(report.agency, other.agency)
        ),
        None,
    )


def _chain(first: Sequence[Finding], second: Sequence[Finding]) -> Iterator[Finding]:
    yield from first
    yield from second
