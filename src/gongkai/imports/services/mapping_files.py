"""Mappings that come with the house, and those that an office keeps in a file of its own."""

from pathlib import Path

from gongkai.imports.domain import mapping as mappings
from gongkai.imports.domain.mapping import ImportMapping

DEFAULT = "policy-list"
_FOLDER = Path(__file__).resolve().parent.parent / "mappings"
_LARGEST_BYTES = 1 << 20


def built_in() -> list[ImportMapping]:
    """All mappings of the house."""
    return [mappings.parse(path.read_text("utf-8")) for path in sorted(_FOLDER.glob("*.yaml"))]


def text_of(name_or_path: str) -> str:
    """The text of a built-in mapping by its name, or of a mapping file by its path.

    Raises:
        UnreadableMapping: there is none, it is no text, or it cannot be meant.
    """
    names = {path.stem: path for path in _FOLDER.glob("*.yaml")}
    path = names.get(name_or_path, Path(name_or_path))
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise mappings.UnreadableMapping("映射文件过大。")
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        known = "、".join(sorted(names))
        message = f"没有名为“{name_or_path}”的映射，也读不到这个文件。内置映射：{known}。"
        raise mappings.UnreadableMapping(message) from error
    mappings.parse(text)
    return text
