"""PDF with a text layer. Ruled tables become grids, also over page breaks; the rest is joined into paragraphs."""

import io
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pdfminer.pdfdocument
import pdfminer.pdfexceptions
import pdfminer.psexceptions
import pdfplumber
import pdfplumber.utils.exceptions

from gongkai.auditing import errors
from gongkai.auditing.document import Block, Document
from gongkai.auditing.reading import layout

MOST_PAGES = 200
LARGEST_STREAM = 48_000_000
LARGEST_PACKED = 20_000_000
STEP = 1_000_000
_STREAM = re.compile(rb"stream\r?\n(?=[\x08\x18\x28\x38\x48\x58\x68\x78])")
_FAULTS = (
    pdfminer.psexceptions.PSException,
    pdfminer.pdfexceptions.PDFException,
    pdfplumber.utils.exceptions.PdfminerException,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    AssertionError,
    OSError,
    ZeroDivisionError,
    OverflowError,
    NotImplementedError,
)


def read(path: Path, data: bytes) -> Document:
    """The document of a PDF. The format's own parser raises anything on broken files: all of it means damaged."""
    _defused(data)
    try:
        with pdfplumber.open(io.BytesIO(data)) as source:
            if len(source.pages) > MOST_PAGES:
                raise errors.TooLarge(f"PDF有{len(source.pages)}页,超过{MOST_PAGES}页的上限")
            found: list[Block] = []
            characters = images = 0
            for number, page in enumerate(source.pages, 1):
                characters += len(page.chars)
                images += len(page.images)
                found.extend(_page(page, number))
                page.close()
            count = len(source.pages)
    except pdfminer.pdfdocument.PDFPasswordIncorrect as problem:
        raise errors.Encrypted("PDF有密码保护,无法读取") from problem
    except _FAULTS as problem:
        if isinstance(problem.__cause__ or problem.__context__, pdfminer.pdfdocument.PDFPasswordIncorrect):
            raise errors.Encrypted("PDF有密码保护,无法读取") from problem
        raise errors.Damaged("PDF已损坏,无法读取") from problem
    if characters < 20 * count:
        return _scan(path, data, images)
    return Document(str(path), "pdf", tuple(layout.joined(found)))


def _defused(data: bytes) -> None:
    """Refuses streams that swell beyond any honest page or picture, before the parser unpacks them whole."""
    for match in _STREAM.finditer(data):
        unpacker = zlib.decompressobj()
        end = data.find(b"endstream", match.end())
        rest, size = data[match.end() : end if end > 0 else match.end() + LARGEST_PACKED], 0
        try:
            while rest and size <= LARGEST_STREAM:
                size += len(unpacker.decompress(rest, STEP))
                rest = unpacker.unconsumed_tail
        except zlib.error:
            continue
        if size > LARGEST_STREAM:
            raise errors.TooLarge(f"PDF里有解压后超过{LARGEST_STREAM // 1_000_000}MB的内容,不是年度报告")


def _scan(path: Path, data: bytes, images: int) -> Document:
    from gongkai.auditing.reading import image

    if not images:
        raise errors.NoText("PDF里没有可读取的文字")
    return image.read_pdf(path, data)


def _page(page: Any, number: int) -> Iterator[Block]:
    """Blocks of a page from top to bottom."""
    tables = [
        placed
        for table in page.find_tables()
        for placed in layout.parts([row.cells for row in table.rows], table.extract(x_tolerance=2), number)
    ]
    return layout.flow(tables, page.extract_text_lines(return_chars=False, x_tolerance=2), number)
