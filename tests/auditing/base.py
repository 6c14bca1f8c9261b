"""Small consistent reports whose figures can be kept in the head, and the changes that the YAML cases make to them."""

import dataclasses
from decimal import Decimal
from pathlib import Path
from typing import Any

from gongkai.auditing import audit, library, linking
from gongkai.auditing.model import FilledReport
from gongkai.law import forms
from gongkai.law.findings import Finding
from tests.auditing import synthetic

_REQUESTS = {
    "new_requests": 20,
    "carried_over_in": 2,
    "granted_full": 10,
    "granted_partial": 3,
    "refused_process_info": 2,
    "unable_not_held": 4,
    "other_misc": 1,
    "other_handling": 1,
    "result_total": 20,
    "carried_over_out": 2,
}
_OTHERS: dict[str, dict[str, str]] = {
    "G2014": {
        **dict.fromkeys(("proactive_total", "channel_website"), "10"),
        **dict.fromkeys(("channel_total",), "11"),
        **dict.fromkeys(("normative_published", "normative_issued", "reply_granted_partial"), "0"),
        **dict.fromkeys(("channel_weibo", "response_total", "press_conferences", "response_channel_total"), "1"),
        **dict.fromkeys(("requests_received", "requests_closed", "closed_on_time", "replies_total"), "3"),
        **dict.fromkeys(("requests_in_person", "reply_granted", "reply_not_exist"), "1"),
        **dict.fromkeys(("requests_online",), "2"),
        **dict.fromkeys(("reply_refused", "reply_refused_privacy"), "1"),
        **dict.fromkeys(("review_total",), "2"),
        **dict.fromkeys(("review_upheld", "review_other"), "1"),
        **dict.fromkeys(("suit_total", "suit_upheld"), "4"),
        **dict.fromkeys(("staff_total",), "3"),
        **dict.fromkeys(("staff_full_time",), "1"),
        **dict.fromkeys(("staff_part_time", "training_sessions"), "2"),
        **dict.fromkeys(("trainees",), "60"),
        "budget_wan": "34.7",
    },
    "G2019": {
        **dict.fromkeys(("t2_normative_made", "t2_normative_published"), "2"),
        "t2_normative_published_total": "5",
        **dict.fromkeys(("t2_penalty_items_delta",), "1"),
        "t2_penalty_items_prev": "2",
        "t2_penalty_decisions": "8",
    },
    "G2021": {
        "t2_normative_issued": "3",
        "t2_normative_repealed": "1",
        "t2_normative_in_force": "8",
        "t2_licence_decisions": "300",
        "t2_penalty_decisions": "40",
        "t2_charges_amount_wan": "62.5",
    },
}
_DISPUTES = {
    "review_upheld": "1",
    "review_other": "1",
    "review_pending": "1",
    "review_total": "3",
    "suit_after_review_upheld": "2",
    "suit_after_review_total": "2",
}


def base(edition: str, *, year: int | None = None, agency: str = "云川县农业农村局") -> synthetic.Report:
    """The consistent report of an edition."""
    values = dict.fromkeys(forms.form(edition).cells, Decimal(0))
    given = dict(_OTHERS[edition])
    if edition != "G2014":
        given.update(_DISPUTES)
        for row, count in _REQUESTS.items():
            given.update({f"t3.{row}.{column}": str(count) for column in ("natural_person", "total")})
    values.update({cell: Decimal(value) for cell, value in given.items() if cell in values})
    return synthetic.Report(edition, agency, year or synthetic.YEARS[edition], values)


def findings(folder: Path, case: dict[str, Any], variant: dict[str, Any]) -> list[Finding]:
    """What is found in the base report with the changes of a variant."""
    year = variant.get("year") or case.get("year")
    agency = case.get("agency", "云川县农业农村局")
    each = base(case["edition"], year=year, agency=agency)
    entry = _audited(folder / variant.get("file", "report.txt"), each, variant)
    previous: list[FilledReport] = []
    children: list[audit.Outcome] = []
    if "previous" in variant:
        last = base(case["edition"], year=each.year - 1, agency=agency)
        changes = {
            "cells": variant["previous"],
            "text": variant.get("previous_text"),
            "local": variant.get("previous_local", ()),
            "words": variant.get("previous_words", {}),
        }
        previous = [_audited(folder / "last.txt", last, changes).report]
    for i, cells in enumerate(variant.get("children", ())):
        child = base(case["edition"], year=each.year, agency=f"云川县第{'一二三'[i]}农场管理局")
        entry_below = _audited(folder / f"child{i}.txt", child, {"cells": cells})
        children.append(audit.Outcome(f"child{i}.txt", (entry_below,)))
    shelf = library.from_rows("目录.csv", variant["library"]) if "library" in variant else None
    beside = linking.Beside(previous, children, library=shelf)
    outcome = linking.link([audit.Outcome("report.txt", (entry,))], beside)[0]
    return list(outcome.audited[0].findings)


def _audited(path: Path, each: synthetic.Report, variant: dict[str, Any]) -> audit.Audited:
    each = dataclasses.replace(
        each,
        extra=(variant["text"],) if variant.get("text") else (),
        replaced=tuple(variant.get("words", {}).items()),
    )
    zero = {cell: 0 for cell in each.values if variant.get("zero") and cell.startswith(variant["zero"])}
    each = changed(each, {**zero, **variant.get("cells", {})})
    tables = synthetic.grids(each)
    for cell in (cell for cell, value in variant.get("cells", {}).items() if value is None):
        _empty(tables, cell)
    for cell, unit in variant.get("unit", {}).items():
        label = each.form.cells[cell].row.label
        row = next(row for row in tables["g14"] if row[0][0].endswith(label))
        row[1] = (unit, 1, 1)
    if variant.get("local"):
        tables = {"g14": [[(text, 1, 1) for text in row] for row in variant["local"]]}
    for name in variant.get("drop", ()):
        tables[name] = [[("图片", 1, 1), ("略", 1, 1)]]
    words = variant.get("words_in_tables", {})
    tables = {name: [[(words.get(t, t), d, a) for t, d, a in row] for row in grid] for name, grid in tables.items()}
    path.write_bytes(synthetic.written(each, "page", tables=tables))
    outcome = audit.audit(path)
    assert not outcome.error, outcome.message
    return outcome.audited[0]


def changed(each: synthetic.Report, cells: dict[str, Any]) -> synthetic.Report:
    """Other values; None marks a box to be emptied (it prints as 987654 until then)."""
    values = dict(each.values)
    for cell, value in cells.items():
        values[cell] = Decimal(987654) if value is None else Decimal(str(value))
    return dataclasses.replace(each, values=values)


def _empty(tables: dict[str, synthetic.Grid], cell: str) -> None:
    for grid in tables.values():
        for row in grid:
            row[:] = [("" if text == "987654" else text, down, across) for text, down, across in row]
