"""Which column a matter belongs to, guessed by the words that both share. A person confirms it."""

from collections.abc import Iterable

from gongkai.records.domain.catalogue import AgencyNode
from gongkai.records.domain.standard_tables import Matter

# Below this share of a column's name the guess is worth nothing.
_ENOUGH = 0.5


def column_for(matter: Matter, nodes: Iterable[AgencyNode]) -> str:
    """The code of the visible column whose name is best found in the matter's names; empty if none is."""
    words = _pairs(matter.matter_l2) | _pairs(matter.matter_l1)
    best, score = "", _ENOUGH
    for node in nodes:
        if not (node.is_visible and node.takes_records):
            continue
        name = _pairs(node.title)
        share = len(name & words) / len(name) if name else 0.0
        # Of two equal guesses the deeper column is the more particular one, and comes later.
        if share >= score:
            best, score = node.code, share
    return best


def _pairs(text: str) -> frozenset[str]:
    letters = "".join(character for character in text if character.isalnum())
    return frozenset(letters[place : place + 2] for place in range(len(letters) - 1))
