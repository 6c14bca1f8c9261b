"""One number changed in a consistent report is found: every identity of every form, every cell, on both sides."""

import dataclasses
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from gongkai.auditing import audit, linking
from gongkai.law import forms
from gongkai.law.findings import Finding
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


def _tight(each: synthetic.Report, identity: forms.Identity) -> synthetic.Report:
    """The report with an inequality that just holds, so that every cell of it can break it."""
    if identity.relation == "equal":
        return each
    many, one = identity.left, identity.right
    if identity.relation == "at_most":
        many, one = one, many
    values = dict.fromkeys(many, Decimal(4)) | {one[0]: Decimal(4 * len(many))}
    return dataclasses.replace(each, values={**each.values, **values})


def _violating(each: synthetic.Report, identity: forms.Identity) -> Iterator[tuple[str, int]]:
    """A change of each cell of the identity, on either side, that breaks it."""
    for side, cells in ((1, identity.left), (-1, identity.right)):
        for cell in cells:
            if identity.relation == "equal":
                yield cell, 7
                if each.values[cell] >= 1:
                    yield cell, -1
            else:
                yield cell, side if identity.relation == "at_most" else -side


@pytest.mark.parametrize(("edition", "number"), CASES)
def test_a_changed_number_is_found_by_its_identity(tmp_path: Path, edition: str, number: int) -> None:
    identity = forms.form(edition).identities[number]
    each = _tight(synthetic.report(edition, 3), identity)
    changes = list(_violating(each, identity))
    assert {cell for cell, _ in changes} == {*identity.left, *identity.right}
    (sound,) = _findings(tmp_path, each, "ragged")
    assert not [f for f in sound.findings if f.code == identity.code and f.where == (*identity.left, *identity.right)]
    for cell, by in changes:
        (entry,) = _findings(tmp_path, _changed(each, cell, by), "ragged")
        hits = [f for f in entry.findings if f.code == identity.code and cell in f.where and f.status == "fail"]
        assert hits, f"{identity.code}: {cell} {by:+}"
        assert hits[0].severity.value == identity.severity
        assert Decimal(str(hits[0].actual)) != Decimal(str(hits[0].expected))


ACROSS_YEARS: list[tuple[str, str, list[tuple[bool, str, int]]]] = [
    *(
        (
            "G21-T3-05",
            edition,
            [
                (now, f"t3.carried_over_{'in' if now else 'out'}.{column.id}", by)
                for column in forms.form(edition).tables["t3"].columns
                for now in (True, False)
                for by in (1, 4)
            ],
        )
        for edition in ("G2019", "G2021")
    ),
    (
        "G21-T2-02",
        "G2021",
        [
            (now, f"t2_{row}_{column}", by)
            for row in ("rules", "normative")
            for now, column in ((True, "issued"), (True, "repealed"), (True, "in_force"), (False, "in_force"))
            for by in (1, 5)
        ],
    ),
    (
        "G19-01",
        "G2019",
        [
            (now, f"t2_{row}_{column}", 3)
            for row in ("licence", "other_service", "penalty", "coercion", "charges")
            for now, column in ((True, "items_prev"), (False, "items_prev"), (False, "items_delta"))
        ],
    ),
    (
        "G19-03",
        "G2019",
        [
            (now, f"t2_{row}_{column}", by)
            for row in ("rules", "normative")
            for now, column, by in (
                (True, "published_total", 2),
                (True, "published", -1),
                (False, "published_total", -1),
            )
        ],
    ),
]


@pytest.mark.parametrize(("code", "edition", "changes"), ACROSS_YEARS, ids=[f"{c}-{e}" for c, e, _ in ACROSS_YEARS])
def test_a_changed_number_is_found_against_last_year_on_either_side(
    tmp_path: Path, code: str, edition: str, changes: list[tuple[bool, str, int]]
) -> None:
    now, last = _two_years(edition)
    assert not _across(tmp_path, now, last, code)
    for this_year, cell, by in changes:
        pair = (_changed(now, cell, by), last) if this_year else (now, _changed(last, cell, by))
        found = _across(tmp_path, *pair, code)
        assert any(finding.status == "fail" for finding in found), (
            f"{cell} {by:+} {'now' if this_year else 'last year'}"
        )


def _two_years(edition: str) -> tuple[synthetic.Report, synthetic.Report]:
    """Consecutive reports of which the second carries on what the first left."""
    last = synthetic.report(edition, 1, year=synthetic.YEARS[edition] - (edition == "G2019"))
    last = dataclasses.replace(last, values={**last.values, **_stocks(edition)})
    values = dict(synthetic.report(edition, 2).values)
    for column in last.form.tables["t3"].columns:
        values[f"t3.carried_over_in.{column.id}"] = last.values[f"t3.carried_over_out.{column.id}"]
    for row in ("rules", "normative"):
        if edition == "G2021":
            issued, repealed = values[f"t2_{row}_issued"], values[f"t2_{row}_repealed"]
            values[f"t2_{row}_in_force"] = last.values[f"t2_{row}_in_force"] + issued - repealed
        else:
            values[f"t2_{row}_published"] = Decimal(4)
            values[f"t2_{row}_published_total"] = last.values[f"t2_{row}_published_total"] + 4
    for cell in [cell for cell in values if cell.endswith("_items_prev")]:
        values[cell] = last.values[cell] + last.values[cell.replace("items_prev", "items_delta")]
    return dataclasses.replace(last, values=values, year=last.year + 1), last


def _stocks(edition: str) -> dict[str, Decimal]:
    """Enough in stock that nothing becomes negative."""
    names = [cell for cell in forms.form(edition).cells if cell.endswith(("_in_force", "_published_total"))]
    return dict.fromkeys(names, Decimal(5000))


def _across(folder: Path, now: synthetic.Report, last: synthetic.Report, code: str) -> list[Finding]:
    (entry,), (before,) = (_findings(folder, each, "ragged") for each in (now, last))
    outcome = audit.Outcome("report.txt", (entry,))
    (linked,) = linking.link([outcome], linking.Beside(previous=[before.report]))
    return [finding for finding in linked.audited[0].findings if finding.code == code]


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
