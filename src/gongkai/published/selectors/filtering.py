"""Lists by conditions straight from the database: slower than the index, but always there."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from gongkai.published.domain.document_keys import document_key
from gongkai.published.models import LISTED, Entry, EntryIssuer
from gongkai.published.selectors import catalogue, directory, listing


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """All that are given must hold."""

    agency_code: str = ""
    topic: str = ""
    genre: str = ""
    year: int | None = None
    validity: str = ""
    node_code: str = ""
    document_number: str = ""


def newest(conditions: Conditions, *, first: int, limit: int) -> tuple[int, list[listing.Row]]:
    """How many entries fit, and those from ``first`` on, newest first.

    The page is found on an index alone and its rows are fetched afterwards (deferred join).
    """
    rows = Entry.objects.filter(LISTED)
    for condition in _conditions(conditions):
        rows = rows.filter(condition)
    ids = rows.order_by("-published_at", "-id").values_list("pk", flat=True)[first : first + limit]
    return rows.count(), listing.by_ids(list(ids))


def _conditions(conditions: Conditions) -> Iterator[Q]:
    if conditions.agency_code:
        body = directory.body_by_code(conditions.agency_code)
        yield _issued_by(body.id if body else 0)
    if conditions.topic:
        yield Q(topic=conditions.topic)
    if conditions.genre:
        yield Q(genre=conditions.genre)
    if conditions.validity:
        yield Q(validity=conditions.validity)
    if conditions.document_number:
        yield Q(document_number_key__startswith=document_key(conditions.document_number))
    if conditions.node_code:
        yield Q(node_code__in=_branch(conditions))
    if conditions.year is not None:
        begins, ends = listing.year_bounds(conditions.year)
        yield Q(published_at__gte=begins, published_at__lt=ends)


def _issued_by(agency_id: int) -> Q:
    own = Q(agency_id=agency_id)
    if not listing.issued_jointly(agency_id):
        return own
    return own | Q(pk__in=EntryIssuer.objects.filter(agency_id=agency_id).values("entry_id"))


def _branch(conditions: Conditions) -> tuple[str, ...]:
    """The column with everything below it, as the agency has ordered it."""
    body = directory.body_by_code(conditions.agency_code) if conditions.agency_code else directory.directory().root
    column = catalogue.tree(body.id).by_code.get(conditions.node_code) if body else None
    return column.codes if column else (conditions.node_code,)
