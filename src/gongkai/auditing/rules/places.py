"""How places are written in findings: a cell by its identifier, prose as `text:BLOCK:START-END:quotation`."""

import dataclasses
import re

from gongkai.auditing.document import Place
from gongkai.auditing.model import Passage

_TEXT = re.compile(r"text:(\d+):(\d+)-(\d+):(.*)", re.DOTALL)
LONGEST_QUOTE = 120


def prose(passage: Passage, start: int, end: int) -> str:
    """A stretch of a passage."""
    place = passage.place(start, end)
    quote = " ".join(passage.text[start:end].split())
    if len(quote) > LONGEST_QUOTE:
        quote = quote[: LONGEST_QUOTE - 1] + "…"
    return f"text:{place.block}:{place.start}-{place.end}:{quote}"


def at(place: Place, quote: str) -> str:
    """Any spot of running text."""
    return f"text:{place.block}:{max(place.start, 0)}-{max(place.end, 0)}:{quote[:LONGEST_QUOTE]}"


@dataclasses.dataclass(frozen=True, slots=True)
class Spot:
    """The opposite of `prose`."""

    block: int
    start: int
    end: int
    quote: str


def parse(where: str) -> Spot | None:
    """The spot of a text place, None for a cell."""
    match = _TEXT.fullmatch(where)
    return Spot(int(match[1]), int(match[2]), int(match[3]), match[4]) if match else None


def elsewhere(source: str, where: str) -> str:
    """A place in another file."""
    return f"{source}#{where}"


def in_other(where: str) -> tuple[str, Spot] | None:
    """The opposite of `elsewhere`: the other file and the spot there."""
    source, mark, rest = where.partition("#text:")
    spot = parse(f"text:{rest}") if mark and source else None
    return (source, spot) if spot else None
