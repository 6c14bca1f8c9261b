"""What the register of issued documents shows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.viewer import Seat
from gongkai.groundwork.ui.filters import FilterGroup, choice_filter
from gongkai.groundwork.ui.paging import KeysetPage
from gongkai.groundwork.ui.parts import Badge, Tone
from gongkai.groundwork.worklist import time_left
from gongkai.records.domain.attributes import Attribute
from gongkai.records.domain.issued import Series
from gongkai.records.domain.lifecycle import State
from gongkai.records.selectors import issued
from gongkai.records.selectors.issued import Share, Wanted

PENDING = 50
EXPORT_HEAD = ("文号", "标题", "成文日期", "公开属性", "承办单位", "公开情况")


@dataclass(frozen=True)
class ShareLine:
    """One line of the figures; each number leads to its rows."""

    label: str
    share: Share
    issued_url: str
    proactive_url: str
    public_url: str


@dataclass(frozen=True)
class SeriesLine:
    series: Series
    url: str

    @property
    def missing(self) -> str:
        more = "…" if self.series.missing_count and len(self.series.missing) >= 60 else ""
        return "、".join(self.series.missing) + more


@dataclass(frozen=True)
class DocumentRow:
    """One document of the register."""

    title: str
    number: str
    created_on: date | None
    attribute: str
    unit: str
    state: Badge
    due: Badge | None
    record_url: str
    draft_url: str


@dataclass(frozen=True)
class Overview:
    year: int
    filters: tuple[FilterGroup, ...]
    whole: ShareLine
    units: tuple[ShareLine, ...]
    months: tuple[ShareLine, ...]
    series: tuple[SeriesLine, ...]
    faults: int
    pending: tuple[DocumentRow, ...]
    pending_count: int
    pending_url: str
    rows_url: str
    is_empty: bool


@dataclass(frozen=True)
class RowsPage:
    rows: tuple[DocumentRow, ...]
    page: KeysetPage[Any]
    filters: tuple[FilterGroup, ...]
    text: str
    narrowed: str
    kept_params: tuple[tuple[str, str], ...]
    export_url: str
    clear_url: str


class Links:
    """Addresses of rows under filters."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat

    def rows(self, **params: object) -> str:
        query = QueryDict(mutable=True)
        for name, value in params.items():
            if value not in ("", None):
                query[name] = str(value)
        return f"{reverse('records:issued_rows', args=[self._seat.agency_code])}?{query.urlencode()}"


def chosen_year(query: QueryDict, years: Sequence[int], *, today: date) -> int:
    """The year of the address, else the present one, else the latest that is there."""
    text = query.get("year", "")
    if text.isdecimal() and int(text) in years:
        return int(text)
    return today.year if today.year in years or not years else years[0]


@dataclass(frozen=True)
class Found:
    """What was read of one year of the register."""

    years: Sequence[int]
    year: int
    shares: tuple[Share, list[Share], list[Share]]
    series: Sequence[Series]
    pending: Sequence[Any]
    pending_count: int


def overview(found: Found, query: QueryDict, seat: Seat, *, today: date) -> Overview:
    links, year = Links(seat), found.year
    whole, by_unit, by_month = found.shares
    query = query.copy()
    query["year"] = str(year)
    years = [(str(each), f"{each}年") for each in found.years]
    return Overview(
        year=year,
        filters=(choice_filter(query, param="year", label="年度", options=years),) if years else (),
        whole=_line("", whole, links, year=year),
        units=tuple(_line(share.label or "未登记", share, links, year=year, unit=share.label) for share in by_unit),
        months=tuple(
            _line(f"{share.label}月" if share.label else "没有日期", share, links, year=year, month=share.label)
            for share in by_month
        ),
        series=tuple(SeriesLine(one, links.rows(year=year, prefix=one.prefix)) for one in found.series),
        faults=sum(not one.is_sound for one in found.series),
        pending=tuple(row(document, seat, today=today) for document in found.pending),
        pending_count=found.pending_count,
        pending_url=links.rows(year=year, attribute=Attribute.PROACTIVE, public="no"),
        rows_url=links.rows(year=year),
        is_empty=not years,
    )


