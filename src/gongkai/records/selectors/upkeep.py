"""What the keeper of a catalogue has to look after: blank columns, stale ones, records that are late.

This module is also a source of the first screen (`groundwork.worklist`): one line for an agency.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, QuerySet
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.viewer import Viewer
from gongkai.agencies import selectors as agencies
from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping
from gongkai.groundwork.worklist import Urgency, WorkItem, WorkKind
from gongkai.published.models import LISTED, Entry
from gongkai.records.domain import freshness
from gongkai.records.domain.catalogue import AgencyNode, tree_for
from gongkai.records.domain.freshness import Content, Standing
from gongkai.records.domain.lifecycle import State
from gongkai.records.models import AgencyColumn, CatalogueStanding, Record
from gongkai.records.selectors import scope

_UNDER_WAY = (State.DRAFT, State.IN_REVIEW, State.RETURNED, State.SIGNED)


@dataclass(frozen=True)
class AgencyStandings:
    """One body of a subtree with all its columns."""

    agency: Agency
    nodes: tuple[AgencyNode, ...]
    standings: tuple[Standing, ...]


def of_agency(viewer: Viewer, agency_id: int, *, today: date) -> AgencyStandings:
    """The columns of one agency; three queries. Raises `scope.NothingToSee`."""
    with scope.of_agency(viewer, agency_id):
        (found,) = of_agencies([Agency.objects.get(pk=agency_id)], today=today)
    return found


def below(viewer: Viewer, agency_id: int, *, today: date) -> list[AgencyStandings]:
    """Every body of the subtree that exists today; four queries however many there are.

    Raises:
        scope.NothingToSee: the viewer supervises nothing there.
    """
    if agency_id not in viewer.agencies_where(Duty.SUPERVISE_CATALOGUES):
        raise scope.NothingToSee(agency_id)
    top = Agency.objects.get(pk=agency_id)
    bodies = list(agencies.valid(on=today).filter(path__startswith=top.path).order_by("sort_order", "id"))
    if not bodies:
        return []
    with scoping.narrow_to(body.pk for body in bodies):
        return of_agencies(bodies, today=today)


def of_agencies(bodies: Collection[Agency], *, today: date) -> list[AgencyStandings]:
    """The columns of these bodies; two queries. Inside a scope that covers them."""
    ids = [body.pk for body in bodies]
    wishes: dict[int, list[AgencyColumn]] = defaultdict(list)
    for wish in AgencyColumn.objects.filter(agency_id__in=ids).order_by("position", "id"):
        wishes[wish.agency_id].append(wish)
    contents = _contents(ids)
    trees = {body.pk: tree_for(body.kind, wishes[body.pk]) for body in bodies}
    return [
        AgencyStandings(
            body, trees[body.pk], freshness.standings(trees[body.pk], contents.get(body.pk, {}), today=today)
        )
        for body in bodies
    ]


def late(viewer: Viewer, agency_id: int, *, today: date) -> QuerySet[Record]:
    """What should be public by now and is not, the longest overdue first. Raises `scope.NothingToSee`."""
    with scope.of_agency(viewer, agency_id):
        rows = Record.objects.filter(state__in=_UNDER_WAY, published_at__isnull=True, due_on__lt=today)
        return rows.only(
            "id", "agency_id", "state", "stage", "title", "column_code", "drafter_name", "due_on"
        ).order_by("due_on", "id")


def work_waiting(viewer: Viewer, *, today: date) -> Iterable[WorkItem]:
    """For each agency whose catalogue, guide or rules want looking after, one line each."""
    return [
        _work(viewer, standing, sentence, title, screen)
        for standing in _cached(viewer)
        for sentence, title, screen in _tasks(standing)
    ]


def work_counts(viewer: Viewer, *, today: date) -> tuple[int, int]:
    """How many lines that makes; none of them is overdue."""
    return sum(len(list(_tasks(standing))) for standing in _cached(viewer)), 0


def _cached(viewer: Viewer) -> list[CatalogueStanding]:
    ids = viewer.agencies_where(Duty.KEEP_CATALOGUE)
    if not ids:
        return []
    with scoping.narrow_to(ids):
        return list(CatalogueStanding.objects.order_by("agency_id"))


def _tasks(standing: CatalogueStanding) -> Iterator[tuple[str, str, str]]:
    """Sentence, title and screen of what is to be done."""
    counts = ((standing.blank, "个空白栏目"), (standing.stale, "个栏目超期未更新"))
    if words := "、".join(f"{number}{noun}" for number, noun in counts if number):
        yield "请维护公开目录", words, "upkeep"
    if standing.guide_reason:
        yield "请核对指南", standing.guide_reason, "guide"
    if standing.rules_reason:
        yield "请核对制度", standing.rules_reason, "guide"


def _work(viewer: Viewer, standing: CatalogueStanding, sentence: str, title: str, screen: str) -> WorkItem:
    seat = viewer.seats[standing.agency_id]
    return WorkItem(
        kind=WorkKind.UPKEEP,
        agency_name=seat.agency_name,
        sentence=sentence,
        title=title,
        url=reverse(f"records:{screen}", kwargs={"agency_code": seat.agency_code}),
        who="",
        due_on=None,
        since=standing.looked_at,
        urgency=Urgency.NONE,
    )


def _contents(agency_ids: Collection[int]) -> Mapping[int, Mapping[str, Content]]:
    """What the public finds in each column."""
    rows = Entry.objects.filter(LISTED, agency_id__in=agency_ids).order_by().values("agency_id", "node_code")
    found: dict[int, dict[str, Content]] = defaultdict(dict)
    for row in rows.annotate(how_many=Count("id"), newest=Max("published_at")):
        content = Content(row["how_many"], timezone.localdate(row["newest"]))
        found[row["agency_id"]][row["node_code"]] = content
    return found
