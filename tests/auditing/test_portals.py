"""Reports as portals and office programs really publish them: read completely, or unread where something is lost."""

from pathlib import Path

import pytest

from gongkai.auditing import audit
from gongkai.law.findings import Status
from tests.auditing import portals, synthetic

pytestmark = pytest.mark.pure
SEEDS = (0, 1, 2)


def _audited(folder: Path, each: synthetic.Report, name: str) -> audit.Audited:
    suffix, content = portals.written(each, name)
    path = folder / f"report{suffix}"
    path.write_bytes(content)
    outcome = audit.audit(path)
    assert not outcome.error, outcome.message
    (entry,) = [entry for entry in outcome.audited if entry.report.agency == each.agency]
    return entry


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", portals.LAYOUTS)
@pytest.mark.parametrize("edition", synthetic.YEARS)
def test_a_published_page_is_read_completely_and_without_alarm(
    tmp_path: Path, edition: str, name: str, seed: int
) -> None:
    each = synthetic.report(edition, seed)
    entry = _audited(tmp_path, each, name)
    assert (entry.report.year, entry.report.edition) == (each.year, edition)
    assert {cell: reading.value for cell, reading in entry.report.cells.items()} == each.values
    assert [finding.message for finding in entry.findings if finding.status is Status.FAIL] == []


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("name", portals.DIRTY)
@pytest.mark.parametrize("edition", synthetic.YEARS)
def test_where_something_is_lost_no_cell_is_wrong(tmp_path: Path, edition: str, name: str, seed: int) -> None:
    each = synthetic.report(edition, seed)
    entry = _audited(tmp_path, each, name)
    wrong = {
        cell: (entry.report.cells[cell].value, value)
        for cell, value in each.values.items()
        if entry.report.cells[cell].value not in (None, value)
    }
    assert wrong == {}
    unread = {cell for cell in each.values if entry.report.cells[cell].value is None}
    alarms = [f for f in entry.findings if f.is_error and not set(f.where) & unread]
    assert [finding.message for finding in alarms] == []
