"""The register of issued documents: series with their gaps, what is not yet public, and the share that is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import ExtractMonth

from gongkai.accounts.viewer import Viewer
from gongkai.groundwork import scoping
from gongkai.records.domain import deadlines, issued
from gongkai.records.domain.attributes import Attribute
from gongkai.records.domain.issued import Issued, Series
from gongkai.records.domain.lifecycle import State
from gongkai.records.models import IssuedDocument, Record
from gongkai.records.selectors import scope

_NOT_PUBLIC = (Attribute.ON_REQUEST, Attribute.NOT_DISCLOSED)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which rows of the register; empty means all. ``is_public`` None does not ask."""

    year: int | None = None
    prefix: str = ""
    unit: str = ""
    month: int | None = None
    attribute: str = ""
    is_public: bool | None = None
    text: str = ""


@dataclass(frozen=True)
class Share:
    """How many documents were issued, how many of them are for the public, and how many of those are public."""

    label: str
    issued: int
    proactive: int
    public: int

    @property
    def percent(self) -> float | None:
        """The share of issued documents that are public (公文主动公开率); None where none was issued."""
        return round(100 * self.public / self.issued, 1) if self.issued else None


def documents(viewer: Viewer, agency_id: int, wanted: Wanted) -> QuerySet[Any]:
    """Rows with ``record_id`` and ``is_public``, in no order yet. Raises `scope.NothingToSee`."""
    with scope.of_agency(viewer, agency_id):
        rows = _with_records(IssuedDocument.objects.filter(_plain(wanted)))
        if wanted.month:
            rows = rows.filter(created_on__month=wanted.month)
        if wanted.is_public is not None:
            rows = rows.filter(is_public=wanted.is_public)
        for word in wanted.text.split():
            rows = rows.filter(Q(title__icontains=word) | Q(document_number__icontains=word))
        return rows


def years(viewer: Viewer, agency_id: int) -> list[int]:
    """The years in the register, the latest first. Raises `scope.NothingToSee`."""
    with scope.of_agency(viewer, agency_id):
        found = IssuedDocument.objects.filter(year__isnull=False).order_by("-year").values_list("year", flat=True)
        return [year for year in found.distinct() if year is not None]


def series(viewer: Viewer, agency_id: int, year: int) -> list[Series]:
    """Every series of the year with what is missing, doubled or misdated. Raises `scope.NothingToSee`."""
    with scope.of_agency(viewer, agency_id):
        rows = IssuedDocument.objects.filter(year=year).values_list("document_number", "title", "copy", "created_on")
        return issued.series(
            Issued(document_number=number, title=title, copy=copy, created_on=written)
            for number, title, copy, written in rows
        )


def shares(viewer: Viewer, agency_id: int, year: int) -> tuple[Share, list[Share], list[Share]]:
    """Of the whole year, by unit and by month. Raises `scope.NothingToSee`."""
    rows = documents(viewer, agency_id, Wanted(year=year))
    by_unit = [_share(row["unit"], row) for row in _counted(rows.values("unit")).order_by("unit")]
    dated = rows.annotate(month=ExtractMonth("created_on", output_field=IntegerField()))
    by_month = [_share(str(row["month"] or ""), row) for row in _counted(dated.values("month")).order_by("month")]
    whole = Share(
        "",
        sum(share.issued for share in by_unit),
        sum(share.proactive for share in by_unit),
        sum(share.public for share in by_unit),
    )
    return whole, by_unit, by_month


def not_yet_public(viewer: Viewer, agency_id: int, year: int) -> QuerySet[Any]:
    """Documents for the public that are not public, the oldest first. Raises `scope.NothingToSee`."""
    wanted = Wanted(year=year, attribute=Attribute.PROACTIVE, is_public=False)
    return documents(viewer, agency_id, wanted).order_by("created_on", "id")


def non_public_numbers(agency_id: int, *, among: Collection[str]) -> frozenset[str]:
    """Which of these numbers the register keeps from the public, unless they became public all the same."""
    with scoping.narrow_to([agency_id]):
        rows = IssuedDocument.objects.filter(attribute__in=_NOT_PUBLIC, document_number__in=among)
        return frozenset(_with_records(rows).filter(is_public=False).values_list("document_number", flat=True))


def _plain(wanted: Wanted) -> Q:
    asked: Mapping[str, object] = {
        "year": wanted.year,
        "prefix": wanted.prefix,
        "unit": wanted.unit,
        "attribute": wanted.attribute,
    }
    return Q(**{name: value for name, value in asked.items() if value})


def _with_records(rows: QuerySet[IssuedDocument]) -> QuerySet[Any]:
    records = Record.objects.filter(agency=OuterRef("agency"), document_number=OuterRef("document_number"))
    open_to_all = records.filter(entry_id__isnull=False).exclude(state=State.WITHDRAWN)
    kept = records.exclude(state=State.DISCARDED).order_by("id")
    found: QuerySet[Any] = rows.annotate(
        record_id=Subquery(kept.values("id")[:1]),
        record_state=Subquery(kept.values("state")[:1]),
        is_public=Exists(open_to_all),
    )
    return found


def _counted(groups: QuerySet[Any]) -> QuerySet[Any]:
    proactive = Q(attribute=Attribute.PROACTIVE)
    counted: QuerySet[Any] = groups.annotate(
        issued=Count("id"),
        proactive=Count("id", filter=proactive),
        public=Count("id", filter=proactive & Q(is_public=True)),
    )
    return counted


def _share(label: str, row: Mapping[str, Any]) -> Share:
    return Share(label, row["issued"], row["proactive"], row["public"])


def due_on(written: date | None) -> date | None:
    """The last day for publication of a document of that day, as for a record without a column."""
    deadline = deadlines.publication_from(written, "")
    return deadline.due_on if deadline else None
