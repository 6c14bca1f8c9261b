"""PDF as pieces of text with their places, through PDFium."""

import ctypes
import math
from collections.abc import Iterator
from typing import BinaryIO

import pypdfium2
from pypdfium2 import raw

from gongkai.groundwork.files.outlining.lines import Piece, is_wide, paragraphs
from gongkai.groundwork.files.outlining.outline import Outline
from gongkai.groundwork.files.refusals import Code, RefusedFile

_ABOVE_BASE = 0.88
_LINE_ENDS = frozenset("\r\n")
_NOTHING = frozenset("\x00\ufffe\uffff\u00ad")


def read(stream: BinaryIO) -> Outline:
    """Raises RefusedFile where the file is damaged."""
    try:
        document = pypdfium2.PdfDocument(stream)
        pieces = [piece for number in range(len(document)) for piece in _pieces(document, number)]
    except pypdfium2.PdfiumError as error:
        raise RefusedFile(Code.BROKEN, "PDF已损坏，无法读取。请重新生成后上传。") from error
    return Outline(tuple(paragraphs(pieces)))


def _pieces(document: pypdfium2.PdfDocument, number: int) -> Iterator[Piece]:
    page = document[number]
    text = page.get_textpage()
    try:
        height = page.get_height()
        line: list[tuple[int, str]] = []
        for index in range(raw.FPDFText_CountChars(text)):
            code = raw.FPDFText_GetUnicode(text, index)
            character = chr(code) if code <= 0x10FFFF else "\x00"
            if character in _LINE_ENDS:
                yield from _piece(text, line, number + 1, height)
                line = []
            elif character not in _NOTHING:
                line.append((index, character))
        yield from _piece(text, line, number + 1, height)
    finally:
        text.close()
        page.close()


def _piece(text: pypdfium2.PdfTextPage, line: list[tuple[int, str]], page: int, height: float) -> Iterator[Piece]:
    seen = [(index, character) for index, character in line if not character.isspace()]
    if not seen:
        return
    first, last = seen[0][0], seen[-1][0]
    left, right = text.get_charbox(first, loose=True)[0], text.get_charbox(last, loose=True)[2]
    # Figures may come in another font: a Chinese letter says how large the line is, and on which base it stands.
    size, base = _size_and_base(text, next((at for at, letter in seen if is_wide(letter)), first))
    yield Piece(
        text=_whole("".join(character for _, character in line)).strip(),
        page=page,
        left=left,
        right=max(left, right),
        top=height - base - _ABOVE_BASE * size,
        bottom=height - base + (1 - _ABOVE_BASE) * size,
        page_height=height,
        is_red=_is_red(text, first),
    )


def _whole(text: str) -> str:
    """Rare letters come as two halves; half a letter alone is none."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")


def _size_and_base(text: pypdfium2.PdfTextPage, index: int) -> tuple[float, float]:
    """In points; writers put the size into the font or into the matrix before it. Boxes of letters differ by font."""
    matrix, across, base = raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetMatrix(text, index, matrix)
    raw.FPDFText_GetCharOrigin(text, index, across, base)
    return float(raw.FPDFText_GetFontSize(text, index)) * math.hypot(matrix.c, matrix.d), base.value


def _is_red(text: pypdfium2.PdfTextPage, index: int) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    known = raw.FPDFText_GetFillColor(text, index, red, green, blue, alpha)
    return bool(known) and red.value > 150 and green.value < 100 and blue.value < 100
