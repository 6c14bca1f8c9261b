"""Bytes on disk under their SM3 digest. A file appears whole or not at all, and never changes."""

import fcntl
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from django.conf import settings

from gongkai.groundwork import digests
from gongkai.groundwork.files.refusals import Code, RefusedFile

_CHUNK = 1 << 18
_ABANDONED_AFTER_SECONDS = 60


class Source(Protocol):
    """Where bytes come from: an uploaded file, an open file, a socket."""

    def read(self, size: int, /) -> bytes: ...


@dataclass
class Draft:
    """Bytes that were received but are not yet part of the store."""

    stream: BinaryIO
    path: Path
    digest: str
    size: int

    def keep(self) -> None:
        """Makes the bytes part of the store, durably. Keeping the same bytes twice is fine."""
        target = path_of(self.digest)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.stream.flush()
        os.fsync(self.stream.fileno())
        self.path.replace(target)
        _sync_folder(target.parent)


def path_of(digest: str) -> Path:
    """Where the bytes of the digest lie, or would lie.

    Raises:
        ValueError: this is no digest; above all no path.
    """
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise ValueError("not an SM3 digest")
    return Path(settings.FILES_ROOT) / digest[:2] / digest[2:4] / digest


def holds(digest: str) -> bool:
    """Whether the bytes are here."""
    return path_of(digest).is_file()


def opened(digest: str) -> BinaryIO:
    """The bytes, to be read and closed by the caller. Raises FileNotFoundError where they are not here."""
    return path_of(digest).open("rb")


def remove(digest: str) -> None:
    """Erases the bytes; for a purge only. Erasing what is not here is fine."""
    path_of(digest).unlink(missing_ok=True)


@contextmanager
def receive(source: Source, *, limit: int | None = None) -> Iterator[Draft]:
    """Receives bytes into a draft, which vanishes at the end of the block unless it was kept.

    Raises:
        RefusedFile: more than ``limit`` bytes came (`settings.MAX_UPLOAD_BYTES` if not given), or none.
    """
    folder = Path(settings.FILES_ROOT) / "incoming"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    sweep(folder)
    descriptor, name = tempfile.mkstemp(dir=folder)
    path = Path(name)
    try:
        with os.fdopen(descriptor, "w+b") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            digest, size = _copy(source, stream, settings.MAX_UPLOAD_BYTES if limit is None else limit)
            stream.flush()
            stream.seek(0)
            yield Draft(cast("BinaryIO", stream), path, digest, size)
    finally:
        path.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Removes drafts whose process died: nothing that was refused may stay on disk."""
    for path in folder.iterdir():
        try:
            if time.time() - path.stat().st_mtime < _ABANDONED_AFTER_SECONDS:
                continue
            with path.open("rb") as stream:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink(missing_ok=True)
        except (FileNotFoundError, BlockingIOError):
            continue  # finished meanwhile, or its writer is alive


def _copy(source: Source, stream: BinaryIO, limit: int) -> tuple[str, int]:
    digest = digests.running()
    size = 0
    while chunk := source.read(_CHUNK):
        size += len(chunk)
        if size > limit:
            raise RefusedFile(Code.TOO_LARGE, f"文件超过{limit // (1024 * 1024)}MB，未保存。请压缩或拆分后重新上传。")
        digest.update(chunk)
        stream.write(chunk)
    if size == 0:
        raise RefusedFile(Code.EMPTY, "文件是空的，未保存。请检查后重新上传。")
    return digest.hexdigest(), size


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
