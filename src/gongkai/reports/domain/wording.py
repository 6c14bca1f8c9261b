"""What is kept of the prose of a report, so that later checks can tell text that was copied from it."""

from collections.abc import Mapping, Sequence, Set
from typing import Any

from gongkai.auditing import audit
from gongkai.auditing.document import Document
from gongkai.auditing.model import FilledReport, Passage
from gongkai.auditing.prose import own_words


def kept(outcome: audit.Outcome) -> list[dict[str, Any]]:
    """Plain values: agency, year and passages of every report of a file."""
    return [
        {
            "agency": entry.report.agency,
            "year": entry.report.year,
            "passages": [[each.text, each.block, each.offset, each.section] for each in entry.report.passages],
        }
        for entry in outcome.audited
    ]


def restored(file_name: str, wording: Sequence[Mapping[str, Any]], years: Set[int | None]) -> audit.Outcome:
    """The reports of these years with their words alone, to be set beside another one."""
    return audit.Outcome(file_name, tuple(_restored(file_name, each) for each in wording if each["year"] in years))


def _restored(file_name: str, data: Mapping[str, Any]) -> audit.Audited:
    report = FilledReport(
        document=Document(file_name, "", ()),
        agency=data["agency"],
        year=data["year"],
        edition="none",
        cells={},
        headings=(),
        passages=tuple(Passage(*passage) for passage in data["passages"]),
    )
    return audit.Audited(report, (), own_words.marks(report))