def _line(label: str, share: Share, links: Links, **params: object) -> ShareLine:
    proactive: dict[str, object] = params | {"attribute": Attribute.PROACTIVE.value}
    return ShareLine(label, share, links.rows(**params), links.rows(**proactive), links.rows(**proactive, public="yes"))


def wanted(query: QueryDict) -> Wanted:
    """The filters in the address; what is not known there means everything."""
    attribute = query.get("attribute", "")
    return Wanted(
        year=_number(query.get("year", "")),
        prefix=query.get("prefix", "")[:40],
        unit=query.get("unit", "")[:120],
        month=_number(query.get("month", "")),
        attribute=attribute if attribute in set(Attribute) else "",
        is_public={"yes": True, "no": False}.get(query.get("public", "")),
        text=query.get("q", "").strip()[:100],
    )


def rows_page(page: KeysetPage[Any], years: Sequence[int], query: QueryDict, seat: Seat, *, today: date) -> RowsPage:
    asked = wanted(query)
    narrowed = [asked.prefix, asked.unit, f"{asked.month}月" if asked.month else ""]
    kept = ("year", "prefix", "unit", "month", "attribute", "public")
    base = reverse("records:issued_rows", args=[seat.agency_code])
    export = reverse("records:issued_export", args=[seat.agency_code])
    return RowsPage(
        rows=tuple(row(document, seat, today=today) for document in page.items),
        page=page,
        filters=(
            choice_filter(query, param="year", label="年度", options=[(str(year), f"{year}年") for year in years]),
            choice_filter(query, param="attribute", label="公开属性", options=[(a.value, a.label) for a in Attribute]),
            choice_filter(query, param="public", label="公开情况", options=[("yes", "已公开"), ("no", "未公开")]),
        ),
        text=query.get("q", ""),
        narrowed="、".join(filter(None, narrowed)),
        kept_params=tuple((name, query.get(name, "")) for name in kept if query.get(name)),
        export_url=f"{export}?{query.urlencode()}",
        clear_url=base if any(query.values()) else "",
    )


def row(document: Any, seat: Seat, *, today: date) -> DocumentRow:
    """``document`` comes from `selectors.issued`, with its record."""
    due = issued.due_on(document.created_on) if _is_pending(document) else None
    record = reverse("records:case", args=[seat.agency_code, document.record_id]) if document.record_id else ""
    may_draft = not record and document.attribute == Attribute.PROACTIVE and seat.may(Duty.DRAFT_RECORDS)
    return DocumentRow(
        title=document.title,
        number=document.document_number,
        created_on=document.created_on,
        attribute=_attribute(document.attribute),
        unit=document.unit,
        state=_state(document),
        due=Badge(label=time_left(due, today=today), tone=Tone.BAD if due < today else Tone.WAITING) if due else None,
        record_url=record,
        draft_url=reverse("records:issued_draft", args=[seat.agency_code, document.pk]) if may_draft else "",
    )


def exported(documents: Iterable[Any]) -> Iterator[Sequence[str]]:
    """Rows of the workbook."""
    for document in documents:
        yield (
            document.document_number,
            document.title,
            document.created_on.isoformat() if document.created_on else "",
            _attribute(document.attribute),
            document.unit,
            _state(document).label,
        )


def _is_pending(document: Any) -> bool:
    return document.attribute == Attribute.PROACTIVE and not document.is_public


def _state(document: Any) -> Badge:
    if document.is_public:
        return Badge(label="已公开", tone=Tone.GOOD)
    if document.record_state:
        return Badge(label=State(document.record_state).label, tone=Tone.ACTIVE)
    if document.attribute == Attribute.PROACTIVE:
        return Badge(label="还没有起草", tone=Tone.WAITING)
    return Badge(label="不主动公开" if document.attribute else "公开属性未登记", tone=Tone.ENDED)


def _attribute(value: str) -> str:
    return Attribute(value).label if value in set(Attribute) else ""


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= 4 else None
