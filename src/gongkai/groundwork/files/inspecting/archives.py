"""ZIP archives, read with distrust: bounded in number, size, ratio and depth; nothing is ever unpacked to disk."""

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from gongkai.groundwork.files.inspecting import limits
from gongkai.groundwork.files.refusals import Code, RefusedFile

_ENCRYPTED_FLAG = 0x1
_ARCHIVE_ENDINGS = (".zip", ".rar", ".7z", ".gz", ".tgz", ".bz2", ".xz", ".tar", ".jar", ".iso", ".cab", ".zst")
# What `zipfile` raises over damaged archives: also ValueError for offsets before the beginning, RuntimeError for a
# password that only the local header admits and, as NotImplementedError, for methods that nobody uses.
DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, ValueError, RuntimeError, OSError)
_BROKEN = "文件已损坏，无法打开，未保存。请重新生成后上传。"


class Archive:
    """An opened archive that has passed the checks on its directory."""

    def __init__(self, stream: BinaryIO) -> None:
        try:
            self._zip = zipfile.ZipFile(stream)
        except DAMAGE as error:
            raise RefusedFile(Code.BROKEN, _BROKEN) from error
        self._left = limits.PART_BYTES
        self.names = [entry.filename for entry in self._zip.infolist()]
        self._check(self._zip.infolist())

    def pieces(self, name: str) -> Iterator[bytes]:
        """The entry's bytes, counted as they really come: the sizes in a directory may lie."""
        packed = self._zip.getinfo(name).compress_size
        unpacked = 0
        try:
            with self._zip.open(name) as part:
                while piece := part.read(1 << 16):
                    unpacked += len(piece)
                    self._left -= len(piece)
                    if self._left < 0 or _is_bomb(unpacked, packed):
                        raise RefusedFile(Code.BOMB, "文件展开后过大，疑似压缩炸弹，未保存。")
                    yield piece
        except DAMAGE as error:
            raise RefusedFile(Code.BROKEN, _BROKEN) from error

    def read(self, name: str) -> bytes:
        return b"".join(self.pieces(name))

    def head(self, name: str, size: int = 8) -> bytes:
        """The first bytes of an entry."""
        for piece in self.pieces(name):
            return piece[:size]
        return b""

    def _check(self, entries: list[zipfile.ZipInfo]) -> None:
        if len(entries) > limits.ARCHIVE_ENTRIES or len(set(self.names)) != len(entries):
            raise RefusedFile(Code.BOMB, "压缩包内的文件过多或重名，未保存。")
        if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
            raise RefusedFile(Code.ENCRYPTED, "文件已加密，无法检查内容，未保存。请取消密码后重新上传。")
        if sum(entry.file_size for entry in entries) > limits.ARCHIVE_BYTES or any(
            _is_bomb(entry.file_size, entry.compress_size) for entry in entries
        ):
            raise RefusedFile(Code.BOMB, "文件展开后过大，疑似压缩炸弹，未保存。")
        if any(_leads_outside(name) for name in self.names):
            raise RefusedFile(Code.BROKEN, "压缩包内有不安全的文件路径，未保存。")
        if any(name.lower().endswith(_ARCHIVE_ENDINGS) for name in self.names):
            raise RefusedFile(Code.WRONG_TYPE, "文件内嵌套了压缩包，无法逐一检查，未保存。请解开后分别上传。")


def _is_bomb(unpacked: int, packed: int) -> bool:
    return unpacked > limits.RATIO_FROM_BYTES and unpacked > limits.RATIO * max(packed, 1)


def _leads_outside(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]
