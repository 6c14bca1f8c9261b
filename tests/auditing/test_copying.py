"""TXT-08 over a whole run: copies are named with their source and quoted, prescribed words are nobody's copy."""

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from gongkai.auditing import audit, guarded, linking
from gongkai.auditing.rules import places
from gongkai.law.findings import Finding, Severity, Status
from tests.auditing import base, copying, synthetic

pytestmark = pytest.mark.pure


def _written(folder: Path, name: str, each: synthetic.Report, layout: str = "page") -> Path:
    path = folder / f"{name}{synthetic.SUFFIXES[layout]}"
    path.write_bytes(synthetic.written(each, layout))
    return path


def _linked(paths: list[Path], children: list[Path] | None = None) -> dict[str, list[Finding]]:
    done = {o.path: o for o in guarded.audit_all([*paths, *(children or ())], workers=2)}
    below = [done[str(path)] for path in children or ()]
    linked = linking.link([done[str(path)] for path in paths], linking.Beside(children=below))
    return {Path(o.path).stem: [f for entry in o.audited for f in entry.findings if f.code == "TXT-08"] for o in linked}


def test_a_copy_in_another_file_is_named_and_quoted_on_both_sides(tmp_path: Path) -> None:
    text = copying.words("a")
    source = _written(tmp_path, "source", copying.report("云川县白沙镇人民政府", text))
    copied = text.replace("我们", "我镇")
    copy = _written(tmp_path, "copy", copying.report("云川县青石镇人民政府", copied), "docx")
    _written(tmp_path, "other", copying.report("云川县红岩镇人民政府", copying.words("b")))
    found = _linked(sorted(tmp_path.iterdir()))
    assert found["other"] == []
    (finding,) = found["copy"]
    assert (finding.severity, finding.status) == (Severity.WARNING, Status.FAIL)
    assert "云川县白沙镇人民政府2023年度报告" in finding.message
    assert str(source) in finding.message
    here, there = finding.where[:2]
    spot, elsewhere = places.parse(here), places.in_other(there)
    assert spot
    assert elsewhere
    assert elsewhere[0] == str(source)
    assert spot.quote[:30].replace("我镇", "我们") == elsewhere[1].quote[:30]
    block = audit.audit(copy, keep_document=True).audited[0].report.document.blocks[spot.block]
    assert block.text[spot.start : spot.end].startswith(spot.quote[:20])


def test_text_copied_in_part_is_a_question_and_the_source_with_more_of_its_own_is_left_alone(tmp_path: Path) -> None:
    shared = copying.words("s", 8)
    paths = [
        _written(tmp_path, "small", copying.report("云川县白沙镇人民政府", shared + copying.words("x", 12))),
        _written(tmp_path, "large", copying.report("云川县教育局", copying.words("y", 60) + shared)),
    ]
    found = _linked(paths)
    assert [finding.status for finding in found["small"]] == [Status.UNCERTAIN]
    assert found["large"] == []


def test_what_law_and_form_prescribe_is_nobodys_copy(tmp_path: Path) -> None:
    paths = []
    for number in range(12):
        name = f"云川县{'甲乙丙丁戊己庚辛壬癸子丑'[number]}山镇人民政府"
        own = copying.words(f"v{number}", 6)
        paths.append(_written(tmp_path, f"{number}", copying.report(name, copying.of_village(name, own))))
    assert {name: found for name, found in _linked(paths).items() if found} == {}


def test_own_other_years_are_not_sisters(tmp_path: Path) -> None:
    text = copying.words("a")
    paths = [_written(tmp_path, f"{y}", copying.report("云川县教育局", text, year=y)) for y in (2022, 2023)]
    found = _linked(paths)
    assert found["2022"] == []
    assert ["上年" in finding.message for finding in found["2023"]] == [True]


def test_the_same_report_in_two_files_is_one_report_twice(tmp_path: Path) -> None:
    each = copying.report("云川县教育局", copying.words("a"))
    paths = [_written(tmp_path, "a", each), _written(tmp_path, "b", each, "docx")]
    found = _linked(paths)
    assert [(f.severity, f.status) for f in found["a"]] == [(Severity.INFO, Status.NOT_ASSESSABLE)]
    assert "b.docx" in found["a"][0].message


def test_two_versions_of_one_report_with_other_figures_are_a_question(tmp_path: Path) -> None:
    each = copying.report("云川县教育局", copying.words("a"))
    other = base.changed(each, {"t2_licence_decisions": 301})
    found = _linked([_written(tmp_path, "a", each), _written(tmp_path, "b", other)])
    (finding,) = found["a"]
    assert (finding.severity, finding.where) == (Severity.WARNING, ("t2_licence_decisions",))


def test_children_that_copied_from_each_other_are_told_to_the_one_above(tmp_path: Path) -> None:
    text = copying.words("a")
    parent = _written(tmp_path, "parent", copying.report("云川县人民政府", copying.words("p")))
    names = ["云川县白沙镇人民政府", "云川县青石镇人民政府", "云川县红岩镇人民政府"]
    texts = [text, text, copying.words("z")]
    children = [
        _written(tmp_path, f"c{i}", copying.report(n, t)) for i, (n, t) in enumerate(zip(names, texts, strict=True))
    ]
    found = _linked([parent], children)["parent"]
    assert [f.message.startswith("下级单位") for f in found] == [True, True]
    assert all(places.in_other(where) for f in found for where in f.where)


def test_a_thousand_copies_of_one_report_are_each_found_in_time(tmp_path: Path) -> None:
    text = copying.words("a", 10)
    (entry,) = audit.audit(_written(tmp_path, "a", copying.report("云川县教育局", text))).audited
    outcomes = []
    for number in range(1000):
        document = dataclasses.replace(entry.report.document, path=f"{number}.html")
        name = f"第{number}区教育局"
        report: Any = dataclasses.replace(entry.report, agency=name, document=document)
        outcomes.append(audit.Outcome(document.path, (dataclasses.replace(entry, report=report),)))
    linked = linking.link(outcomes)
    assert all(any(f.code == "TXT-08" for f in o.audited[0].findings) for o in linked)
