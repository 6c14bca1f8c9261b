"""Text from strange files, so that any database and any page can hold it."""

from typing import Any


def text(raw: str) -> str:
    """Without NUL characters and lone halves of surrogate pairs, which PDF files are known to carry."""
    return raw.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def deep(value: Any) -> Any:
    """The same for every text in plain JSON values."""
    if isinstance(value, str):
        return text(value)
    if isinstance(value, dict):
        return {text(key): deep(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [deep(each) for each in value]
    return value
