"""``gongkai import``: what stands on stdout, what the exit status says, and what a kill leaves behind."""

import argparse
import csv
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from gongkai.config.cli import imports
from gongkai.published import indexing
from gongkai.published.models import Entry
from tests.integration.imports import tables

BY_TWO = ("--cleared-by", "王", "--confirmed-by", "赵")


def command(*words: str | Path) -> int:
    parser = argparse.ArgumentParser()
    imports.add_arguments(parser)
    return imports.run(parser.parse_args(["records", *map(str, words)]))


@pytest.mark.django_db
class TestTheAnswer:
    @pytest.fixture(autouse=True)
    def _own_index(self, settings: Settings, tmp_path: Path) -> None:
        settings.INDEX_ROOT = tmp_path / "index"

    def test_it_is_one_line_with_one_object(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = tables.write(tmp_path / "list.tsv", [tables.row(1), tables.row(1), tables.row(2, title="")])
        assert command(path, "--json", *BY_TWO) == 0
        said = capsys.readouterr()
        assert said.out.count("\n") == 1
        assert json.loads(said.out) == {"read": 3, "created": 1, "updated": 0, "unchanged": 1, "rejected": 1}
        assert "list.rejects.csv" in said.err

    def test_what_came_in_is_found_at_once(self, tmp_path: Path) -> None:
        command(tables.write(tmp_path / "list.tsv", [tables.row(1), tables.row(2)]), *BY_TWO)
        assert indexing.reader().status().documents == 2

    def test_where_the_worker_keeps_the_index_it_is_left_to_it(self, tmp_path: Path) -> None:
        indexer = indexing.open_indexer()
        try:
            assert command(tables.write(tmp_path / "list.tsv", [tables.row(1)]), *BY_TWO) == 0
        finally:
            indexer.close()
        assert Entry.objects.count() == 1

    def test_a_rehearsal_needs_no_clearance_and_leaves_no_file(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tables.write(tmp_path / "list.tsv", [tables.row(1), tables.row(2, title="")])
        assert command(path, "--dry-run", "--json") == 0
        assert json.loads(capsys.readouterr().out)["created"] == 1
        assert not Entry.objects.exists()
        assert sorted(file.name for file in tmp_path.iterdir()) == ["list.tsv"]

    def test_every_finding_can_be_listed(self, tmp_path: Path) -> None:
        rows = [
            tables.row(1),
            tables.row(2, date_published="2024-02-01"),
            tables.row(3, title="机密★10年 某通知", document_number="甲[2024]1号"),
        ]
        command(tables.write(tmp_path / "list.tsv", rows), "--findings", tmp_path / "findings.csv", *BY_TWO)
        with (tmp_path / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
            header, *listed = csv.reader(file)
        assert header == ["行号", "级别", "代码", "位置", "说明"]
        assert [line[:3] for line in listed] == [
            ["3", "提醒", "imports.published_before_written"],
            ["4", "错误", "secrecy.mark"],
        ]

    def test_without_two_names_nothing_happens(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = tables.write(tmp_path / "list.tsv", [tables.row(1)])
        assert command(path, "--cleared-by", "王") == 2
        assert "--confirmed-by" in capsys.readouterr().err
        assert not Entry.objects.exists()

    def test_a_mapping_of_ones_own(self, tmp_path: Path) -> None:
        mapping = tmp_path / "own.yaml"
        mapping.write_text(
            "name: own\nkey: [url]\nagency: {column: source, create: true}\n"
            "fields: {title: title, published_on: date_published}\nconstants: {column_code: art20_15_other}\n",
            "utf-8",
        )
        assert command(tables.write(tmp_path / "list.tsv", [tables.row(1)]), "--mapping", mapping, *BY_TWO) == 0
        entry = Entry.objects.get()
        assert (entry.node_code, entry.document_number, entry.in_library) == ("art20_15_other", "", False)

    @pytest.mark.parametrize(
        "content",
        [b"", b"a,b\n1,2\n", b"\xff\xfe\xff\xff\xff", b"PK\x03\x04", b"source\ttitle\n\xff\xff\xff\n"],
        ids=["empty", "other columns", "no text", "an archive", "broken encoding"],
    )
    def test_what_cannot_be_read_ends_with_two(
        self, content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "list.tsv"
        path.write_bytes(content)
        assert command(path, "--json", *BY_TWO) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert "未能导入" in said.err

    @pytest.mark.parametrize(
        "words", [("missing.tsv",), ("list.tsv", "--mapping", "none"), ("list.tsv", "--agency", "x")]
    )
    def test_what_is_not_there_ends_with_two(
        self, words: Sequence[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tables.write(tmp_path / "list.tsv", [tables.row(1)])
        monkeypatch.chdir(tmp_path)
        assert command(*words, *BY_TWO) == 2


@pytest.mark.pure
def test_killed_again_and_again_no_row_is_lost_and_none_is_doubled(tmp_path: Path) -> None:
    path = tables.write(tmp_path / "list.tsv", [tables.row(number) for number in range(1, 5_001)])
    home = tmp_path / "home"
    gongkai = _gongkai(home)
    subprocess.run([*gongkai, "manage", "migrate", "--verbosity", "0", "--skip-checks"], check=True, env=_env(home))
    importing = [*gongkai, "import", "records", str(path), "--json", *BY_TWO]
    for goal in (500, 3_500):
        process = subprocess.Popen(importing, env=_env(home), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        while _count(home, "records_importedrow") < goal:
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert _count(home, "records_importedrow") == _count(home, "published_entry") == _count(home, "records_record")
    finished = subprocess.run(importing, env=_env(home), check=True, capture_output=True, text=True)
    answer = json.loads(finished.stdout)
    assert answer["created"] + answer["unchanged"] == 5_000
    assert 0 < answer["created"] < 5_000
    for table in ("records_importedrow", "records_record", "published_entry", "published_entryversion"):
        assert _count(home, table) == 5_000
    assert _count(home, "records_record", "DISTINCT source") == 5_000
    status = subprocess.run([*gongkai, "index", "status", "--json"], env=_env(home), check=True, capture_output=True)
    assert (json.loads(status.stdout)["documents"], json.loads(status.stdout)["changes_behind"]) == (5_000, 0)


def _gongkai(home: Path) -> list[str]:
    home.mkdir()
    return [sys.executable, "-c", "import sys; from gongkai.config.cli import main; sys.exit(main())"]


def _env(home: Path) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")}
    return own | {"GONGKAI_HOME": str(home)}


def _count(home: Path, table: str, what: str = "*") -> int:
    with sqlite3.connect(home / "gongkai.sqlite3", timeout=30) as database:
        return int(database.execute(f"SELECT count({what}) FROM {table}").fetchone()[0])
