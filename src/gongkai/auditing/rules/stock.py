"""G21-T2-04: the normative documents in force that a report counts, against a policy library."""

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal

from gongkai.auditing import characters, library
from gongkai.auditing.library import Count, Entry, Library
from gongkai.auditing.model import FilledReport
from gongkai.auditing.prose import scope
from gongkai.auditing.rules import years
from gongkai.law.findings import Finding, Severity, Status

CODE = "G21-T2-04"
CELL = "t2_normative_in_force"


def check(report: FilledReport, shelf: Library) -> Iterator[Finding]:
    """A warning; a question where a report sums up bodies of which the library may hold some, or dates are open."""
    value = report.value(CELL)
    if value is None or not concerned(report, shelf):
        return
    assert report.year is not None
    if not shelf.tells_normative:
        yield _unknown(f"文件目录({shelf.source})没有标明哪些是规范性文件,无法核对现行有效件数")
        return
    counts = [count(report.year, entries) for entries in _scopes(report, shelf)]
    if not counts:
        yield _unknown(f"文件目录({shelf.source})里没有“{report.agency}”的文件,无法核对现行有效件数")
        return
    if any(found.least <= value <= found.most for found in counts):
        return
    found = counts[0]
    certain = bool(shelf.entries) and not found.open and not scope.is_government(report)
    message = (
        f"表二“行政规范性文件”现行有效{characters.printed(value)}件,政策文件库({shelf.source})到{report.year}年12月31日"
        f"现行有效{_words(found)}件,相差{characters.printed(abs(value - _nearest(found, value)))}件"
    )
    status = Status.FAIL if certain else Status.UNCERTAIN
    expected = found.least if not found.open else _words(found)
    yield Finding(CODE, Severity.WARNING, status, (CELL,), message, expected, characters.json_number(value))


def count(year: int, entries: Sequence[Entry]) -> Count:
    """What was in force at the end of a report year."""
    return library.in_force(entries, datetime.date(year, 12, 31))


def concerned(report: FilledReport, shelf: Library) -> bool:
    """True if the report has the figure and the library is not that of another agency."""
    mine = not shelf.owner or years.same_agency(shelf.owner, report.agency)
    return report.edition == "G2021" and report.year is not None and mine


def own(report: FilledReport, shelf: Library) -> list[Entry]:
    """The documents of the report's agency. A library that names no agencies is its own."""
    return [e for e in shelf.entries if not e.agency or years.same_agency(e.agency, report.agency)]


def _scopes(report: FilledReport, shelf: Library) -> list[Sequence[Entry]]:
    """What the report may mean: its own documents, or, for a government, those of all bodies of the library."""
    mine = own(report, shelf)
    found: list[Sequence[Entry]] = [mine] if mine or shelf.owner else []
    if scope.is_government(report) and len(mine) < len(shelf.entries):
        found.append(shelf.entries)
    return found


def _words(found: Count) -> str:
    return f"{found.least}至{found.most}" if found.open else str(found.least)


def _nearest(found: Count, value: Decimal) -> int:
    return found.least if value < found.least else found.most


def _unknown(message: str) -> Finding:
    return Finding(CODE, Severity.INFO, Status.NOT_ASSESSABLE, (CELL,), message)
