"""Collects the static files into the data folder when, and only when, they have changed."""

import fcntl
import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command


def collect() -> bool:
    """Brings ``STATIC_ROOT`` up to date; says whether anything had to be done. Safe to call from several processes."""
    if settings.WHITENOISE_USE_FINDERS:
        return False  # served straight from the package, as in tests
    root = Path(settings.STATIC_ROOT)
    mark, present = root / ".fingerprint", _fingerprint()
    if _read(mark) == present:
        return False
    root.mkdir(parents=True, exist_ok=True)
    with (root / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _read(mark) == present:
            return False
        call_command("collectstatic", interactive=False, verbosity=0)
        mark.write_text(present, "ascii")
    return True


def _read(mark: Path) -> str:
    return mark.read_text("ascii") if mark.exists() else ""


def _fingerprint() -> str:
    digest = hashlib.sha256(type(staticfiles_storage).__name__.encode())
    for line in sorted(_sources()):
        digest.update(line.encode())
    return digest.hexdigest()


def _sources() -> Iterator[str]:
    for finder in finders.get_finders():
        for name, storage in finder.list(None):
            state = Path(storage.path(name)).stat()
            yield f"{name}\0{state.st_size}\0{state.st_mtime_ns}\n"
