"""Whatever is done to the bytes of a file, it is read or refused with a reason; nothing else ever happens."""

import io
import random

import pytest

from gongkai.groundwork.files.inspecting.examination import examine
from gongkai.groundwork.files.kinds import ATTACHMENTS
from gongkai.groundwork.files.refusals import RefusedFile
from tests.integration.files import material

pytestmark = pytest.mark.pure
ROUNDS = 150
SOUND = {
    "a.docx": material.docx("关于某事的通知", extra={"word/media/a.bin": b"x" * 200}),
    "a.xlsx": material.xlsx(("单位", "金额"), ("甲", 1)),
    "a.ofd": material.ofd("一、总体要求"),
    "a.doc": material.doc("旧格式的通知" * 40),
    "a.xls": material.compound({"Workbook": "金额".encode("utf-16-le") * 300}),
    "a.pdf": material.pdf("Notice 5"),
    "a.png": material.png(),
    "a.txt": "公开目录".encode("gbk") * 20,
}


@pytest.mark.parametrize("name", SOUND)
def test_a_damaged_file_is_read_or_refused(name: str) -> None:
    chance = random.Random(name)
    for _ in range(ROUNDS):
        content = _damaged(SOUND[name], chance)
        outcome = _outcome(content, name)
        assert outcome in {"extracted", "none"} or outcome.endswith("。")


def _outcome(content: bytes, name: str) -> str:
    try:
        return examine(io.BytesIO(content), name, ATTACHMENTS).text_status
    except RefusedFile as refusal:
        return refusal.message


def _damaged(sound: bytes, chance: random.Random) -> bytes:
    content = bytearray(sound)
    for _ in range(chance.choice((1, 3, 10, 40))):
        place = chance.randrange(len(content))
        kind = chance.random()
        if kind < 0.6:
            content[place] = chance.randrange(256)
        elif kind < 0.75:
            del content[place : place + chance.randrange(1, 200)]
        elif kind < 0.9:
            content[place : place + 4] = chance.choice((b"\xff\xff\xff\xff", b"\x00\x00\x00\x00", b"\x7f\xff\xff\xff"))
        else:
            content = content[: place + 1]
        if not content:
            return b"x"
    return bytes(content)
