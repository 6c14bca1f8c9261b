"""DOC, XLS and PPT (and WPS, ET, DPS) in compound files: what they are, whether locked, and the text of DOC.

DOC: the piece table of MS-DOC 2.4.1. XLS and PPT keep their text in runs of UTF-16, which are gathered as they
stand: good enough to search and to find marks, not to quote.
"""

import re
import struct
from collections.abc import Iterator

from gongkai.groundwork.files.inspecting.collecting import TextCollector
from gongkai.groundwork.files.inspecting.compound import CompoundFile
from gongkai.groundwork.files.kinds import Kind
from gongkai.groundwork.files.refusals import Code, RefusedFile

_RUN = re.compile(
    r"[\t\n\r\x20-\x7e\u2010-\u203b\u2460-\u25ff\u2600-\u27bf\u3000-\u303f\u3400-\u9fff\uff00-\uffef]{4,}"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_ENCRYPTED = "文件已加密，无法检查内容，未保存。请取消密码后重新上传。"
_FILEPASS = 0x2F


def kind_of(document: CompoundFile) -> Kind | None:
    """What the compound file holds; None where it is none of ours.

    Raises:
        RefusedFile: it is an Open XML document behind a password.
    """
    if "EncryptedPackage" in document.entries:
        raise RefusedFile(Code.ENCRYPTED, _ENCRYPTED)
    for names, kind in (
        (("WordDocument",), Kind.DOC),
        (("Workbook", "Book"), Kind.XLS),
        (("PowerPoint Document",), Kind.PPT),
    ):
        if any(name in document.entries for name in names):
            return kind
    return None


def read(document: CompoundFile, kind: Kind, collector: TextCollector) -> None:
    """Hands the text to the collector.

    Raises:
        RefusedFile: macros, a password, damage, marks.
    """
    if any(name in document.entries for name in ("_VBA_PROJECT", "VBA", "Macros", "_VBA_PROJECT_CUR")):
        raise RefusedFile(Code.WRONG_TYPE, "文件含有宏，未保存。请另存为不含宏的格式后重新上传。")
    if kind is Kind.DOC:
        for piece in _word_pieces(document):
            collector.add(piece)
        return
    stream = document.read("PowerPoint Document")
    if kind is Kind.XLS:
        stream = document.read("Workbook") or document.read("Book")
        _refuse_locked_workbook(stream)
    for alignment in (0, 1):
        for run in _RUN.findall(stream[alignment:].decode("utf-16-le", "replace")):
            collector.add(run + "\n")


def _word_pieces(document: CompoundFile) -> Iterator[str]:
    main = document.read("WordDocument")
    if len(main) < 0x1AA:
        raise RefusedFile(Code.BROKEN, "文件已损坏，无法打开，未保存。请重新生成后上传。")
    (flags,) = struct.unpack_from("<H", main, 0x0A)
    if flags & 0x0100:
        raise RefusedFile(Code.ENCRYPTED, _ENCRYPTED)
    table = document.read("1Table" if flags & 0x0200 else "0Table")
    start, size = struct.unpack_from("<II", main, 0x01A2)
    yield from _pieces_of(main, _piece_table(table[start : start + size]))


def _piece_table(complex_part: bytes) -> bytes:
    offset = 0
    while offset + 5 <= len(complex_part):
        kind = complex_part[offset]
        if kind == 2:
            (size,) = struct.unpack_from("<I", complex_part, offset + 1)
            return complex_part[offset + 5 : offset + 5 + size]
        (skipped,) = struct.unpack_from("<H", complex_part, offset + 1)
        offset += 3 + skipped
    return b""


def _pieces_of(main: bytes, table: bytes) -> Iterator[str]:
    count = (len(table) - 4) // 12
    for number in range(max(count, 0)):
        first, last = struct.unpack_from("<II", table, number * 4)
        (position,) = struct.unpack_from("<I", table, (count + 1) * 4 + number * 8 + 2)
        length = max(last - first, 0)
        if position & 0x40000000:
            start = (position & 0x3FFFFFFF) // 2
            text = main[start : start + length].decode("cp1252", "replace")
        else:
            text = main[position : position + length * 2].decode("utf-16-le", "replace")
        yield _CONTROL.sub("", text.replace("\r", "\n").replace("\x07", "\t").replace("\x0b", "\n"))


def _refuse_locked_workbook(stream: bytes) -> None:
    offset = 0
    for _ in range(64):
        if offset + 4 > len(stream):
            return
        record, size = struct.unpack_from("<HH", stream, offset)
        if record == _FILEPASS:
            raise RefusedFile(Code.ENCRYPTED, _ENCRYPTED)
        offset += 4 + size
