"""What the screens for handovers show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from gongkai.accounts.viewer import Seat, Viewer
from gongkai.groundwork.ui import paging
from gongkai.groundwork.ui.paging import KeysetPage
from gongkai.groundwork.ui.parts import Fact
from gongkai.records.domain.lifecycle import State
from gongkai.records.models import Record
from gongkai.records.selectors import open_work
from gongkai.workbench.models import Handover


@dataclass(frozen=True)
class HandoverLine:
    """One handover in the list."""

    parties: str
    url: str
    how_many: int
    reason: str
    at: datetime


@dataclass(frozen=True)
class HandoverList:
    """The list."""

    lines: tuple[HandoverLine, ...]
    page: KeysetPage[Handover]
    new_url: str


@dataclass(frozen=True)
class ItemLine:
    """One record: where it stood, when it is due, where it is opened."""

    title: str
    number: str
    state: str
    due_on: date | None
    url: str
    stayed_because: str = ""


@dataclass(frozen=True)
class HandoverPage:
    """The list of what went over, to be read, printed and signed on paper."""

    agency: str
    handover: Handover
    facts: tuple[Fact, ...]
    gone: tuple[ItemLine, ...]
    stayed: tuple[ItemLine, ...]


def listing(rows: QuerySet[Handover], seat: Seat, *, query: QueryDict) -> HandoverList:
    page = paging.keyset_page(rows, order=("-handed_at", "-id"), query=query)
    return HandoverList(
        lines=tuple(_line(each, seat) for each in page.items),
        page=page,
        new_url=reverse("workbench:handover_new", args=[seat.agency_code]),
    )


def preview(viewer: Viewer, seat: Seat, person_id: int) -> tuple[ItemLine, ...]:
    """What would go over."""
    return tuple(
        _item(record, seat, state=record.state, due_on=record.due_on)
        for record in open_work.open_of(viewer, seat.agency_id, person_id)
    )


def handover_page(viewer: Viewer, seat: Seat, found: Handover) -> HandoverPage:
    heads = open_work.heads(viewer, seat.agency_id, [item["record_id"] for item in found.items])
    lines = list(_items(found, heads, seat))
    return HandoverPage(
        agency=seat.agency_name,
        handover=found,
        facts=(
            Fact(label="移交人", value=found.from_name),
            Fact(label="移交人岗位", value=found.from_posts),
            Fact(label="接收人", value=found.to_name),
            Fact(label="交接原因", value=found.reason),
            Fact(label="办理人", value=found.handed_by_name),
        ),
        gone=tuple(line for line in lines if not line.stayed_because),
        stayed=tuple(line for line in lines if line.stayed_because),
    )


def _items(found: Handover, heads: dict[int, Record], seat: Seat) -> Iterable[ItemLine]:
    for item in found.items:
        due_on = date.fromisoformat(item["due_on"]) if item["due_on"] else None
        yield _item(
            heads[item["record_id"]], seat, state=item["state"], due_on=due_on, stayed_because=item["stayed_because"]
        )


def _item(record: Record, seat: Seat, *, state: str, due_on: date | None, stayed_because: str = "") -> ItemLine:
    return ItemLine(
        title=record.title,
        number=record.document_number,
        state=State(state).label,
        due_on=due_on,
        url=reverse("records:case", kwargs={"agency_code": seat.agency_code, "record_id": record.pk}),
        stayed_because=stayed_because,
    )


def _line(handover: Handover, seat: Seat) -> HandoverLine:
    return HandoverLine(
        parties=f"{handover.from_name}移交{handover.to_name}",
        url=_url(seat, handover),
        how_many=_gone(handover),
        reason=handover.reason,
        at=handover.handed_at,
    )


def _gone(handover: Handover) -> int:
    return sum(not item["stayed_because"] for item in handover.items)


def _url(seat: Seat, handover: Handover) -> str:
    return reverse("workbench:handover", kwargs={"agency_code": seat.agency_code, "handover_id": handover.pk})
