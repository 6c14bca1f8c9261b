"""Turns an offset in a text into the line and column that a person looks for."""

import bisect
from typing import NamedTuple


class Position(NamedTuple):
    """Both count from 1."""

    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.line}:{self.column}"


class Lines:
    """The line breaks of one text, found once when the first position is asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._breaks: list[int] | None = None

    def at(self, offset: int) -> Position:
        if self._breaks is None:
            self._breaks = [place for place, character in enumerate(self._text) if character == "\n"]
        line = bisect.bisect_left(self._breaks, offset)
        return Position(line + 1, offset - (self._breaks[line - 1] if line else -1))
