"""What the screens of channels show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.viewer import Seat
from gongkai.groundwork.ui import filters
from gongkai.groundwork.ui.filters import FilterGroup
from gongkai.groundwork.ui.paging import KeysetPage
from gongkai.records.domain.channels import BY_HAND, Channel, Line
from gongkai.records.models import Record, RecordChannel


@dataclass(frozen=True, kw_only=True)
class ChannelLine:
    """One appearance; the website's line has nobody who entered it and nothing to remove."""

    label: str
    name: str
    published_on: date
    address: str = ""
    place: str = ""
    entered_by: str = ""
    remove_url: str = ""
    title: str = ""
    record_url: str = ""


@dataclass(frozen=True)
class ChannelPanel:
    """The channels of one record, on its case page."""

    lines: tuple[ChannelLine, ...]
    new_url: str


@dataclass(frozen=True)
class ChannelListPage:
    """All that an agency noted, a page at a time."""

    lines: tuple[ChannelLine, ...]
    filters: tuple[FilterGroup, ...]
    page: KeysetPage[RecordChannel]
    paste_url: str


def panel(record: Record, rows: Iterable[RecordChannel], seat: Seat, *, website: str) -> ChannelPanel | None:
    """None while the record was never public."""
    if record.entry_id is None or record.published_at is None:
        return None
    may = seat.may(Duty.NOTE_CHANNELS)
    first = ChannelLine(
        label=Channel.WEBSITE.label,
        name="本平台",
        published_on=timezone.localdate(record.published_at),
        address=website,
    )
    lines = (
        first,
        *(_line(row, _url("channel_remove", record, seat, channel_id=row.pk) if may else "") for row in rows),
    )
    return ChannelPanel(lines, _url("channel_new", record, seat) if may else "")


def list_page(page: KeysetPage[RecordChannel], years: Sequence[int], query: QueryDict, seat: Seat) -> ChannelListPage:
    groups = [
        filters.choice_filter(
            query, param="channel", label="渠道", options=[(channel.value, channel.label) for channel in BY_HAND]
        )
    ]
    if years:
        options = [(str(year), f"{year}年") for year in years]
        groups.append(filters.choice_filter(query, param="year", label="年度", options=options))
    may = seat.may(Duty.NOTE_CHANNELS)
    return ChannelListPage(
        lines=tuple(_listed(row, seat) for row in page.items),
        filters=tuple(groups),
        page=page,
        paste_url=reverse("records:channel_paste", args=[seat.agency_code]) if may else "",
    )


def objections(lines: Iterable[Line]) -> list[str]:
    """What is wrong with pasted lines, one sentence each, at most twenty."""
    wrong = [f"第{line.number}行：{line.objection}" for line in lines if line.objection]
    return wrong if len(wrong) <= 20 else [*wrong[:20], f"还有{len(wrong) - 20}行有误。"]


def _listed(row: RecordChannel, seat: Seat) -> ChannelLine:
    return _line(row, "", title=row.record.title, record_url=_url("case", row.record, seat))


def _line(row: RecordChannel, remove_url: str, *, title: str = "", record_url: str = "") -> ChannelLine:
    return ChannelLine(
        label=Channel(row.channel).label,
        name=row.name,
        published_on=row.published_on,
        address=row.address,
        place=row.place,
        entered_by=row.entered_by,
        remove_url=remove_url,
        title=title,
        record_url=record_url,
    )


def _url(name: str, record: Record, seat: Seat, **more: int) -> str:
    return reverse(f"records:{name}", kwargs={"agency_code": seat.agency_code, "record_id": record.pk} | more)
