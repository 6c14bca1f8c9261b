"""What was read and found in one file, as plain values that go through JSON unchanged."""

import dataclasses
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Self

from gongkai.auditing import audit, characters
from gongkai.auditing.document import Document, Place
from gongkai.auditing.library import Library
from gongkai.auditing.model import FilledReport, Fragment, Reading, State
from gongkai.auditing.rules import stock
from gongkai.law.findings import Finding, Severity
from gongkai.reports.domain import excerpts, marked
from gongkai.reports.domain.excerpts import Excerpt


@dataclasses.dataclass(frozen=True)
class CellRead:
    """One cell: its state, the number as written by an officer, the raw words, and the source around it."""

    state: State
    value: str | None
    raw: str
    excerpt: Excerpt | None

    @property
    def is_doubtful(self) -> bool:
        """The source says something here, but which number it is could not be told."""
        return self.state is State.UNREAD


@dataclasses.dataclass(frozen=True)
class Counted:
    """A normative document of the agency's library that was in force at the year's end, or of which that is open."""

    key: str
    title: str
    number: str
    is_sure: bool


@dataclasses.dataclass(frozen=True)
class ReportRead:
    """One report of the file. ``marked`` is clean HTML of the document with the places of the findings.

    ``counted`` is None where the library was not consulted.
    """

    agency: str
    year: int | None
    edition: str
    cells: Mapping[str, CellRead]
    findings: tuple[Finding, ...]
    extra: Mapping[str, str | None] = dataclasses.field(default_factory=dict)
    fragments: tuple[tuple[str, int | None, str], ...] = ()
    marked: str = ""
    counted: tuple[Counted, ...] | None = None

    @property
    def doubtful(self) -> list[str]:
        return [cell for cell, read in self.cells.items() if read.is_doubtful]

    def count(self, severity: Severity) -> int:
        return sum(finding.severity is severity for finding in self.findings)

    def as_dict(self) -> dict[str, Any]:
        return {
            "agency": self.agency,
            "year": self.year,
            "edition": self.edition,
            "cells": {
                cell: [read.state.value, read.value, read.raw, read.excerpt] for cell, read in self.cells.items()
            },
            "findings": [finding.as_dict() for finding in self.findings],
            "extra": dict(self.extra),
            "fragments": [list(fragment) for fragment in self.fragments],
            "marked": self.marked,
            "counted": None if self.counted is None else [dataclasses.astuple(each) for each in self.counted],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            agency=data["agency"],
            year=data["year"],
            edition=data["edition"],
            cells={
                cell: CellRead(State(state), value, raw, tuple(excerpt) if excerpt else None)
                for cell, (state, value, raw, excerpt) in data["cells"].items()
            },
            findings=tuple(Finding.from_dict(finding) for finding in data["findings"]),
            extra=data["extra"],
            fragments=tuple((agency, year, words) for agency, year, words in data["fragments"]),
            marked=data["marked"],
            counted=None if data.get("counted") is None else tuple(Counted(*each) for each in data["counted"]),
        )


def reports_of(outcome: audit.Outcome, shelf: Library | None = None) -> list[ReportRead]:
    """What is kept of a readable file, whose documents must still be there, checked beside a library or none."""
    documents = marked.documents(outcome)
    return [
        dataclasses.replace(_read(entry, document), counted=_counted(entry.report, shelf))
        for entry, document in zip(outcome.audited, documents, strict=True)
    ]


def _counted(report: FilledReport, shelf: Library | None) -> tuple[Counted, ...] | None:
    if shelf is None or report.year is None or not stock.concerned(report, shelf):
        return None
    found = stock.count(report.year, stock.own(report, shelf))
    marked_entries = [*((entry, True) for entry in found.sure), *((entry, False) for entry in found.open)]
    return tuple(Counted(entry.key, entry.title, entry.number, sure) for entry, sure in marked_entries)


def _read(entry: audit.Audited, document: str) -> ReportRead:
    report = entry.report
    return ReportRead(
        agency=report.agency,
        year=report.year,
        edition=report.edition,
        cells={
            cell: CellRead(
                reading.state, _printed(reading), reading.raw[:200], excerpts.around(report.document, reading.place)
            )
            for cell, reading in report.cells.items()
        },
        findings=entry.findings,
        extra={cell: _printed(reading) for cell, reading in report.extra.items()},
        fragments=tuple((piece.agency, piece.year, piece.words) for piece in report.fragments),
        marked=document,
    )


def _printed(reading: Reading) -> str | None:
    return None if reading.value is None else characters.printed(reading.value)


def restored(file_name: str, reports: list[ReportRead]) -> audit.Outcome:
    """The outcome as the auditor's own outputs want it: without the document, but with every cell and finding."""
    return audit.Outcome(file_name, tuple(_restored(file_name, reports)))


def _restored(file_name: str, reports: list[ReportRead]) -> Iterator[audit.Audited]:
    nowhere = Place(0)
    for read in reports:
        cells = {
            cell: Reading(found.state, None if found.value is None else Decimal(found.value), raw=found.raw)
            for cell, found in read.cells.items()
        }
        extra = {
            cell: Reading(State.UNREAD if value is None else State.READ, None if value is None else Decimal(value))
            for cell, value in read.extra.items()
        }
        report = FilledReport(
            document=Document(file_name, "", ()),
            agency=read.agency,
            year=read.year,
            edition=read.edition,
            cells=cells,
            headings=(),
            passages=(),
            extra=extra,
            fragments=tuple(Fragment(agency, year, nowhere, words) for agency, year, words in read.fragments),
        )
        yield audit.Audited(report, read.findings)
