"""Keys and secrets: one file each under ``<home>/keys``, made at first use, readable by the owner only."""

import os
import secrets
from pathlib import Path


def secret(home: Path, name: str) -> str:
    """The secret ``name``; made from the system's random source when it does not exist yet.

    Raises:
        OSError: the key folder cannot be written or read.
    """
    path = home / "keys" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_once(path, secrets.token_hex(32))
    return path.read_text("ascii").strip()


def _write_once(path: Path, text: str) -> None:
    # Two processes may start at once on an empty folder: the hard link lets exactly one of them win.
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(text)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
