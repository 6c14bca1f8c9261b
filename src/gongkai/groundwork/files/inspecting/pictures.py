"""JPEG and PNG: that they are what they say, and how large. Pictures are never decoded here."""

import struct
from typing import BinaryIO

from gongkai.groundwork.files.inspecting import limits
from gongkai.groundwork.files.refusals import Code, RefusedFile

PNG_MAGIC = b"\x89PNG\r\n\x1a\n"
JPEG_MAGIC = b"\xff\xd8\xff"
_BROKEN = "图片已损坏，无法打开，未保存。请重新生成后上传。"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def check(stream: BinaryIO) -> None:
    """Raises RefusedFile where the picture is cut off or has more pixels than any scan."""
    stream.seek(0)
    width, height = _png_size(stream) if stream.read(8) == PNG_MAGIC else _jpeg_size(stream)
    if width < 1 or height < 1:
        raise RefusedFile(Code.BROKEN, _BROKEN)
    if width * height > limits.IMAGE_PIXELS:
        raise RefusedFile(Code.BOMB, "图片的像素过多，未保存。请缩小后重新上传。")


def _png_size(stream: BinaryIO) -> tuple[int, int]:
    header = stream.read(16)
    if len(header) < 16 or header[4:8] != b"IHDR":
        raise RefusedFile(Code.BROKEN, _BROKEN)
    width, height = struct.unpack(">II", header[8:16])
    return int(width), int(height)


def _jpeg_size(stream: BinaryIO) -> tuple[int, int]:
    stream.seek(2)
    while len(marker := stream.read(4)) == 4 and marker[0] == 0xFF:
        kind, size = marker[1], struct.unpack(">H", marker[2:])[0]
        if kind in _FRAMES:
            frame = stream.read(5)
            if len(frame) == 5:
                height, width = struct.unpack(">HH", frame[1:])
                return int(width), int(height)
            break
        stream.seek(max(int(size) - 2, 0), 1)
    raise RefusedFile(Code.BROKEN, _BROKEN)
