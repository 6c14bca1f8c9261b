"""Tells in which encoding a text file is written: UTF-8, UTF-16 with mark, or GB 18030 (which holds GBK)."""

import codecs
from typing import BinaryIO

_CHUNK = 1 << 20
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class UnknownEncoding(Exception):
    """The bytes are no text in an encoding that we read. ``offset`` is where the best guess broke."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"no known encoding; first bad byte near {offset}")
        self.offset = offset


def detect(stream: BinaryIO) -> str:
    """The name of the codec that reads the whole stream without an error; the stream is left at its beginning.

    Raises:
        UnknownEncoding: neither UTF-8 nor GB 18030 fits, or there are NUL bytes.
    """
    stream.seek(0)
    head = stream.read(4)
    candidates = [name for mark, name in _MARKS if head.startswith(mark)] or ["utf-8", "gb18030"]
    farthest = 0
    for name in candidates:
        broken_at = _first_error(stream, name)
        if broken_at is None:
            stream.seek(0)
            return name
        farthest = max(farthest, broken_at)
    stream.seek(0)
    raise UnknownEncoding(farthest)


def _first_error(stream: BinaryIO, name: str) -> int | None:
    stream.seek(0)
    decoder = codecs.getincrementaldecoder(name)("strict")
    read = 0
    while chunk := stream.read(_CHUNK):
        try:
            text = decoder.decode(chunk)
        except UnicodeDecodeError as error:
            return read + error.start
        if "\x00" in text:
            return read + max(chunk.find(b"\x00"), 0)
        read += len(chunk)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return read
    return None
