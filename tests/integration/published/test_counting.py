"""Readings are added up once, however often a log is read and whatever its name is by then; nobody is in the tables."""

import gzip
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from gongkai.published.models import DailyCount, LogPlace
from gongkai.published.selectors import counts
from gongkai.published.services import counting
from tests.integration.published import building

pytestmark = pytest.mark.django_db
_DAY = date(2026, 11, 29)


def _line(entry_id: int, *, file: int = 0) -> str:
    path = f"/entries/{entry_id}/" + (f"files/{file}/" if file else "")
    agent = "Mozilla/5.0 (Windows NT 10.0) Chrome/86.0"
    return f'203.0.113.7 - - [28/Nov/2026:17:05:01 +0000] "GET {path}?q=secret HTTP/1.1" 200 9 "-" "{agent}"\n'


@pytest.fixture
def entry_id(db: None) -> int:
    return building.entry(building.agency().pk).pk


def _read(path: Path) -> tuple[int, int]:
    return counting.read_log(path, at=timezone.now())


class TestLogs:
    def test_a_log_is_counted_once_and_then_from_where_it_ended(self, tmp_path: Path, entry_id: int) -> None:
        log = tmp_path / "access.log"
        log.write_text(_line(entry_id) + _line(entry_id, file=1) + _line(entry_id)[:40])
        assert _read(log) == (2, 2)
        assert _read(log) == (0, 0)
        with log.open("a") as more:
            more.write(_line(entry_id)[40:] + _line(entry_id))
        assert _read(log) == (2, 2)
        assert counts.of_entry(entry_id) == counts.Counts(views=3, downloads=1)

    def test_rotated_and_packed_it_is_known_again(self, tmp_path: Path, entry_id: int) -> None:
        log, rotated = tmp_path / "access.log", tmp_path / "access.log.1"
        log.write_text(_line(entry_id))
        _read(log)
        with log.open("a") as more:
            more.write(_line(entry_id))
        log.rename(rotated)
        assert _read(rotated) == (1, 1)
        packed = tmp_path / "access.log.2.gz"
        packed.write_bytes(gzip.compress(rotated.read_bytes()))
        assert _read(packed) == (0, 0)

    def test_what_broke_off_is_taken_up_again(
        self, tmp_path: Path, entry_id: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        log = tmp_path / "access.log"
        log.write_text(_line(entry_id) * 3)
        monkeypatch.setattr(counting, "_LINES", 2)
        kept = counting.add

        def once(readings: object) -> int:
            monkeypatch.setattr(counting, "add", _fails)
            return kept(readings)  # type: ignore[arg-type]

        monkeypatch.setattr(counting, "add", once)
        with pytest.raises(OSError, match="full"):
            _read(log)
        monkeypatch.setattr(counting, "add", kept)
        assert _read(log) == (1, 1)
        assert counts.of_entry(entry_id).views == 3

    def test_entries_that_never_were_are_not_counted(self, tmp_path: Path, entry_id: int) -> None:
        log = tmp_path / "access.log"
        log.write_text(_line(entry_id + 1))
        assert _read(log) == (1, 0)

    def test_no_address_and_no_query_is_stored(self, tmp_path: Path, entry_id: int) -> None:
        log = tmp_path / "access.log"
        log.write_text(_line(entry_id))
        _read(log)
        for model in (DailyCount, LogPlace):
            assert "203.0.113" not in str(list(model.objects.values()))
            assert "secret" not in str(list(model.objects.values()))


def _fails(readings: object) -> int:
    raise OSError("the disk is full")


class TestBatches:
    def test_they_are_added_to_what_is_there_and_the_file_goes(self, tmp_path: Path, entry_id: int) -> None:
        for _ in range(2):
            (tmp_path / "views.log").write_text(f"{entry_id} 0 2026-11-29\n" * 3 + f"{entry_id} 2 2026-11-29\nbroken")
            assert counting.collect_batches(tmp_path) == 4
        assert list(tmp_path.iterdir()) == []
        assert counts.of_entry(entry_id) == counts.Counts(views=6, downloads=2)
        assert counting.collect_batches(tmp_path) == 0

    def test_lists_tell_what_was_read_most_in_the_period(self, tmp_path: Path) -> None:
        agency = building.agency()
        often, seldom = building.entry(agency.pk, title="常看的"), building.entry(agency.pk, title="少看的")
        lines = f"{often.pk} 0 2026-11-29\n" * 2 + f"{seldom.pk} 0 2026-11-29\n{seldom.pk} 1 2025-01-01\n"
        (tmp_path / "views.log").write_text(lines)
        counting.collect_batches(tmp_path)
        found = counts.most_read(agency.pk, since=_DAY, until=_DAY)
        assert [(row.entry.title, row.counts.views, row.counts.downloads) for row in found] == [
            ("常看的", 2, 0),
            ("少看的", 1, 0),
        ]
        assert counts.by_day(agency.pk, since=_DAY, until=_DAY) == {_DAY: 3}
        assert connection.vendor
