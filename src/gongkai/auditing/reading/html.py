"""html."""

from pathlib import Path

from gongkai.auditing import errors
from gongkai.auditing.document import Document


def read(path: Path, content: str) -> Document:
    raise errors.Unsupported("html")
