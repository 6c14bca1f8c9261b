"""Makes a file name from outside harmless without making it unreadable."""

import re
import unicodedata

_LONGEST = 120
_RESERVED = re.compile(r'[<>:"|?*]')
_BLANKS = re.compile(r"\s+")


def clean(file_name: str) -> str:
    """The last part of the path, without control, direction and zero-width characters, 120 characters at most."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", file_name))[-1]
    visible = "".join(" " if character.isspace() else character for character in last if _is_visible(character))
    tidy = _BLANKS.sub(" ", _RESERVED.sub("_", visible)).strip(" .")
    stem, dot, ending = tidy.rpartition(".")
    if not dot:
        return tidy[:_LONGEST] or "未命名"
    return f"{stem[: _LONGEST - len(ending[:12]) - 1].rstrip() or '未命名'}.{ending[:12]}"


def extension(file_name: str) -> str:
    """The ending of the cleaned name in lower case without the dot; empty where there is none."""
    return clean(file_name).rpartition(".")[2].lower() if "." in clean(file_name) else ""


def _is_visible(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
