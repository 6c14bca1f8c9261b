"""Which line of the form a printed label means: exact first, then by likeness between known neighbours."""

import difflib
import functools
import re
from collections.abc import Sequence

from gongkai.auditing import characters
from gongkai.law import forms

NEAR = 0.6
_EXPLANATION = re.compile(r"(?<=.)\([^()]*(?:\([^()]*\)[^()]*)*\)$")


@functools.cache
def index(lines: tuple[forms.Line, ...]) -> dict[str, tuple[str, ...]]:
    """Label key → identifiers of the lines that carry it (several where the form repeats a label)."""
    found: dict[str, tuple[str, ...]] = {}
    for line in lines:
        for label in line.labels:
            name = characters.key(label)
            if line.id not in found.get(name, ()):
                found[name] = (*found.get(name, ()), line.id)
    return found


@functools.lru_cache(maxsize=4096)
def likeness(left: str, right: str) -> float:
    """0…1, 1 for equal texts."""
    if not left or not right:
        return 0.0
    return difflib.SequenceMatcher(None, left, right, autojunk=False).ratio()


def named(label: str, lines: tuple[forms.Line, ...]) -> str | None:
    """The line that the label names exactly, an explanation in brackets left aside."""
    known = index(lines)
    bare = _EXPLANATION.sub("", characters.squeezed(label))
    names = known.get(characters.key(label)) or known.get(characters.key(bare))
    return names[0] if names else None


def nearest(label: str, lines: Sequence[forms.Line], *, least: float = NEAR) -> str | None:
    """The line whose label is most like `label`, if it is clearly ahead of the next."""
    name = characters.key(label)
    scored = sorted(
        ((max(likeness(name, characters.key(known)) for known in line.labels), line.id) for line in lines),
        reverse=True,
    )
    if not scored or scored[0][0] < least:
        return None
    if len(scored) > 1 and scored[0][0] - scored[1][0] < 0.1:
        return None
    return scored[0][1]
