"""The list behind a number, as a page and as files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.viewer import Seat, Viewer
from gongkai.groundwork import csv_text
from gongkai.groundwork.ui.paging import KeysetPage
from gongkai.published.domain import vocabulary
from gongkai.records.desk.figures.asking import Asked
from gongkai.records.domain.figures import Counted
from gongkai.records.models import Record
from gongkai.records.selectors.annual_figures import Sight

HEAD = ("索引号", "标题", "发文字号", "单位", "成文日期", "公开时间", "有效性", "撤下时间")
_FIELDS = (
    *("id", "agency_id", "entry_id", "index_number", "title", "document_number", "created_on", "published_at"),
    *("validity", "withdrawn_at", "changed_at", "is_normative"),
)
_NOT_PUBLIC, _WITHDRAWN = "（未公开）", "（已撤下）"


@dataclass(frozen=True)
class RowLine:
    """One record behind the number; another body's is named only while it is public."""

    record: Record
    title: str
    url: str
    body: str
    validity: str


@dataclass(frozen=True)
class RowsPage:
    title: str
    sentence: str
    period_words: str
    body: str
    lines: tuple[RowLine, ...]
    page: KeysetPage[Record]
    back_url: str
    csv_url: str
    workbook_url: str


@dataclass(frozen=True)
class Reader:
    """Who reads the list: decides what is named and where a line leads."""

    viewer: Viewer
    names: Mapping[int, str]

    def line(self, record: Record) -> RowLine:
        validity = vocabulary.label(record.validity) if record.is_normative and record.entry_id else ""
        return RowLine(record, self._title(record), self._url(record), self.names[record.agency_id], validity)

    def cells(self, record: Record) -> tuple[str, ...]:
        line = self.line(record)
        public = timezone.localtime(record.published_at).strftime("%Y-%m-%d %H:%M") if record.published_at else ""
        gone = timezone.localtime(record.withdrawn_at).strftime("%Y-%m-%d %H:%M") if record.withdrawn_at else ""
        is_named = line.title == record.title
        number = record.document_number if is_named else ""
        return (
            *(record.index_number, line.title, number, line.body),
            *(f"{record.created_on or ''}", public, line.validity, gone),
        )

    def _sees(self, record: Record) -> bool:
        return record.agency_id in self.viewer.agencies_where(Duty.SEE_RECORDS)

    def _title(self, record: Record) -> str:
        if self._sees(record) or (record.entry_id and record.withdrawn_at is None):
            return record.title
        return _WITHDRAWN if record.entry_id else _NOT_PUBLIC

    def _url(self, record: Record) -> str:
        if self._sees(record):
            code = self.viewer.seats[record.agency_id].agency_code
            return reverse("records:case", kwargs={"agency_code": code, "record_id": record.pk})
        return _public_url(record) if record.withdrawn_at is None else ""


def order(counted: Counted) -> tuple[str, str]:
    """What was never public has no day of publication to stand by."""
    return ("-changed_at" if counted is Counted.NORMATIVE_WAITING else "-published_at", "-id")


def heads(rows: QuerySet[Record]) -> QuerySet[Record]:
    return rows.only(*_FIELDS)


def reader(viewer: Viewer, seen: Sight) -> Reader:
    return Reader(viewer, {body.agency.pk: body.agency.short_name for body in seen.bodies})


def rows_page(page: KeysetPage[Record], by: Reader, asked: Asked, counted: Counted, seat: Seat) -> RowsPage:
    place = {"agency_code": seat.agency_code}
    query = asked.query.copy()
    for name in ("after", "before"):
        query.pop(name, None)
    tail = f"?{query.urlencode()}" if query else ""
    files = {"agency_code": seat.agency_code, "counted": counted.value}
    back = query.copy()
    back.pop("body", None)
    return RowsPage(
        title=counted.label,
        sentence=counted.sentence,
        period_words=asked.period_words,
        body=next(iter(by.names.values())) if asked.bodies.only and by.names else "",
        lines=tuple(by.line(record) for record in page.items),
        page=page,
        back_url=reverse("records:figures", kwargs=place) + (f"?{back.urlencode()}" if back else ""),
        csv_url=reverse("records:figure_csv", kwargs=files) + tail,
        workbook_url=reverse("records:figure_workbook", kwargs=files) + tail,
    )


def cells(rows: QuerySet[Record], by: Reader) -> Iterator[tuple[str, ...]]:
    """The lines of a file, read piece by piece."""
    for record in heads(rows).iterator(chunk_size=2_000):
        yield by.cells(record)


def lines(rows: QuerySet[Record], by: Reader) -> Iterator[str]:
    """The same as text."""
    yield csv_text.BYTE_ORDER_MARK + csv_text.line(HEAD)
    for row in cells(rows, by):
        yield csv_text.line(row)


def _public_url(record: Record) -> str:
    """The public page, if this process also serves the portal."""
    if record.entry_id is None:
        return ""
    try:
        return reverse("portal:entry", args=[record.entry_id])
    except NoReverseMatch:
        return ""
