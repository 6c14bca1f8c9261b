"""`gongkai check` as users and programs meet it."""

import dataclasses
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gongkai.auditing import cli
from tests.auditing import base, synthetic

pytestmark = pytest.mark.pure


def _write(path: Path, each: synthetic.Report, layout: str = "page") -> Path:
    path.write_bytes(synthetic.written(each, layout))
    return path


def _json(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    code = cli.main([*arguments, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_a_clean_report_exits_with_zero(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    each = base.base("G2021")
    code, result = _json(capsys, str(_write(tmp_path / "a.html", each)))
    (report,) = result["reports"]
    assert code == 0
    assert (report["agency"], report["year"], report["edition"]) == (each.agency, 2023, "G2021")
    assert len(report["cells"]) == 200
    assert report["cells"]["t3.new_requests.natural_person"] == 20
    assert report["cells"]["t2_charges_amount_wan"] == 62.5
    assert report["unread"] == []
    assert [(finding["code"], finding["severity"]) for finding in report["findings"]] == [("G21-T3-06", "info")]


def test_an_error_exits_with_one_and_says_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    each = base.changed(base.base("G2021"), {"review_total": 4})
    code, result = _json(capsys, str(_write(tmp_path / "a.html", each)))
    finding, remark = result["reports"][0]["findings"]
    assert code == 1
    assert (finding["code"], finding["severity"], finding["status"]) == ("G21-T4-01", "error", "fail")
    assert (remark["code"], remark["severity"], remark["status"]) == ("G21-T3-06", "info", "not_assessable")
    assert (finding["expected"], finding["actual"]) == (3, 4)
    assert "review_total" in finding["where"]
    assert finding["message"] == "表四“行政复议”总计:各项之和3,填报4,相差1"


def test_an_unread_cell_is_null_and_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    each = base.changed(base.base("G2021"), {"t2_normative_issued": 69, "t2_normative_in_force": 665})
    _, result = _json(capsys, str(_write(tmp_path / "a.txt", each, "glued")))
    report = result["reports"][0]
    assert report["cells"]["t2_normative_issued"] is None
    assert "t2_normative_issued" in report["unread"]


def test_an_unreadable_file_is_named_and_the_rest_is_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = _write(tmp_path / "a.html", base.base("G2021"))
    bad = tmp_path / "b.pdf"
    bad.write_bytes(b"%PDF-1.7 broken")
    code, result = _json(capsys, str(bad), str(good), str(tmp_path / "missing.txt"))
    assert code == 2
    assert [entry["error"] for entry in result["unreadable"]] == ["damaged", "not_found"]
    assert len(result["reports"]) == 1


def test_a_folder_is_searched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "sub").mkdir()
    for i, layout in enumerate(("page", "docx", "pipes")):
        _write(tmp_path / "sub" / f"{i}{synthetic.SUFFIXES[layout]}", base.base("G2021"), layout)
    (tmp_path / "note.bin").write_bytes(b"\x00")
    code, result = _json(capsys, str(tmp_path))
    assert code == 0
    assert len(result["reports"]) == 3


def test_last_year_is_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    now = _write(tmp_path / "now.html", base.base("G2021"))
    last = base.changed(base.base("G2021", year=2022), {"t3.carried_over_out.natural_person": 5})
    before = _write(tmp_path / "before.html", last)
    code, result = _json(capsys, str(now), "--previous", str(before))
    found = [finding["message"] for finding in result["reports"][0]["findings"] if finding["severity"] == "error"]
    assert code == 1
    assert found == ["自然人列:上年结转2,上年报告结转下年度5,相差3"]


def test_two_years_in_one_run_are_compared_by_themselves(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write(tmp_path / "2023.html", base.base("G2021"))
    last = base.changed(base.base("G2021", year=2022), {"t3.carried_over_in.natural_person": 4})
    _write(tmp_path / "2022.html", base.changed(last, {"t3.carried_over_out.natural_person": 4}))
    _, result = _json(capsys, str(tmp_path))
    codes = {report["year"]: {f["code"] for f in report["findings"]} for report in result["reports"]}
    assert "G21-T3-05" in codes[2023]
    assert "G21-T3-05" not in codes[2022]


def test_two_reports_of_one_file_that_say_the_same_are_noticed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = "".join(
        f"第{i}项工作是公开第{chr(0x4E00 + 7 * i)}{chr(0x4E80 + 11 * i)}类事项并答复群众;" for i in range(40)
    )
    pages = [dataclasses.replace(base.base("G2021", year=year), extra=(words,)) for year in (2021, 2023)]
    path = tmp_path / "both.txt"
    path.write_text("\n".join(synthetic.tabs(each) for each in pages), encoding="utf-8")
    _, result = _json(capsys, str(path))
    found = [[f["status"] for f in report["findings"] if f["code"] == "TXT-08"] for report in result["reports"]]
    assert found == [["uncertain"], ["uncertain"]]


def test_children_are_summed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parent = base.base("G2021", agency="云川县人民政府")
    doubled = base.changed(parent, {cell: value * 2 for cell, value in parent.values.items()})
    children = tmp_path / "children"
    children.mkdir()
    for i in range(2):
        _write(children / f"{i}.html", base.base("G2021", agency=f"云川县第{'一二'[i]}管理局"))
    path = _write(tmp_path / "parent.html", doubled)
    _, clean = _json(capsys, str(path), "--children", str(children))
    assert [f for f in clean["reports"][0]["findings"] if f["code"] == "SUM-01"] == []
    _write(path, base.changed(doubled, {"t2_licence_decisions": 599}))
    code, result = _json(capsys, str(path), "--children", str(children))
    (finding,) = [f for f in result["reports"][0]["findings"] if f["code"] == "SUM-01"]
    assert code == 1
    assert (finding["expected"], finding["actual"]) == (600, 599)
    _write(path, base.changed(doubled, {"t2_licence_decisions": 601}))
    _, result = _json(capsys, str(path), "--children", str(children))
    (finding,) = [f for f in result["reports"][0]["findings"] if f["code"] == "SUM-01"]
    assert (finding["severity"], finding["where"]) == ("warning", ["t2_licence_decisions"])


def test_the_page_shows_the_document_with_its_faults_marked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    each = base.changed(base.base("G2021"), {"review_total": 4})
    source = _write(tmp_path / "a.html", each)
    source.write_text(source.read_text(encoding="utf-8").replace("</body>", "<p>a &lt;script&gt;的的</p></body>"))
    out = tmp_path / "out.html"
    cli.main([str(source), "--html", str(out)])
    page = out.read_text(encoding="utf-8")
    assert '<td rowspan="2">' in page
    assert '<td class="error">4<sup>注1</sup></td>' in page
    assert '<mark class="warning">的的</mark><sup>注2</sup>' in page
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "http" not in page


def test_the_workbook_never_holds_formulas(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "=1+1.txt"
    source.write_text("=cmd()县2023年政府信息公开工作年度报告\n=HYPERLINK(1)的的", encoding="utf-8")
    out = tmp_path / "out.xlsx"
    cli.main([str(source), "--xlsx", str(out)])
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["问题", "单元格", "无法读取"]
    assert {cell.data_type for row in book["问题"].iter_rows(min_row=2) for cell in row} <= {"s", "n", "inlineStr"}


def test_the_words_for_people_name_rule_and_sum(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    each = base.changed(base.base("G2021"), {"review_total": 4})
    assert cli.main([str(_write(tmp_path / "a.html", each))]) == 1
    text = capsys.readouterr().out
    assert "[错误] G21-T4-01 表四“行政复议”总计:各项之和3,填报4,相差1" in text
    assert "共1个文件:错误1项,提醒0项,提示1项,无法读取0个" in text


def test_it_runs_as_a_module_without_django(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.html", base.base("G2021"))
    code = (
        "import sys; from gongkai.auditing import cli; code = cli.main(sys.argv[1:]); "
        "sys.exit(code or int('django' in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code, str(path)], check=False).returncode == 0
    done = subprocess.run([sys.executable, "-m", "gongkai.auditing", str(path)], check=False)
    assert done.returncode == 0
