"""Hostile and damaged files end in a named error within ten seconds, and never in another way."""

import random
import time
from pathlib import Path

import pytest

from gongkai.auditing import audit, errors, guarded
from tests.auditing import hostile, synthetic

pytestmark = pytest.mark.pure
# Honest in form though hostile in intent: these may be read, in time.
HARMLESS = {"entity loop in page", "many forms", "pipe rows", "digit runs"}


@pytest.mark.parametrize("name", hostile.FILES)
def test_a_hostile_file_ends_in_a_named_error_in_time(tmp_path: Path, name: str) -> None:
    suffix, make = hostile.FILES[name]
    path = tmp_path / f"file{suffix}"
    path.write_bytes(make())
    began = time.monotonic()
    outcome = guarded.audit_one(path)
    assert time.monotonic() - began < 10
    assert outcome.error in errors.NAMED or (name in HARMLESS and outcome.audited)
    assert outcome.error != errors.Collapsed.name
    assert bool(outcome.message) == bool(outcome.error)


def test_a_file_of_a_hundred_megabytes_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "big.html"
    with path.open("wb") as stream:
        stream.truncate(100_000_000)
    assert guarded.audit_one(path).error == "too_large"


def test_missing_files_folders_and_locked_files_are_named(tmp_path: Path) -> None:
    assert guarded.audit_one(tmp_path / "none.txt").error == "not_found"
    assert guarded.audit_one(tmp_path).error == "not_found"


@pytest.mark.parametrize("layout", ["docx", "pdf", "page", "pipes", "glued"])
def test_flipped_and_cut_bytes_never_crash_the_reader(tmp_path: Path, layout: str) -> None:
    chance = random.Random(layout)
    whole = synthetic.written(synthetic.report("G2021", 2), layout)
    paths = []
    for n in range(25):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 5, 60))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)) :]
        path = tmp_path / f"{n}{synthetic.SUFFIXES[layout]}"
        path.write_bytes(bytes(data))
        paths.append(path)
    for outcome in guarded.audit_all(paths):
        assert outcome.audited or outcome.error in errors.NAMED
        assert outcome.error != errors.Collapsed.name, outcome.message


def test_a_reader_that_dies_or_hangs_does_not_take_the_others_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = audit.audit

    def fake(path: Path, *, keep_document: bool = False) -> audit.Outcome:
        if "hang" in path.name:
            time.sleep(60)
        if "die" in path.name:
            import os

            os._exit(3)
        return real(path, keep_document=keep_document)

    monkeypatch.setattr(audit, "audit", fake)
    monkeypatch.setattr(guarded, "SECONDS", 0.7)
    names = ["a.txt", "hang.txt", "b.txt", "die.txt", "c.txt"]
    for name in names:
        (tmp_path / name).write_text(synthetic.pipes(synthetic.report("G2021", 1)), encoding="utf-8")
    outcomes = {Path(o.path).name: o.error for o in guarded.audit_all([tmp_path / n for n in names], workers=2)}
    assert outcomes == {"a.txt": "", "hang.txt": "took_too_long", "b.txt": "", "die.txt": "collapsed", "c.txt": ""}


def test_a_reader_that_swells_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fake(path: Path, *, keep_document: bool = False) -> audit.Outcome:
        try:
            return audit.Outcome(str(path), message=str(len(bytearray(2_000_000_000))))
        except MemoryError:
            return audit.Outcome(str(path), error=errors.OutOfMemory.name, message="x")

    monkeypatch.setattr(audit, "audit", fake)
    path = tmp_path / "a.txt"
    path.write_text("x", encoding="utf-8")
    assert guarded.audit_one(path).error == "out_of_memory"
