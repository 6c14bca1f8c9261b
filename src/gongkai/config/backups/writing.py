"""Writes a backup while the site runs, and the keys into an archive of their own."""

import io
import os
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from gongkai.config import keys
from gongkai.config.backups import manifest as manifests
from gongkai.config.backups import snapshots
from gongkai.config.backups.manifest import Manifest, Member
from gongkai.config.backups.snapshots import Snapshot
from gongkai.groundwork import digests
from gongkai.groundwork.files import store

_CHUNK = 1 << 20
_COMPRESSION_LEVEL = 3


class CannotWrite(Exception):
    """The target exists already or cannot be written."""


def write(target: Path, *, at: datetime) -> Manifest:
    """Writes database and files into ``target`` (``.tar`` or ``.tar.gz``), which appears only when it is whole.

    The order makes it consistent: the exported heads first, then the database at one moment, then the files it
    knows. Files never change under their digest, so copying them later is as good as at that moment.

    Raises:
        CannotWrite: the target exists, or its folder cannot be written.
        CannotSnapshot: the database cannot be copied.
    """
    heads = Path(settings.AUDIT_HEAD_FILE)
    heads_now = heads.read_bytes() if heads.exists() else b""
    with (
        _whole_or_not_at_all(target) as draft,
        tempfile.TemporaryDirectory(dir=draft.parent) as folder,
        snapshots.taken(Path(folder)) as snapshot,
    ):
        held = [digest for digest in snapshot.file_digests if store.holds(digest)]
        sources = {manifests.DATABASES[connection.vendor]: snapshot.path}
        sources |= {manifests.file_name(digest): store.path_of(digest) for digest in held}
        manifest = _described(snapshot, sources, heads_now, at=at)
        with _archive(draft, compressed=not target.name.endswith(".tar")) as archive:
            _fill(archive, manifest, sources, heads_now)
    return manifest


def write_keys(target: Path) -> list[str]:
    """Writes the key folder and the settings file, which may hold passwords, into ``target``; returns their names.

    Raises:
        CannotWrite: the target exists, or its folder cannot be written.
    """
    home = Path(settings.HOME)
    found = [path for path in sorted((home / "keys").iterdir()) if path.is_file() and not path.name.startswith(".")]
    found += [path for path in [home / "gongkai.toml"] if path.exists()]
    with _whole_or_not_at_all(target) as draft, _archive(draft, compressed=False) as archive:
        for path in found:
            _add_bytes(archive, str(path.relative_to(home)), path.read_bytes())
    return [path.name for path in found]


def _described(snapshot: Snapshot, sources: Mapping[str, Path], heads: bytes, *, at: datetime) -> Manifest:
    members = {name: _measured(path) for name, path in sources.items()}
    return Manifest(
        created_at=at.isoformat(),
        version=version("gongkai"),
        vendor=connection.vendor,
        migrations=tuple(sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())),
        counts=dict(snapshot.counts),
        members=members | {manifests.HEADS: Member(digests.sm3(heads), len(heads))},
        missing=tuple(d for d in snapshot.file_digests if manifests.file_name(d) not in sources),
        damaged=tuple(name[-64:] for name, member in members.items() if _is_damaged(name, member)),
    )


def _is_damaged(name: str, member: Member) -> bool:
    return name.startswith("files/") and not name.endswith(member.digest)


def _fill(archive: tarfile.TarFile, manifest: Manifest, sources: Mapping[str, Path], heads: bytes) -> None:
    text = manifest.to_bytes()
    seal = manifests.seal(text, keys.secret(settings.HOME, settings.AUDIT_KEY_NAME))
    _add_bytes(archive, manifests.NAME, text)
    _add_bytes(archive, manifests.SEAL_NAME, seal.encode())
    _add_bytes(archive, manifests.HEADS, heads)
    for name, path in sources.items():
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = manifest.members[name].size, 0o600
        with path.open("rb") as stream:
            archive.addfile(entry, stream)


def _add_bytes(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    archive.addfile(entry, io.BytesIO(content))


def _measured(path: Path) -> Member:
    digest, size = digests.running(), 0
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return Member(digest.hexdigest(), size)


@contextmanager
def _whole_or_not_at_all(target: Path) -> Iterator[Path]:
    if target.exists():
        raise CannotWrite(f"{target} exists already.")
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise CannotWrite(f"{target.parent} cannot be written: {error.strerror}.") from error
    try:
        yield draft
        with draft.open("rb") as stream:
            os.fsync(stream.fileno())
        os.link(draft, target)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def _archive(path: Path, *, compressed: bool) -> Iterator[tarfile.TarFile]:
    if compressed:
        with tarfile.open(path, "w:gz", compresslevel=_COMPRESSION_LEVEL, format=tarfile.PAX_FORMAT) as archive:
            yield archive
        return
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as archive:
        yield archive
