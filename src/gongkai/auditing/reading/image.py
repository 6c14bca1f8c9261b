"""image."""

from pathlib import Path

from gongkai.auditing import errors
from gongkai.auditing.document import Document


def read(path: Path, data: bytes) -> Document:
    raise errors.Unsupported("image")
