"""The register of issued documents: overview, rows, export, a draft from a row."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongkai.accounts.access import DeskRequest
from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork import workbooks
from gongkai.groundwork.files.kinds import Kind
from gongkai.groundwork.ui.paging import keyset_page
from gongkai.records.desk.access import door
from gongkai.records.desk.issued import contexts
from gongkai.records.selectors import issued
from gongkai.records.services import drafting, exporting, registering

_MOST_ROWS = 1_000_000


@door(Duty.SEE_RECORDS)
@require_safe
def overview(request: DeskRequest) -> HttpResponse:
    """One year of the register: the share that is public, the series, what waits to be published."""
    viewer, agency_id, today = request.viewer, request.seat.agency_id, timezone.localdate()
    years = issued.years(viewer, agency_id)
    year = contexts.chosen_year(request.GET, years, today=today)
    waiting = issued.not_yet_public(viewer, agency_id, year)
    shares, series = issued.shares(viewer, agency_id, year), issued.series(viewer, agency_id, year)
    pending = list(waiting[: contexts.PENDING])
    found = contexts.Found(years, year, shares, series, pending, waiting.count())
    page = contexts.overview(found, request.GET, request.seat, today=today)
    return render(request, "records/issued.html", {"page": page, "seat": request.seat})


@door(Duty.SEE_RECORDS)
@require_safe
def rows(request: DeskRequest) -> HttpResponse:
    """The rows behind a figure."""
    viewer, agency_id = request.viewer, request.seat.agency_id
    found = issued.documents(viewer, agency_id, contexts.wanted(request.GET))
    page = keyset_page(found, order=("-serial", "-id"), query=request.GET)
    years = issued.years(viewer, agency_id)
    shown = contexts.rows_page(page, years, request.GET, request.seat, today=timezone.localdate())
    return render(request, "records/issued_rows.html", {"page": shown, "seat": request.seat})


@door(Duty.SEE_RECORDS)
@require_safe
def export(request: DeskRequest) -> HttpResponseBase:
    """The same rows as a workbook."""
    found = issued.documents(request.viewer, request.seat.agency_id, contexts.wanted(request.GET))
    ordered = found.order_by("prefix", "year", "serial", "copy")[:_MOST_ROWS]
    lines = contexts.exported(ordered.iterator(chunk_size=2000))
    exporting.note("issued", actor=request.actor(Duty.SEE_RECORDS), at=timezone.now(), query=request.GET.dict())
    book = workbooks.of_rows("发文登记", contexts.EXPORT_HEAD, lines)
    return FileResponse(book, as_attachment=True, filename="发文登记.xlsx", content_type=Kind.XLSX.media_type)


@door(Duty.DRAFT_RECORDS)
@require_POST
def draft(request: DeskRequest, document_id: int) -> HttpResponse:
    """A draft with what the register knows, or the record that is there already."""
    actor = request.actor(Duty.DRAFT_RECORDS)
    try:
        record = registering.draft_of(document_id=document_id, actor=actor, at=timezone.now())
    except drafting.CannotDraft as error:
        messages.error(request, error.reason)
        return redirect("records:issued", request.seat.agency_code)
    return redirect("records:edit", request.seat.agency_code, record.pk)
