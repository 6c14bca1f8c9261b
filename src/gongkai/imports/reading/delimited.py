"""CSV and TSV in UTF-8, UTF-16 or GB 18030, with or without quotes."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from gongkai.groundwork.files import encodings

_CHUNK = 1 << 20
_FIELD_LIMIT = 16_000_000


class Unreadable(Exception):
    """The table cannot be read on; Chinese message with the line."""


@dataclass(frozen=True)
class Source:
    rows: Iterator[tuple[int, list[str]]]
    expected_rows: int | None


def rows(stream: BinaryIO, delimiter: str) -> Source:
    """Line numbers with cells. Raises Unreadable, at once for a broken encoding, later for a broken quote."""
    try:
        encoding = encodings.detect(stream)
    except encodings.UnknownEncoding as error:
        line = _line_at(stream, error.offset)
        raise Unreadable(
            f"第{line}行附近的文字编码无法识别（不是UTF-8，也不是GBK/GB 18030）。请另存为UTF-8编码后重试。"
        ) from error
    expected = sum(piece.count(b"\n") for piece in iter(lambda: stream.read(_CHUNK), b""))
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    return Source(_parsed(text, delimiter), expected)


def _parsed(text: io.TextIOWrapper, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(_FIELD_LIMIT)
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(f"第{line}行的引号不配对或内容过长，无法读取。请检查这一行的引号后重试。") from error


def _line_at(stream: BinaryIO, offset: int) -> int:
    stream.seek(0)
    before = stream.read(offset)
    stream.seek(0)
    return before.count(b"\n") + 1
