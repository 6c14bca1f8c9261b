"""The list page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.urls import reverse

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.viewer import Seat
from gongkai.groundwork.ui.filters import FilterGroup, choice_filter
from gongkai.groundwork.ui.paging import KeysetPage
from gongkai.groundwork.ui.parts import Badge, Tone
from gongkai.groundwork.worklist import Urgency, time_left, urgency_of
from gongkai.records.desk.contexts import states
from gongkai.records.domain import statutory_tree
from gongkai.records.domain.attributes import Attribute
from gongkai.records.domain.batches import BatchAct
from gongkai.records.domain.catalogue import AgencyNode
from gongkai.records.domain.lifecycle import State
from gongkai.records.models import Record
from gongkai.records.selectors.listing import Wanted

ORDER = ("-changed_at", "-id")


@dataclass(frozen=True)
class Row:
    """One record in the list."""

    record: Record
    url: str
    state: Badge
    clearance: Badge | None
    attribute: str
    due: Badge | None
    is_on_paper: bool


@dataclass(frozen=True)
class ListPage:
    rows: tuple[Row, ...]
    page: KeysetPage[Record]
    filters: tuple[FilterGroup, ...]
    text: str
    kept_params: tuple[tuple[str, str], ...]
    new_url: str
    clear_url: str
    export_url: str
    batch_url: str
    batch_acts: tuple[BatchAct, ...]


def wanted(query: QueryDict, nodes: tuple[AgencyNode, ...]) -> Wanted:
    """The filters in the address; what is not known there means everything."""
    column = query.get("column", "")
    pairs = [(node.code, node.parent_code) for node in nodes]
    state, attribute = query.get("state", ""), query.get("attribute", "")
    return Wanted(
        state=state if state in set(State) else "",
        attribute=attribute if attribute in set(Attribute) else "",
        columns=statutory_tree.descendants(column, pairs) if column in dict(pairs) else frozenset(),
        text=query.get("q", "").strip()[:100],
    )


@dataclass(frozen=True)
class Surroundings:
    """What the list needs to know beside its rows."""

    counts: Mapping[str, int]
    columns_in_use: frozenset[str]
    nodes: tuple[AgencyNode, ...]
    today: date


def list_page(page: KeysetPage[Record], query: QueryDict, seat: Seat, around: Surroundings) -> ListPage:
    counts = around.counts
    base = reverse("records:list", kwargs={"agency_code": seat.agency_code})
    return ListPage(
        rows=tuple(_row(record, seat, today=around.today) for record in page.items),
        page=page,
        filters=(
            choice_filter(query, param="state", label="状态", options=_states(counts), counts=counts),
            choice_filter(query, param="attribute", label="公开属性", options=[(a.value, a.label) for a in Attribute]),
            choice_filter(query, param="column", label="栏目", options=_columns(around)),
        ),
        text=query.get("q", ""),
        kept_params=tuple((name, query.get(name, "")) for name in ("state", "attribute", "column") if query.get(name)),
        new_url=f"{base}new/" if seat.may(Duty.DRAFT_RECORDS) and not seat.has_ended else "",
        clear_url=base if any(query.values()) else "",
        export_url=f"{base}export/?{query.urlencode()}",
        batch_url=reverse("records:batch_new", kwargs={"agency_code": seat.agency_code}),
        batch_acts=tuple(act for act in BatchAct if any(seat.may(duty) for duty in act.duties)),
    )


def _states(counts: Mapping[str, int]) -> list[tuple[str, str]]:
    """States that occur: an empty choice helps nobody."""
    return [(state.value, state.label) for state in State if counts.get(state.value)]


def _columns(around: Surroundings) -> list[tuple[str, str]]:
    """The columns of the first two levels in which something stands."""
    pairs = [(node.code, node.parent_code) for node in around.nodes]
    return [
        (node.code, node.title)
        for node in around.nodes
        if (node.depth == 1 or (node.depth == 0 and node.takes_records))
        and statutory_tree.descendants(node.code, pairs) & around.columns_in_use
    ]


def _row(record: Record, seat: Seat, *, today: date) -> Row:
    under_way = record.published_at is None and record.state != State.DISCARDED
    return Row(
        record=record,
        url=reverse("records:case", kwargs={"agency_code": seat.agency_code, "record_id": record.pk}),
        state=states.state_badge(record),
        clearance=states.clearance_badge(record),
        attribute=states.attribute_label(record),
        due=_due_badge(record.due_on, today=today) if under_way else None,
        is_on_paper=getattr(record, "is_on_paper", False),
    )


def _due_badge(due_on: date | None, *, today: date) -> Badge | None:
    """The deadline as a badge, only where it presses."""
    urgency = urgency_of(due_on, today=today)
    if due_on is None or urgency in {Urgency.LATER, Urgency.NONE}:
        return None
    tone = Tone.BAD if urgency is Urgency.OVERDUE else Tone.WAITING
    return Badge(label=time_left(due_on, today=today), tone=tone)
