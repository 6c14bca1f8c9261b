"""Every form in every layout: cells are right or unread, never wrong, and a consistent report has no faults."""

import dataclasses
from pathlib import Path

import pytest

from gongkai.auditing import audit
from gongkai.law.findings import Status
from tests.auditing import base, breaking, synthetic

pytestmark = pytest.mark.pure
SEEDS = (0, 1, 2)


def _audited(folder: Path, each: synthetic.Report, layout: str) -> audit.Audited:
    path = folder / f"report{synthetic.SUFFIXES[layout]}"
    path.write_bytes(synthetic.written(each, layout))
    outcome = audit.audit(path, keep_document=True)
    assert not outcome.error, outcome.message
    return outcome.audited[0]


def _wrong(each: synthetic.Report, entry: audit.Audited) -> list[str]:
    return [
        f"{cell}: {entry.report.cells[cell].value} instead of {value}"
        for cell, value in each.values.items()
        if entry.report.cells[cell].value not in (None, value)
    ]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("layout", [name for name in synthetic.LAYOUTS if name not in ("glued", "unruled")])
@pytest.mark.parametrize("edition", synthetic.YEARS)
def test_a_report_is_read_completely_and_without_alarm(tmp_path: Path, edition: str, layout: str, seed: int) -> None:
    each = synthetic.report(edition, seed)
    entry = _audited(tmp_path, each, layout)
    report = entry.report
    assert (report.agency, report.year, report.edition) == (each.agency, each.year, edition)
    assert {cell: reading.value for cell, reading in report.cells.items()} == each.values
    assert [finding for finding in entry.findings if finding.status is Status.FAIL] == []


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("edition", synthetic.YEARS)
def test_a_pdf_without_rules_is_read_as_far_as_its_lines_allow(tmp_path: Path, edition: str, seed: int) -> None:
    each = synthetic.report(edition, seed)
    entry = _audited(tmp_path, each, "unruled")
    assert _wrong(each, entry) == []
    assert [finding for finding in entry.findings if finding.status is Status.FAIL] == []
    assert len(entry.report.unread) <= 0.1 * len(each.values)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("edition", synthetic.YEARS)
def test_digits_that_ran_together_are_cut_rightly_or_left_unread(tmp_path: Path, edition: str, seed: int) -> None:
    each = synthetic.report(edition, seed)
    entry = _audited(tmp_path, each, "glued")
    assert _wrong(each, entry) == []
    assert [finding for finding in entry.findings if finding.status is Status.FAIL] == []
    tables = [cell for cell in each.values if cell.startswith("t3.")]
    assert sum(entry.report.cells[cell].value is not None for cell in tables) >= 0.9 * len(tables)


@pytest.mark.parametrize(
    "layout", ["pipes", "ragged", "tabs", "markdown", "stacked", "lines", "page", "docx", "spaced"]
)
@pytest.mark.parametrize("name", breaking.BREAKS)
def test_a_broken_table_is_read_rightly_or_not_at_all(tmp_path: Path, name: str, layout: str) -> None:
    for edition in ("G2019", "G2021"):
        each = synthetic.report(edition, 5)
        path = tmp_path / f"report{synthetic.SUFFIXES[layout]}"
        path.write_bytes(breaking.written(each, layout, name))
        outcome = audit.audit(path)
        assert not outcome.error
        assert _wrong(each, outcome.audited[0]) == []


@pytest.mark.parametrize("layout", ["page", "lines", "spaced", "glued", "joined"])
def test_chapters_are_told_from_their_text_wherever_headings_stand(tmp_path: Path, layout: str) -> None:
    each = base.base("G2021")
    content = synthetic.written(each, "spaced" if layout == "joined" else layout)
    if layout == "joined":  # nothing at all between a heading and its text
        content = content.decode().replace("情况 存在", "情况(一)存在").replace("事项 2023", "事项2023").encode()
    path = tmp_path / ("report.html" if layout == "page" else "report.txt")
    path.write_bytes(content)
    (entry,) = audit.audit(path).audited
    assert [f.message for f in entry.findings if f.code in ("TXT-01", "TXT-09", "TXT-10")] == []
    assert [heading.words for heading in entry.report.headings] == list(each.form.headings)


SLIPS = {"8.属于行政查询事项": "8.属于行政查洵事项", "2.没有现成信息需要另行制作": "2.没有现成信息需另行制作"}


@pytest.mark.parametrize("layout", synthetic.LAYOUTS)
@pytest.mark.parametrize("edition", ["G2019", "G2021"])
def test_a_slip_in_a_printed_label_is_found_however_the_table_is_read(
    tmp_path: Path, edition: str, layout: str
) -> None:
    each = synthetic.report(edition, 1)
    tables = {
        name: [[(SLIPS.get(text, text), down, across) for text, down, across in row] for row in grid]
        for name, grid in synthetic.grids(each).items()
    }
    for report, expected in ((each, False), (dataclasses.replace(each, tables=tables), True)):
        found = [f.message for f in _audited(tmp_path, report, layout).findings if f.code == "TXT-11"]
        assert [all(slip.split(".")[1] in message for slip in SLIPS.values()) for message in found] == [True] * expected


def test_the_place_of_every_cell_is_known(tmp_path: Path) -> None:
    for layout in ("pipes", "page", "glued"):
        entry = _audited(tmp_path, synthetic.report("G2021", 1), layout)
        places = [reading.place for reading in entry.report.cells.values()]
        assert all(place is not None for place in places)
        blocks = entry.report.document.blocks
        assert all(place.block < len(blocks) for place in places if place)


@pytest.mark.parametrize(
    ("run", "values"),
    [("000", [0, 0, 0]), ("02 4143 1", [None] * 3), ("0 24143 1", [0, 24143, 1]), ("0345", [None] * 3)],
)
def test_zeros_that_ran_together_are_cut_and_a_number_never_begins_with_zero(
    tmp_path: Path, run: str, values: list[int | None]
) -> None:
    content = synthetic.written(base.base("G2021"), "glued").decode()
    path = tmp_path / "report.txt"
    path.write_text(content.replace("规章000", f"规章{run}", 1), encoding="utf-8")
    (entry,) = audit.audit(path).audited
    cells = [entry.report.value(f"t2_rules_{column}") for column in ("issued", "repealed", "in_force")]
    assert cells == values
