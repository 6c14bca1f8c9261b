"""PDF through PDFium: the text layer page by page."""

import ctypes
from typing import BinaryIO

import pypdfium2
from pypdfium2 import raw

from gongkai.groundwork.files.inspecting.collecting import TextCollector
from gongkai.groundwork.files.refusals import Code, RefusedFile


def read(stream: BinaryIO, collector: TextCollector) -> None:
    """Hands the text of every page to the collector.

    Raises:
        RefusedFile: a password, damage, marks.
    """
    try:
        document = pypdfium2.PdfDocument(stream)
    except pypdfium2.PdfiumError as error:
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise RefusedFile(Code.ENCRYPTED, "PDF已加密，无法检查内容，未保存。请取消密码后重新上传。") from error
        raise RefusedFile(Code.BROKEN, "PDF已损坏，无法打开，未保存。请重新生成后上传。") from error
    for key in pypdfium2.PdfDocument.METADATA_KEYS:
        collector.refuse_if_marked(_property(document, key))
    for number in range(len(document)):
        collector.add(_page_text(document, number))
        collector.add("\n")


def _property(document: pypdfium2.PdfDocument, key: str) -> str:
    """As the library's own reader, which stops at half a character."""
    name = key.encode("ascii") + b"\x00"
    buffer = ctypes.create_string_buffer(raw.FPDF_GetMetaText(document, name, None, 0))
    raw.FPDF_GetMetaText(document, name, buffer, len(buffer))
    return buffer.raw.decode("utf-16-le", "ignore").rstrip("\x00")


def _page_text(document: pypdfium2.PdfDocument, number: int) -> str:
    try:
        page = document[number]
        text = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise RefusedFile(Code.BROKEN, f"PDF第{number + 1}页已损坏，无法读取，未保存。请重新生成后上传。") from error
    try:
        return str(text.get_text_range()).replace("\r\n", "\n").replace("\ufffe", "")
    finally:
        text.close()
        page.close()
