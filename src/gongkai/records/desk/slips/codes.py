"""The code on a slip: which version of which record, and the beginning of its digest."""

import re
from typing import NamedTuple

SHORT = 12
_TYPED = re.compile(rf"(\d{{1,12}})-(\d{{1,6}})-([0-9a-f]{{{SHORT}}})")


class Code(NamedTuple):
    """Which version of which record, and the beginning of its digest."""

    record_id: int
    version: int
    digest: str

    def __str__(self) -> str:
        return f"{self.record_id}-{self.version}-{self.digest.upper()}"


def code_of(record_id: int, version: int, digest: str) -> Code:
    return Code(record_id, version, digest[:SHORT])


def read(typed: str) -> Code | None:
    """With or without the blanks that a reader puts in; None for anything that is no code."""
    match = _TYPED.fullmatch(re.sub(r"\s", "", typed).lower())
    return Code(int(match[1]), int(match[2]), match[3]) if match else None
