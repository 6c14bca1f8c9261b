"""One number changed in a consistent report is found, for every identity of every form and every cell in it."""

import dataclasses
from decimal import Decimal
from pathlib import Path

import pytest

from gongkai.auditing import audit
from gongkai.law import forms
from tests.auditing import synthetic

pytestmark = pytest.mark.pure

CASES = [(edition, i) for edition in forms.EDITIONS for i in range(len(forms.form(edition).identities))]


def _changed(each: synthetic.Report, cell: str, by: int) -> synthetic.Report:
    return dataclasses.replace(each, values={**each.values, cell: each.values[cell] + by})


def _findings(folder: Path, each: synthetic.Report, layout: str) -> tuple[audit.Audited, ...]:
    path = folder / f"report{synthetic.SUFFIXES[layout]}"
    path.write_bytes(synthetic.written(each, layout))
    outcome = audit.audit(path)
    assert not outcome.error
    return outcome.audited


@pytest.mark.parametrize(("edition", "number"), CASES)
def test_a_changed_number_is_found_by_its_identity(tmp_path: Path, edition: str, number: int) -> None:
    identity = forms.form(edition).identities[number]
    each = synthetic.report(edition, 3)
    if identity.relation == "at_least":
        changes = [(identity.right[0], 100_000)]
    elif identity.relation == "at_most":
        changes = [(identity.left[0], 100_000)]
    else:
        changes = [(cell, 7) for cell in (*identity.left, *identity.right)]
    for cell, by in changes:
        (entry,) = _findings(tmp_path, _changed(each, cell, by), "ragged")
        hits = [f for f in entry.findings if f.code == identity.code and cell in f.where and f.status == "fail"]
        assert hits, f"{identity.code}: {cell} {by:+}"
        assert hits[0].severity.value == identity.severity
        assert Decimal(str(hits[0].actual)) != Decimal(str(hits[0].expected))


@pytest.mark.parametrize("layout", ["page", "docx", "pdf", "markdown", "spaced"])
def test_the_difference_is_named_in_words_in_every_layout(tmp_path: Path, layout: str) -> None:
    each = synthetic.report("G2021", 4)
    cell = "t3.result_total.natural_person"
    (entry,) = _findings(tmp_path, _changed(each, cell, -6), layout)
    total = int(each.values[cell])
    message = f"表三 第24行“总计”自然人列:各项之和{total},填报{total - 6},相差6"
    assert message in [finding.message for finding in entry.findings if finding.is_error]


def test_a_tampered_run_of_digits_is_found_or_left_unread_but_never_misread(tmp_path: Path) -> None:
    found = 0
    for seed in range(8):
        each = synthetic.report("G2021", seed)
        for cell in ("t3.new_requests.total", "t3.unable_not_held.natural_person", "t3.result_total.total"):
            changed = _changed(each, cell, 1)
            (entry,) = _findings(tmp_path, changed, "glued")
            row = cell.rsplit(".", 1)[0]
            for name in (name for name in each.values if name.startswith(row + ".")):
                assert entry.report.cells[name].value in (None, changed.values[name])
            found += any(f.code == "G21-T3-03" and cell in f.where and f.is_error for f in entry.findings)
            unread = entry.report.cells[cell].value is None
            doubts = [f for f in entry.findings if f.code == "G21-T3-03" and cell in f.where and not f.is_error]
            assert not unread or doubts, f"seed {seed} {cell}"
    assert found >= 8
