"""The addresses that an agency hands in for its assessment: every column with what stands there and since when."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max

from gongkai.accounts.viewer import Viewer
from gongkai.agencies.models import Agency
from gongkai.published.domain import blocks
from gongkai.published.models import LISTED, Entry
from gongkai.records.domain.catalogue import AgencyNode
from gongkai.records.selectors import upkeep
from gongkai.records.selectors.upkeep import AgencyStandings

DEEPEST = 9


@dataclass(frozen=True, slots=True)
class Held:
    """What stands in a column and below it."""

    how_many: int = 0
    newest_at: datetime | None = None
    updated_at: datetime | None = None

    def with_(self, other: "Held") -> "Held":
        return Held(
            self.how_many + other.how_many,
            max(filter(None, (self.newest_at, other.newest_at)), default=None),
            max(filter(None, (self.updated_at, other.updated_at)), default=None),
        )


@dataclass(frozen=True, slots=True)
class Place:
    """One address: its block, its column with those above it, what is there. A hidden column has no address."""

    agency: Agency
    block: str
    node: AgencyNode
    line: tuple[str, ...]
    held: Held


def of_agency(viewer: Viewer, agency_id: int, *, level: int, today: date) -> list[Place]:
    """The columns down to the level, in the order of the page. Raises `scope.NothingToSee`."""
    return _places([upkeep.of_agency(viewer, agency_id, today=today)], level)


def below(viewer: Viewer, agency_id: int, *, level: int, today: date) -> list[Place]:
    """The same for all bodies that the viewer supervises there. Raises `scope.NothingToSee`."""
    return _places(upkeep.below(viewer, agency_id, today=today), level)


def _places(bodies: Collection[AgencyStandings], level: int) -> list[Place]:
    held = _held(body.agency.pk for body in bodies)
    return [place for body in bodies for place in _of_body(body, held[body.agency.pk], level)]


def _of_body(body: AgencyStandings, held: Mapping[str, Held], level: int) -> Iterator[Place]:
    lines, together = _lines(body.nodes), defaultdict[str, Held](Held)
    for node in body.nodes:
        for above in lines[node.code] if node.is_visible else ():
            together[above.code] = together[above.code].with_(held.get(node.code, Held()))
    parents = {node.parent_code for node in body.nodes}
    for node in body.nodes:
        line = lines[node.code]
        is_last = len(line) == level or node.code not in parents or node.is_hidden
        if len(line) <= level and is_last and not any(above.is_hidden for above in line[:-1]):
            titles = tuple(each.title for each in line)
            yield Place(body.agency, _block(line[0]), node, titles, together[node.code])


def _lines(nodes: Iterable[AgencyNode]) -> Mapping[str, tuple[AgencyNode, ...]]:
    """From the first level down to each column; parents come first."""
    lines: dict[str, tuple[AgencyNode, ...]] = {}
    for node in nodes:
        lines[node.code] = (*lines.get(node.parent_code, ()), node)
    return lines


def _block(first: AgencyNode) -> str:
    return blocks.BLOCKS.get(first.code, blocks.BLOCKS[blocks.STATUTORY])


def _held(agency_ids: Iterable[int]) -> Mapping[int, Mapping[str, Held]]:
    found: dict[int, dict[str, Held]] = defaultdict(dict)
    rows = Entry.objects.filter(LISTED, agency_id__in=list(agency_ids)).order_by().values("agency_id", "node_code")
    for row in rows.annotate(how_many=Count("id"), newest=Max("published_at"), updated=Max("updated_at")):
        found[row["agency_id"]][row["node_code"]] = Held(row["how_many"], row["newest"], row["updated"])
    return found
