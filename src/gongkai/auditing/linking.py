"""Findings that need more than one report: last year's, those of the same file, of the run, of the bodies below."""

import collections
import dataclasses
import itertools
from collections.abc import Iterator, Sequence

from gongkai.auditing import audit, checking
from gongkai.auditing.library import Library
from gongkai.auditing.model import FilledReport
from gongkai.auditing.rules import copies, levels, sisters, stock, years
from gongkai.auditing.rules.sisters import Crowd, Member
from gongkai.law.findings import Finding


@dataclasses.dataclass(frozen=True)
class Beside:
    """What reports are set beside. `sisters` are only looked at for copied text, `library` counts documents."""

    previous: Sequence[FilledReport] = ()
    children: Sequence[audit.Outcome] = ()
    sisters: Sequence[audit.Outcome] = ()
    library: Library | None = None


def link(outcomes: Sequence[audit.Outcome], beside: Beside = Beside()) -> list[audit.Outcome]:
    """The outcomes with the findings across years, levels and agencies added.

    Reports of consecutive years of one agency in the same run are compared even without `previous`.
    """
    return _Links(outcomes, beside).all()


class _Links:
    """One run."""

    def __init__(self, outcomes: Sequence[audit.Outcome], beside: Beside) -> None:
        self.outcomes = outcomes
        self.beside = beside
        self.together = [entry.report for outcome in outcomes for entry in outcome.audited]
        self.names = _Names([*beside.previous, *self.together])
        used = {id(last) for each in self.together if (last := self._last(each))}
        self.unused = [last for last in beside.previous if id(last) not in used]
        files = itertools.count()
        own, self.children, others = (
            [
                Member(entry.report, entry.marks, family)
                for o, family in zip(kind, files, strict=False)
                for entry in o.audited
            ]
            for kind in (outcomes, beside.children, beside.sisters)
        )
        self.members = {id(member.report): member for member in own}
        self.crowd = Crowd([*own, *self.children, *others])

    def all(self) -> list[audit.Outcome]:
        return [
            dataclasses.replace(outcome, audited=tuple(self._linked(entry, outcome) for entry in outcome.audited))
            for outcome in self.outcomes
        ]

    def _linked(self, entry: audit.Audited, outcome: audit.Outcome) -> audit.Audited:
        extra = [*self._across_years(entry.report), *_beside(entry, outcome.audited)]
        if self.beside.children:
            extra += levels.check(entry.report, [child.report for child in self.children])
            extra += sisters.among(self.children, entry.report.year, self.crowd)
        if self.beside.library is not None:
            extra += stock.check(entry.report, self.beside.library)
        extra += self.crowd.check(self.members[id(entry.report)])
        extra += sisters.twins(entry.report, self.names.like(entry.report, entry.report.year))
        findings = checking.ordered(itertools.chain(entry.findings, extra))
        return dataclasses.replace(entry, findings=findings) if extra else entry

    def _across_years(self, report: FilledReport) -> Iterator[Finding]:
        last = self._last(report)
        if last is not None:
            yield from years.check(report, last)
        elif self.unused:
            own = [each for each in self.unused if years.same_agency(each.agency, report.agency)]
            yield from years.check(report, (own or self.unused)[0])
        else:
            yield from years.without_previous(report)

    def _last(self, report: FilledReport) -> FilledReport | None:
        before = report.year - 1 if report.year is not None else None
        return next((each for each in self.names.like(report, before) if _precedes(each, report)), None)


class _Names:
    """Reports by year and agency. Names of one agency are equal, or one is the end of the other."""

    def __init__(self, reports: Sequence[FilledReport]) -> None:
        self._whole: dict[tuple[int | None, str], list[FilledReport]] = collections.defaultdict(list)
        self._longer: dict[tuple[int | None, str], FilledReport] = {}
        for each in reports:
            name = years.bare(each.agency)
            self._whole[each.year, name].append(each)
            for start in range(1, len(name) - 1):
                self._longer.setdefault((each.year, name[start:]), each)

    def like(self, report: FilledReport, year: int | None) -> list[FilledReport]:
        """Reports of the year that may be of the same agency, those of just this name first."""
        name = years.bare(report.agency)
        found = [each for start in range(len(name)) for each in self._whole.get((year, name[start:]), ())]
        longer = self._longer.get((year, name))
        return [*found, *([longer] if longer else [])]


def _beside(entry: audit.Audited, neighbours: Sequence[audit.Audited]) -> Iterator[Finding]:
    """Copied text between the reports of one file. A report and the year before it are compared elsewhere."""
    report = entry.report
    for other in neighbours:
        if other is not entry and not _precedes(report, other.report) and not _precedes(other.report, report):
            yield from copies.between(report, other.report)


def _precedes(last: FilledReport, report: FilledReport) -> bool:
    """True if it is the report of the year before of the same agency."""
    return report.year is not None and last.year == report.year - 1 and years.same_agency(report.agency, last.agency)
