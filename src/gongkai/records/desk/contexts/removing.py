"""What was found for an emergency removal."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from gongkai.accounts.viewer import Viewer
from gongkai.records.models import Record


@dataclass(frozen=True)
class Hit:
    record: Record
    agency_name: str
    remove_url: str
    case_url: str


@dataclass(frozen=True)
class RemovalsPage:
    text: str
    hits: tuple[Hit, ...]


def removals_page(text: str, found: Iterable[Record], viewer: Viewer) -> RemovalsPage:
    return RemovalsPage(text, tuple(_hit(record, viewer) for record in found))


def _hit(record: Record, viewer: Viewer) -> Hit:
    seat = viewer.seats[record.agency_id]
    arguments = {"agency_code": seat.agency_code, "record_id": record.pk}
    return Hit(
        record=record,
        agency_name=seat.agency_name,
        remove_url=reverse("records:remove_now", kwargs=arguments),
        case_url=reverse("records:case", kwargs=arguments),
    )
