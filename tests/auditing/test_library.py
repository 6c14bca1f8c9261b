"""A policy library beside a report: read as the public interface exports it, refused by name when it is none."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongkai.auditing import cli, errors, library
from tests.auditing import base, synthetic

pytestmark = pytest.mark.pure
DAY = date(2023, 12, 31)


@pytest.mark.parametrize(
    ("entry", "held"),
    [
        ({"issued_on": date(2020, 1, 1)}, True),
        ({"issued_on": date(2023, 12, 31)}, True),
        ({"issued_on": date(2024, 1, 1)}, False),
        ({"issued_on": date(2023, 12, 1), "effective_on": date(2024, 2, 1)}, None),
        ({"issued_on": date(2020, 1, 1), "ended_on": date(2023, 12, 30), "has_ended": True}, False),
        ({"issued_on": date(2020, 1, 1), "ended_on": date(2023, 12, 31), "has_ended": True}, None),
        ({"issued_on": date(2020, 1, 1), "ended_on": date(2024, 1, 1), "has_ended": True}, True),
        ({"issued_on": date(2020, 1, 1), "has_ended": True}, None),
        ({}, None),
    ],
)
def test_a_document_is_in_force_out_of_force_or_open(entry: dict[str, Any], held: bool | None) -> None:
    assert library.Entry("甲办法", **entry).held(DAY) is held


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.csv", "文号,机关\n一,二\n".encode(), errors.Unsupported),
        ("a.json", b"[1, 2]", errors.Unsupported),
        ("a.json", b'{"other": 1}', errors.Unsupported),
        ("a.json", b"[" * 100_000, errors.Damaged),
        ("a.json", b'[{"title": ', errors.Damaged),
        ("missing.csv", None, errors.NotFound),
    ],
)
def test_what_is_no_catalogue_is_refused_by_name(
    tmp_path: Path, name: str, content: bytes | None, error: type[errors.CannotRead]
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(error):
        library.read(tmp_path / name)


def test_a_table_in_the_old_encoding_with_disarmed_cells_is_read(tmp_path: Path) -> None:
    path = tmp_path / "目录.csv"
    path.write_bytes("标题,规范性文件,成文日期,有效性\n'=办法,是,2020年3月1日,有效\n".encode("gb18030"))
    (entry,) = library.read(path).entries
    assert (entry.title, entry.issued_on, entry.is_normative) == ("=办法", date(2020, 3, 1), True)


def test_entries_survive_the_way_to_another_process() -> None:
    entry = library.Entry("甲", issued_on=DAY, is_normative=True, key="7")
    (plain,) = library.described([entry])
    assert library.from_plain(json.loads(json.dumps(plain))) == entry


def test_the_command_counts_the_documents_of_the_library(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "a.html"
    report.write_bytes(synthetic.written(base.base("G2021"), "page"))
    shelf = tmp_path / "catalogue.json"
    line = {"title": "甲办法", "created_on": "2020-01-01", "is_normative": True, "agency": "云川县农业农村局"}
    for count, expected in ((8, []), (7, [(7, 8)])):
        shelf.write_text(json.dumps([line] * count), encoding="utf-8")
        assert cli.main([str(report), "--library", str(shelf), "--json"]) == 0
        (found,) = json.loads(capsys.readouterr().out)["reports"]
        stock = [(f["expected"], f["actual"]) for f in found["findings"] if f["code"] == "G21-T2-04"]
        assert stock == expected
    assert cli.main([str(report), "--library", str(tmp_path / "gone.csv"), "--json"]) == 2
    (unread,) = json.loads(capsys.readouterr().out)["unreadable"]
    assert unread["error"] == "not_found"


def test_a_government_may_count_its_own_documents_or_those_of_all_its_bodies(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "a.html"
    report.write_bytes(synthetic.written(base.base("G2021", agency="云川县人民政府"), "page"))
    shelf = tmp_path / "catalogue.json"

    def found(own: int, others: int) -> list[str]:
        line = {"title": "甲办法", "created_on": "2020-01-01", "is_normative": True}
        lines = [line | {"agency": "云川县人民政府"}] * own + [line | {"agency": "云川县教育局"}] * others
        shelf.write_text(json.dumps(lines), encoding="utf-8")
        cli.main([str(report), "--library", str(shelf), "--json"])
        (report_found,) = json.loads(capsys.readouterr().out)["reports"]
        return [f["status"] for f in report_found["findings"] if f["code"] == "G21-T2-04"]

    assert found(8, 4) == found(3, 5) == []
    assert found(3, 4) == ["uncertain"]
    assert found(0, 0) == ["not_assessable"]
