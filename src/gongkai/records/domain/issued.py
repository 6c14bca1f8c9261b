"""The register of issued documents (发文登记): a row of it, the series of numbers, and their gaps."""

import dataclasses
from collections import Counter
from collections.abc import Iterable
from datetime import date

from gongkai.law.identifiers import document_number as numbers
from gongkai.law.identifiers.document_number import DocumentNumber, Form

MOST_SHOWN_GAPS = 60
_COUNT_FROM_ONE = frozenset({Form.BRACKETED, Form.ANNOUNCEMENT})


@dataclasses.dataclass(frozen=True, kw_only=True)
class Issued:
    """One issued document. ``copy`` tells documents with the same number apart: 1, 2 …"""

    document_number: str
    title: str
    copy: int = 1
    created_on: date | None = None
    attribute: str = ""
    unit: str = ""

    @property
    def parts(self) -> DocumentNumber:
        """Raises `Invalid`."""
        return numbers.parse(self.document_number)

    @property
    def year(self) -> int | None:
        """That of the number, or where it has none (orders) that of the day of writing."""
        return self.parts.year or (self.created_on.year if self.created_on else None)


@dataclasses.dataclass(frozen=True)
class Series:
    """The numbers of one prefix in one year."""

    prefix: str
    count: int
    first: int
    last: int
    missing: tuple[str, ...]
    missing_count: int
    repeated: tuple[str, ...]
    misdated: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        return not (self.missing_count or self.repeated or self.misdated)


def series(rows: Iterable[Issued]) -> list[Series]:
    """The series in the order of their prefixes. Numbers with a year begin at 1, others where they begin."""
    by_prefix: dict[str, list[Issued]] = {}
    for row in rows:
        by_prefix.setdefault(row.parts.prefix, []).append(row)
    return [_series(prefix, found) for prefix, found in sorted(by_prefix.items())]


def _series(prefix: str, rows: list[Issued]) -> Series:
    serials = Counter(row.parts.serial for row in rows)
    first, last = min(serials), max(serials)
    start = 1 if rows[0].parts.form in _COUNT_FROM_ONE else first
    missing = runs(sorted(set(range(start, last + 1)) - serials.keys()))
    repeated = sorted({row.document_number for row in rows if serials[row.parts.serial] > 1})
    misdated = sorted(
        row.document_number
        for row in rows
        if row.created_on and row.parts.year and row.created_on.year != row.parts.year
    )
    shown = tuple(_words(run) for run in missing[:MOST_SHOWN_GAPS])
    count = sum(last - first + 1 for first, last in missing)
    return Series(prefix, len(rows), first, last, shown, count, tuple(repeated), tuple(misdated))


def runs(numbers: list[int]) -> list[tuple[int, int]]:
    """Neighbouring numbers put together: 12, 13, 20 are 12–13 and 20."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def _words(run: tuple[int, int]) -> str:
    first, last = run
    return str(first) if first == last else f"{first}–{last}"
