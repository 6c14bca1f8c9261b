"""The files of a ZIP come out one by one, with the names they were given, and a hostile one gives nothing."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from pytest_django.fixtures import Settings
from tools import papers

from gongkai.groundwork.files import unpacking
from gongkai.groundwork.files.refusals import Code, RefusedFile
from tests.integration.files import material


@pytest.fixture(autouse=True)
def _own_store(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


def unpack(content: bytes) -> Mapping[str, bytes | Code]:
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        with unpacking.unpacked(cast("BinaryIO", file)) as found:
            return {
                each.name: each.draft.stream.read() if each.draft else each.refusal.code if each.refusal else b""
                for each in found
            }


def test_every_file_comes_with_its_bytes_but_not_the_clutter() -> None:
    big = bytes(range(256)) * 4000
    entries = {"通知.pdf": big, "夹/说明.txt": b"x", "__MACOSX/._a": b"y", "夹/": b"", "~$通知.docx": b"z"}
    assert unpack(material.archive(entries)) == {"通知.pdf": big, "夹/说明.txt": b"x"}


def test_names_in_gbk_are_read() -> None:
    assert unpack(papers.gbk_archive({"关于供暖的通知.docx": b"x"})) == {"关于供暖的通知.docx": b"x"}


def test_an_empty_file_is_named_with_its_refusal() -> None:
    assert unpack(material.archive({"空.txt": b"", "有.txt": b"1"})) == {"空.txt": Code.EMPTY, "有.txt": b"1"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 no archive", Code.BROKEN),
        (material.archive({"里面.zip": b"PK"}), Code.WRONG_TYPE),
        (material.archive({"../外面.txt": b"x"}), Code.BROKEN),
        (material.archive({f"{number}.txt": b"x" for number in range(201)}), Code.BOMB),
        (material.archive({"大.txt": b"0" * (40 << 20)}), Code.BOMB),
    ],
    ids=["damaged", "nested", "path", "too many", "bomb"],
)
def test_a_hostile_archive_is_refused(content: bytes, code: Code, tmp_path: Path) -> None:
    with pytest.raises(RefusedFile) as refused:
        unpack(content)
    assert refused.value.code is code
    assert not list((tmp_path / "incoming").glob("*")) if (tmp_path / "incoming").exists() else True
