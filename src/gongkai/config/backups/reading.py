"""Reads an archive as a stream: checks every member against the manifest, and writes only where it may."""

import gzip
import os
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from gongkai.config.backups import manifest as manifests
from gongkai.config.backups.manifest import Manifest, UnusableBackup
from gongkai.groundwork import digests

_CHUNK = 1 << 20
_LONGEST_MANIFEST = 1 << 30
_KEY_NAMES_AT_MOST = 100

Sink = Callable[[str], IO[bytes] | None]


def verify(source: Path, *, key: str | None) -> Manifest:
    """Checks that the archive is whole and, with the audit key, that it is ours. Writes nothing.

    Raises:
        UnusableBackup: anything is missing, too much, changed, or not sealed by ``key``.
    """
    return read(source, key=key, sink=lambda name: None)


def extract(source: Path, folder: Path, *, key: str | None) -> Manifest:
    """The same, writing database, heads and files below ``folder``. What is written before a flaw is found stays
    there: the caller throws the folder away.

    Raises:
        UnusableBackup: as for `verify`.
    """

    def sink(name: str) -> IO[bytes]:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")

    return read(source, key=key, sink=sink)


def read(source: Path, *, key: str | None, sink: Sink) -> Manifest:
    """Goes through the archive once. ``sink`` opens the place for a member, or returns None to check only."""
    with _members(source) as members:
        manifest = _manifest(members, key)
        left = dict(manifest.members)
        for entry, stream in members:
            expected = left.pop(entry.name, None)
            if expected is None or entry.size != expected.size:
                raise UnusableBackup("The archive holds what its manifest does not name.")
            if _copied(stream, sink(entry.name)) != expected.digest:
                raise UnusableBackup(f"{entry.name} was changed.")
    if left:
        raise UnusableBackup(f"{len(left)} members are missing, among them {min(left)}.")
    return manifest


def read_keys(source: Path) -> dict[str, bytes]:
    """The key files and the settings file of a key archive, by their path below the data folder.

    Raises:
        UnusableBackup: it is none.
    """
    found: dict[str, bytes] = {}
    with _members(source) as members:
        for entry, stream in members:
            folder, _, name = entry.name.rpartition("/")
            known = entry.name == "gongkai.toml" or (folder == "keys" and name and not name.startswith("."))
            if not known or entry.size > _CHUNK or len(found) > _KEY_NAMES_AT_MOST:
                raise UnusableBackup("This is no archive of keys.")
            found[entry.name] = stream.read()
    return found


def _manifest(members: Iterator[tuple[tarfile.TarInfo, IO[bytes]]], key: str | None) -> Manifest:
    texts: list[bytes] = []
    for name in (manifests.NAME, manifests.SEAL_NAME):
        entry, stream = next(members, (None, None))
        if entry is None or stream is None or entry.name != name or entry.size > _LONGEST_MANIFEST:
            raise UnusableBackup("This is no backup of Gongkai.")
        texts.append(stream.read())
    if key is not None and manifests.seal(texts[0], key).encode() != texts[1]:
        raise UnusableBackup("The manifest is not sealed with this site's audit key.")
    return manifests.parse(texts[0])


@contextmanager
def _members(source: Path) -> Iterator[Iterator[tuple[tarfile.TarInfo, IO[bytes]]]]:
    try:
        stream = source.open("rb")
    except OSError as error:
        raise UnusableBackup(f"{source} cannot be opened: {error.strerror}.") from error
    with stream:
        try:
            with tarfile.open(fileobj=stream, mode="r|*") as archive:
                yield _regular(archive)
        except (tarfile.TarError, EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise UnusableBackup(f"{source.name} is no archive, or is cut off.") from error


def _regular(archive: tarfile.TarFile) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    for entry in archive:
        stream = archive.extractfile(entry) if entry.isreg() else None
        if stream is None:
            raise UnusableBackup("The archive holds something other than plain files.")
        yield entry, stream


def _copied(stream: IO[bytes], target: IO[bytes] | None) -> str:
    digest = digests.running()
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
        if target:
            target.write(chunk)
    if target:
        target.close()
    return digest.hexdigest()
