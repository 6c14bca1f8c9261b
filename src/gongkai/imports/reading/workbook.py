"""The first sheet of an XLSX workbook: values, never formulas; checked as an archive before anything parses it."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, BinaryIO

import openpyxl

from gongkai.groundwork.files.inspecting import archives, packages
from gongkai.groundwork.files.kinds import Kind
from gongkai.imports.reading.delimited import Source, Unreadable

_DECLARATION_WITHIN = 4096
# What the library raises over damaged workbooks: it trusts their structure. XML errors are SyntaxErrors.
DAMAGE = (*archives.DAMAGE, KeyError, IndexError, TypeError, AttributeError, SyntaxError, AssertionError)


def rows(stream: BinaryIO) -> Source:
    """Line numbers as Excel shows them, with cells as text.

    Raises:
        RefusedFile: a bomb, a password, macros' container, damage.
        Unreadable: not a workbook, or one that hides a document type.
    """
    check(stream)
    try:
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
    except DAMAGE as error:
        raise Unreadable("工作簿已损坏，无法打开。请在Excel或WPS中另存后重试。") from error
    # Sizes that a file states about itself may be nonsense; without them the rows are counted as they come.
    expected = sheet.max_row
    sheet.reset_dimensions()
    return Source(_rows(sheet), expected - 1 if expected else None)


def check(stream: BinaryIO) -> None:
    """That the bytes are a workbook which may be parsed; leaves the stream at its beginning.

    Raises:
        RefusedFile, Unreadable: as for `rows`.
    """
    archive = archives.Archive(stream)
    if packages.kind_of(archive.names) is not Kind.XLSX:
        raise Unreadable("文件不是XLSX工作簿，请另存为XLSX后重试。")
    _refuse_document_types(archive)
    stream.seek(0)


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    try:
        for line, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            yield line, [text(cell) for cell in cells]
    except DAMAGE as error:
        raise Unreadable("工作表的内容已损坏，无法读取。请在Excel或WPS中另存后重试。") from error


def text(value: object) -> str:
    """The value of a cell as people would type it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _refuse_document_types(archive: archives.Archive) -> None:
    for name in archive.names:
        if name.endswith((".xml", ".rels")):
            head = archive.head(name, _DECLARATION_WITHIN).replace(b"\x00", b"")
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                raise Unreadable("工作簿内部含有不允许的文档类型声明，不予导入。")
