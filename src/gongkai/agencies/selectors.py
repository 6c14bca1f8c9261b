"""Reads over bodies. They are public data, so no viewer is asked for."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.agencies.domain.kinds import AgencyKind
from gongkai.agencies.models import Agency


@dataclass(frozen=True)
class TreeLine:
    """A body and how deep it stands in the tree."""

    agency: Agency
    depth: int


def valid(*, on: date) -> QuerySet[Agency]:
    """The bodies that exist on the day."""
    return Agency.objects.filter(valid_from__lte=on).filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on))


def tree(*, on: date | None = None) -> list[TreeLine]:
    """All bodies, parents before children, siblings in their order; with a day only those valid then. One query.

    A body whose parent is not shown stands at the top.
    """
    rows = Agency.objects.select_related("successor", "staffed_by") if on is None else valid(on=on)
    shown = list(rows.order_by("sort_order", "id"))
    present = {agency.pk for agency in shown}
    children: dict[int | None, list[Agency]] = defaultdict(list)
    for agency in shown:
        children[agency.parent_id if agency.parent_id in present else None].append(agency)
    return list(_walk(children, None, 0))


def _walk(children: dict[int | None, list[Agency]], parent_id: int | None, depth: int) -> Iterator[TreeLine]:
    for agency in children[parent_id]:
        yield TreeLine(agency, depth)
        yield from _walk(children, agency.pk, depth + 1)


def of_kind(kind: AgencyKind, *, on: date) -> QuerySet[Agency]:
    """The bodies of one kind on the day, in their order."""
    return valid(on=on).filter(kind=kind).order_by("sort_order", "id")


def subtree_ids(agency: Agency) -> list[int]:
    """The body itself and everything below it, ended or not."""
    return list(Agency.objects.filter(path__startswith=agency.path).order_by("path").values_list("id", flat=True))


def in_city_sum(*, on: date) -> QuerySet[Agency]:
    """The bodies whose figures enter the city's sum on the day; a second nameplate counts with its staff's body."""
    return valid(on=on).filter(in_city_sum=True, staffed_by__isnull=True).order_by("sort_order", "id")


def last_successor(agency: Agency) -> Agency:
    """Who answers for the body today: itself, or the end of the chain of its successors."""
    answering = agency
    while answering.successor is not None:
        answering = answering.successor
    return answering
