"""Standard tables on the desk: the list, one version with its difference to the last, and what is published of it."""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef
from django.utils import timezone

from gongkai.accounts.viewer import Viewer
from gongkai.agencies.models import Agency
from gongkai.published.models import LISTED, Entry
from gongkai.records.domain import deadlines, standard_tables
from gongkai.records.domain.catalogue import AgencyNode, tree_for
from gongkai.records.domain.standard_lifecycle import State
from gongkai.records.domain.standard_tables import Difference, Matter
from gongkai.records.domain.statutory_tree import descendants
from gongkai.records.models import AgencyColumn, MatterLink, StandardMatter, StandardTable
from gongkai.records.selectors import scope
from gongkai.records.selectors.case_file import NotFound

# What is looked at for lateness: the last year, and not more than so many entries.
_PERIOD, _ENTRIES = timedelta(days=365), 20_000


@dataclass(frozen=True)
class TableFile:
    """One version with everything around it."""

    table: StandardTable
    matters: tuple[Matter, ...]
    previous: StandardTable | None
    difference: Difference | None
    links: Mapping[str, str]
    nodes: tuple[AgencyNode, ...]


@dataclass(frozen=True)
class MatterStanding:
    """What the public finds of one matter. ``late`` counts entries of the last year that missed the table's limit."""

    matter: Matter
    column_code: str
    how_many: int = 0
    newest_on: date | None = None
    late: int = 0

    @property
    def wants_work(self) -> bool:
        return not self.column_code or not self.how_many or bool(self.late)


def tables(viewer: Viewer, agency_id: int) -> list[StandardTable]:
    """All versions, by field, the last one first. Raises `scope.NothingToSee`."""
    with scope.of_agency(viewer, agency_id):
        return list(
            StandardTable.objects.exclude(state=State.DISCARDED).order_by("field", "-version").defer("findings")
        )


def linked_counts(viewer: Viewer, agency_id: int) -> Mapping[int, int]:
    """How many matters of each version have a column; one query. Raises `scope.NothingToSee`."""
    with scope.of_agency(viewer, agency_id):
        link = MatterLink.objects.filter(field=OuterRef("table__field"), matter_key=OuterRef("key"))
        found = StandardMatter.objects.filter(Exists(link)).order_by().values("table_id")
        return {row["table_id"]: row["how_many"] for row in found.annotate(how_many=Count("id"))}


def table_file(viewer: Viewer, agency_id: int, table_id: int) -> TableFile:
    """One version. Raises `NotFound`."""
    try:
        with scope.of_agency(viewer, agency_id):
            table = StandardTable.objects.filter(pk=table_id).first()
            if table is None:
                raise NotFound(table_id)
            matters = matters_of(table)
            earlier = StandardTable.objects.filter(field=table.field, version__lt=table.version)
            previous = earlier.filter(state__in=[State.IN_FORCE, State.SUPERSEDED]).order_by("-version").first()
            return TableFile(
                table=table,
                matters=matters,
                previous=previous,
                difference=standard_tables.difference(matters_of(previous), matters) if previous else None,
                links=links_of(table.field),
                nodes=tree_for(Agency.objects.get(pk=agency_id).kind, AgencyColumn.objects.order_by("position", "id")),
            )
    except scope.NothingToSee as error:
        raise NotFound(table_id) from error


def standings(found: TableFile, *, today: date) -> list[MatterStanding]:
    """What is published of each matter that is to be published proactively; one query."""
    pairs = [(node.code, node.parent_code) for node in found.nodes]
    branches = {code: descendants(code, pairs) for code in set(found.links.values())}
    wanted = {code for branch in branches.values() for code in branch}
    entries: dict[str, list[tuple[date | None, date]]] = {}
    rows = Entry.objects.filter(LISTED, agency_id=found.table.agency_id, node_code__in=wanted)
    for code, created_on, published_at in rows.order_by("-published_at", "-id").values_list(
        "node_code", "created_on", "published_at"
    )[:_ENTRIES]:
        entries.setdefault(code, []).append((created_on, timezone.localdate(published_at)))
    return [
        _standing(matter, found.links.get(matter.key, ""), branches, entries, today)
        for matter in found.matters
        if standard_tables.Mode.PROACTIVE in matter.mode
    ]


def matters_of(table: StandardTable) -> tuple[Matter, ...]:
    """The rows as values, in their order; inside a scope."""
    return tuple(_matter(row) for row in StandardMatter.objects.filter(table=table).order_by("position"))


def links_of(field: str) -> dict[str, str]:
    """The columns of the matters of a field, by key; inside a scope of one agency."""
    return dict(MatterLink.objects.filter(field=field).values_list("matter_key", "column_code"))


def _matter(row: StandardMatter) -> Matter:
    values = {name: getattr(row, name) for name in standard_tables.FIELDS}
    return Matter(**values | {name: tuple(values[name]) for name in standard_tables.LISTS})


def _standing(
    matter: Matter,
    column: str,
    branches: Mapping[str, frozenset[str]],
    entries: Mapping[str, Sequence[tuple[date | None, date]]],
    today: date,
) -> MatterStanding:
    found = [pair for code in branches.get(column, ()) for pair in entries.get(code, ())]
    recent = [pair for pair in found if pair[1] >= today - _PERIOD]
    return MatterStanding(
        matter=matter,
        column_code=column,
        how_many=len(found),
        newest_on=max((published for _, published in found), default=None),
        late=sum(_is_late(matter, column, created, published) for created, published in recent),
    )


@functools.lru_cache(maxsize=10_000)
def _legal_limit(created_on: date, column: str) -> date | None:
    deadline = deadlines.publication_from(created_on, column)
    return deadline.due_on if deadline else None


def _is_late(matter: Matter, column: str, created_on: date | None, published_on: date) -> bool:
    if created_on is None:
        return False
    limit = standard_tables.limit_on(matter.time_limit, created_on) or _legal_limit(created_on, column)
    return limit is not None and published_on > limit
