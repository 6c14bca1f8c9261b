"""`gongkai check` on what users really point it at."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from gongkai.auditing import cli
from tests.auditing import base, synthetic

pytestmark = pytest.mark.pure


def _write(path: Path, each: synthetic.Report, layout: str = "page") -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(synthetic.written(each, layout))
    return path


def _json(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, dict[str, Any]]:
    code = cli.main([*map(str, arguments), "--json"])
    return code, json.loads(capsys.readouterr().out)


def _messages(report: dict[str, Any], code: str) -> list[str]:
    return [finding["message"] for finding in report["findings"] if finding["code"] == code]


def test_a_folder_without_reports_is_unreadable(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, result = _json(capsys, tmp_path)
    assert code == 2
    assert [(entry["path"], entry["error"]) for entry in result["unreadable"]] == [(str(tmp_path), "empty")]


def test_formats_that_are_not_read_are_named_beside_the_good_ones(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _write(tmp_path / "good.html", base.base("G2021"))
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)
    (tmp_path / "saved.mht").write_text("From: <x>\nSubject: a\nMIME-Version: 1.0\nContent-Type: multipart/related\n")
    (tmp_path / "page.htm").write_text("From: <x>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n")
    (tmp_path / "rich.rtf").write_text("{\\rtf1 hello}")
    (tmp_path / "~$good.docx").write_bytes(b"lock")
    (tmp_path / ".hidden.html").write_text("<p>x")
    code, result = _json(capsys, tmp_path)
    assert code == 2
    assert len(result["reports"]) == 1
    assert {Path(e["path"]).name: e["error"] for e in result["unreadable"]} == dict.fromkeys(
        ("old.doc", "saved.mht", "page.htm", "rich.rtf"), "unsupported"
    )
    assert all("另存为" in entry["message"] for entry in result["unreadable"])


def test_a_file_given_twice_is_read_once_and_own_output_never(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _write(tmp_path / "a.html", base.base("G2021"))
    for _ in range(2):
        code, result = _json(capsys, path, tmp_path, tmp_path / "." / "a.html", "--html", tmp_path / "out.html")
        assert (code, len(result["reports"])) == (0, 1)


def test_a_result_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _write(tmp_path / "a.html", base.base("G2021"))
    assert cli.main([str(path), "--xlsx", str(tmp_path / "missing" / "out.xlsx")]) == 2
    assert "结果写不进去" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("agency", "year", "words"),
    [("云川县农业农村局", 2021, "年度是2021,不是2022"), ("白山县教育局", 2022, "与本报告机关“云川县农业农村局”不同")],
)
def test_a_previous_report_of_another_year_or_agency_is_told_and_not_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], agency: str, year: int, words: str
) -> None:
    path = _write(tmp_path / "a.html", base.base("G2021"))
    last = base.changed(base.base("G2021", agency=agency, year=year), {"t3.carried_over_out.total": 99})
    code, result = _json(capsys, path, "--previous", _write(tmp_path / "last.html", last))
    (message,) = _messages(result["reports"][0], "G21-T3-05")
    assert code == 0
    assert words in message


def test_among_several_previous_reports_the_fitting_one_is_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _write(tmp_path / "a.html", base.base("G2021"))
    for year in (2020, 2021, 2022):
        edition = "G2021" if year > 2020 else "G2019"
        _write(tmp_path / "old" / f"{year}.html", base.base(edition, year=year))
    code, result = _json(capsys, path, "--previous", tmp_path / "old")
    assert code == 0
    assert _messages(result["reports"][0], "G21-T3-05") == []


def test_an_unreadable_previous_report_is_named_in_the_result(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _write(tmp_path / "a.html", base.base("G2021"))
    code, result = _json(capsys, path, "--previous", tmp_path / "gone.html")
    assert code == 2
    assert [entry["error"] for entry in result["unreadable"]] == ["not_found"]
    assert len(result["reports"]) == 1


@pytest.fixture
def family(tmp_path: Path) -> tuple[Path, Path]:
    """A county whose figures are those of its two bodies."""
    parent = base.base("G2021", agency="云川县人民政府")
    doubled = base.changed(parent, {cell: value * 2 for cell, value in parent.values.items()})
    for name in "一二":
        _write(tmp_path / "below" / f"{name}.html", base.base("G2021", agency=f"云川县第{name}管理局"))
    return _write(tmp_path / "parent.html", doubled), tmp_path / "below"


def _sums(capsys: pytest.CaptureFixture[str], family: tuple[Path, Path]) -> tuple[int, list[dict[str, Any]]]:
    code, result = _json(capsys, family[0], "--children", family[1])
    return code, [f for f in result["reports"][0]["findings"] if f["code"] == "SUM-01"]


def test_the_parents_own_report_among_the_children_is_not_summed(
    family: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    (family[1] / "copy.html").write_bytes(family[0].read_bytes())
    code, found = _sums(capsys, family)
    assert code == 0
    assert ["本级报告" in finding["message"] for finding in found] == [True]


def test_a_child_in_two_files_is_summed_once(family: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    _write(family[1] / "again.docx", base.base("G2021", agency="云川县第一管理局"), "docx")
    code, found = _sums(capsys, family)
    assert code == 0
    assert [(f["severity"], "只计一份" in f["message"]) for f in found] == [("warning", True)]


def test_a_child_in_two_versions_makes_no_certain_error(
    family: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    other = base.changed(base.base("G2021", agency="云川县第一管理局"), {"t2_licence_decisions": 900})
    _write(family[1] / "again.html", other)
    code, found = _sums(capsys, family)
    assert code == 0
    assert all(f["severity"] == "warning" for f in found)
    assert any("数字不同" in f["message"] for f in found)


def test_a_child_of_another_place_or_year_is_named_and_not_summed(
    family: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    _write(family[1] / "far.html", base.base("G2021", agency="白山县教育局"))
    _write(family[1] / "old.html", base.base("G2021", agency="云川县档案馆", year=2022))
    code, found = _sums(capsys, family)
    assert code == 0
    assert sorted((f["status"], "未计入汇总" in f["message"]) for f in found) == [("not_assessable", True)] * 2


def test_a_missing_child_is_a_question(family: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    (family[1] / "二.html").unlink()
    code, found = _sums(capsys, family)
    assert code == 0
    assert [(f["status"], "缺少下级报告" in f["message"]) for f in found] == [("uncertain", True)]


def test_an_empty_folder_of_children_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "below").mkdir()
    code, result = _json(capsys, _write(tmp_path / "a.html", base.base("G2021")), "--children", tmp_path / "below")
    assert code == 2
    assert [entry["error"] for entry in result["unreadable"]] == ["empty"]


def test_the_bar_moves_only_for_many_files_and_someone_who_watches(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(cli.MANY):
        _write(tmp_path / f"{number}.html", dataclasses.replace(base.base("G2021"), agency=f"云川县第{number}局"))
    cli.main([str(tmp_path)])
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    cli.main([str(tmp_path)])
    assert "检查年度报告: 100%" in capsys.readouterr().err
