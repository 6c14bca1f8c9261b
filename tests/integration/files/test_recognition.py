"""Words from scans: read where the extra `[ocr]` is installed, and never passed silently where it is not."""

import io
from datetime import datetime
from zoneinfo import ZoneInfo

import PIL.Image
import PIL.ImageDraw
import pytest

from gongkai.groundwork.files import intake, recognition
from gongkai.groundwork.files.models import StoredFile

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


def _scan(words: str) -> StoredFile:
    picture = PIL.Image.new("RGB", (1240, 400), "white")
    PIL.ImageDraw.Draw(picture).text((100, 150), words, fill="black", font_size=60)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return intake.take_in(io.BytesIO(out.getvalue()), "图.png", at=AT)


def _waiting(words: str) -> StoredFile:
    file = _scan(words)
    file.text_status = recognition.WAITING
    file.save()
    return file


def test_a_text_is_no_scan() -> None:
    assert not recognition.may_be_read(intake.take_in(io.BytesIO("供暖".encode()), "甲.txt", at=AT))


def test_what_does_not_wait_is_left_alone() -> None:
    file = _scan("HEATING")
    recognition.read(file)
    assert (file.text, file.text_status) == ("", "none")


if recognition.is_installed():

    def test_the_words_of_a_scan_become_its_text() -> None:
        file = _waiting("HEATING 2026")
        recognition.read(file)
        assert ("HEATING" in file.text, file.text_status) == (True, "recognised")

    def test_an_empty_page_stays_unreadable() -> None:
        file = _waiting("")
        recognition.read(file)
        assert file.text_status == "none"

else:

    def test_without_the_extra_nothing_is_promised_and_a_scan_stays_unreadable() -> None:
        assert not recognition.may_be_read(_scan("HEATING"))
        file = _waiting("HEATING")
        recognition.read(file)
        assert file.text_status == "none"
