"""Compound files (MS-CFB), the container of DOC, XLS, PPT and of encrypted Open XML: directory and streams."""

import struct
from collections.abc import Iterator
from typing import BinaryIO

from gongkai.groundwork.files.refusals import Code, RefusedFile

MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
_END = 0xFFFFFFFA  # sector numbers from here on are markers
_BROKEN = "文件已损坏，无法打开，未保存。请重新生成后上传。"
_STREAM = 2


class CompoundFile:
    """The names and streams of a compound file; every chain is bounded, so that a loop ends."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        stream.seek(0, 2)
        self._size = stream.tell()
        header = self._at(0, 512)
        if len(header) < 512 or not header.startswith(MAGIC):
            raise RefusedFile(Code.BROKEN, _BROKEN)
        shift, mini_shift = struct.unpack_from("<HH", header, 30)
        if shift not in {9, 12} or mini_shift != 6:
            raise RefusedFile(Code.BROKEN, _BROKEN)
        self._sector = 1 << shift
        (directory_start,) = struct.unpack_from("<I", header, 48)
        self._cutoff, mini_start = struct.unpack_from("<II", header, 56)
        self._fat = self._read_fat(header)
        self.entries = dict(self._directory(directory_start))
        if "" not in self.entries:
            raise RefusedFile(Code.BROKEN, _BROKEN)
        root_start, _, _ = self.entries[""]
        self._mini_data = b"".join(self._chain(root_start))
        self._mini_fat = _numbers(b"".join(self._chain(mini_start)))

    def read(self, name: str) -> bytes:
        """The stream of that name, wherever it stands in the tree; empty where there is none."""
        start, size, kind = self.entries.get(name, (0, 0, 0))
        if kind != _STREAM or not size:
            return b""
        if size < self._cutoff:
            return b"".join(self._mini_chain(start))[:size]
        return b"".join(self._chain(start))[:size]

    def _read_fat(self, header: bytes) -> list[int]:
        sectors = [number for number in struct.unpack_from("<109I", header, 76) if number < _END]
        (following,) = struct.unpack_from("<I", header, 68)
        per_sector = self._sector // 4
        rounds = 0
        while following < _END and rounds <= self._size // self._sector:
            numbers = _numbers(self._at_sector(following))
            sectors += [number for number in numbers[: per_sector - 1] if number < _END]
            following = numbers[per_sector - 1] if len(numbers) == per_sector else _END
            rounds += 1
        if len(sectors) * self._sector > self._size + self._sector:
            raise RefusedFile(Code.BROKEN, _BROKEN)
        return [number for sector in sectors for number in _numbers(self._at_sector(sector))]

    def _directory(self, start: int) -> Iterator[tuple[str, tuple[int, int, int]]]:
        for sector in self._chain(start):
            for offset in range(0, len(sector) - 127, 128):
                entry = sector[offset : offset + 128]
                length, kind = struct.unpack_from("<HB", entry, 64)
                first, size = struct.unpack_from("<IQ", entry, 116)
                size &= 0xFFFFFFFF if self._sector == 512 else 0xFFFFFFFFFFFFFFFF
                if kind == 5:
                    yield "", (first, size, kind)
                elif kind and 2 <= length <= 64:
                    yield entry[: length - 2].decode("utf-16-le", "replace"), (first, size, kind)

    def _chain(self, sector: int) -> Iterator[bytes]:
        for _ in range(self._size // self._sector + 1):
            if sector >= len(self._fat):
                return
            yield self._at_sector(sector)
            sector = self._fat[sector]
        raise RefusedFile(Code.BROKEN, _BROKEN)

    def _mini_chain(self, sector: int) -> Iterator[bytes]:
        for _ in range(len(self._mini_fat) + 1):
            if sector >= len(self._mini_fat):
                return
            yield self._mini_data[sector * 64 : sector * 64 + 64]
            sector = self._mini_fat[sector]
        raise RefusedFile(Code.BROKEN, _BROKEN)

    def _at_sector(self, number: int) -> bytes:
        return self._at((number + 1) * self._sector, self._sector)

    def _at(self, offset: int, size: int) -> bytes:
        if offset > self._size:
            return b""
        self._stream.seek(offset)
        return self._stream.read(size)


def _numbers(data: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))
