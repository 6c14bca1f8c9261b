"""What the address lists show."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.access import DeskRequest
from gongkai.groundwork.ui import filters
from gongkai.groundwork.ui.filters import FilterGroup
from gongkai.published import addresses
from gongkai.published.domain import blocks
from gongkai.records.selectors.addresses import DEEPEST, Place

HEAD = ("单位", "板块", "栏目", "网址", "信息条数", "最新发布日期", "最近更新", "说明")
_LEVELS = {"1": "一级", "2": "二级", "3": "三级"}


@dataclass(frozen=True)
class Line:
    """One address, or a column that has none and why."""

    block: str
    title: str
    above: str
    url: str
    how_many: int
    newest: str
    updated: str
    note: str


@dataclass(frozen=True)
class OwnPage:
    lines: tuple[Line, ...]
    filters: tuple[FilterGroup, ...]
    workbook_url: str
    csv_url: str


@dataclass(frozen=True)
class BodyLine:
    name: str
    addresses: int
    entries: int
    blank: int
    updated: str


@dataclass(frozen=True)
class BelowPage:
    lines: tuple[BodyLine, ...]
    filters: tuple[FilterGroup, ...]
    workbook_url: str
    csv_url: str


def level(query: QueryDict) -> int:
    """How deep the list goes; anything else means to the last column."""
    asked = query.get("level", "")
    return int(asked) if asked in _LEVELS else DEEPEST


def own_page(places: Iterable[Place], request: DeskRequest) -> OwnPage:
    lines = tuple(_line(place, request) for place in places)
    return OwnPage(lines, _filters(request), _file("addresses_workbook", request), _file("addresses_csv", request))


def below_page(places: Iterable[Place], request: DeskRequest) -> BelowPage:
    bodies = itertools.groupby(places, key=lambda place: place.agency)
    return BelowPage(
        tuple(_body(agency.name, list(group)) for agency, group in bodies),
        _filters(request),
        _file("addresses_below_workbook", request),
        _file("addresses_below_csv", request),
    )


def cells(place: Place, request: HttpRequest) -> tuple[str, ...]:
    """A row of the files."""
    line = _line(place, request)
    column = "›".join(place.line)
    return (
        *(place.agency.name, line.block, column, line.url, str(line.how_many)),
        *(line.newest, line.updated, line.note),
    )


def _line(place: Place, request: HttpRequest) -> Line:
    held = place.held
    return Line(
        block=place.block,
        title=place.line[-1],
        above="›".join(place.line[:-1]),
        url=_url(place, request),
        how_many=held.how_many,
        newest=_day(held.newest_at),
        updated=f"{timezone.localtime(held.updated_at):%Y-%m-%d %H:%M}" if held.updated_at else "",
        note=_note(place),
    )


def _url(place: Place, request: HttpRequest) -> str:
    if place.node.is_hidden:
        return ""
    if place.node.code == blocks.REQUESTS:
        return addresses.requests(request)
    return addresses.column(request, place.agency.code, place.node.code)


def _note(place: Place) -> str:
    node = place.node
    if node.is_hidden:
        return f"未设此栏目：{node.reason}"
    if place.held.how_many or node.code == blocks.REQUESTS:
        return ""
    return f"暂无内容：{node.empty_note}" if node.empty_note else "空白"


def _body(name: str, places: list[Place]) -> BodyLine:
    shown = [place for place in places if not place.node.is_hidden]
    updated = max((place.held.updated_at for place in shown if place.held.updated_at), default=None)
    return BodyLine(
        name=name,
        addresses=len(shown),
        entries=sum(place.held.how_many for place in shown),
        blank=sum(_note(place) == "空白" for place in shown),
        updated=_day(updated),
    )


def _filters(request: DeskRequest) -> tuple[FilterGroup, ...]:
    return (filters.choice_filter(request.GET, param="level", label="列到", options=_LEVELS.items()),)


def _file(name: str, request: DeskRequest) -> str:
    asked = request.GET.get("level", "")
    tail = f"?level={asked}" if asked in _LEVELS else ""
    return reverse(f"records:{name}", kwargs={"agency_code": request.seat.agency_code}) + tail


def _day(moment: datetime | None) -> str:
    return f"{timezone.localdate(moment)}" if moment else ""
