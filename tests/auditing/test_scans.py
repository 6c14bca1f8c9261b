"""Scans: read where the extra `[ocr]` is installed, named where it is not."""

import importlib.util
from pathlib import Path

import PIL.Image
import PIL.ImageDraw
import pytest

from gongkai.auditing import audit, guarded

pytestmark = pytest.mark.pure
INSTALLED = importlib.util.find_spec("rapidocr") is not None


def _picture(path: Path) -> Path:
    picture = PIL.Image.new("L", (1240, 600), 255)
    pen = PIL.ImageDraw.Draw(picture)
    for x in (100, 500, 900):
        pen.line((x, 100, x, 300), fill=0, width=3)
    for y in (100, 200, 300):
        pen.line((100, y, 900, y), fill=0, width=3)
    for x, y, text in ((200, 130, "A"), (600, 130, "12"), (200, 230, "B"), (600, 230, "345")):
        pen.text((x, y), text, fill=0, font_size=40)
    picture.save(path)
    return path


if INSTALLED:

    def test_boxes_of_a_picture_hold_their_words(tmp_path: Path) -> None:
        (entry,) = audit.audit(_picture(tmp_path / "a.png"), keep_document=True).audited
        (grid,) = entry.report.document.blocks
        assert [[slot.text for slot in row] for row in grid.rows] == [["A", "12"], ["B", "345"]]

    def test_a_scanned_pdf_is_asked_again_with_more_time(tmp_path: Path) -> None:
        PIL.Image.open(_picture(tmp_path / "a.png")).save(tmp_path / "a.pdf")
        outcome = guarded.audit_one(tmp_path / "a.pdf")
        assert (outcome.error, len(outcome.audited)) == ("", 1)

else:

    @pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.pdf"])
    def test_a_scan_is_named_and_the_remedy_with_it(tmp_path: Path, name: str) -> None:
        PIL.Image.open(_picture(tmp_path / "source.png")).save(tmp_path / name)
        outcome = guarded.audit_one(tmp_path / name)
        assert outcome.error == "not_assessable"
        assert "gongkai[ocr]" in outcome.message
