"""The list of addresses that is handed in for the assessment: as a page, as a sheet, as text."""

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.accounts.access import DeskRequest
from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork import csv_text, workbooks
from gongkai.records.desk.access import door
from gongkai.records.desk.addresses import contexts
from gongkai.records.selectors import addresses
from gongkai.records.selectors.addresses import Place


@door(Duty.SEE_RECORDS)
@require_safe
def own(request: DeskRequest) -> HttpResponse:
    """The addresses of this agency."""
    page = contexts.own_page(_own(request), request)
    return render(request, "records/addresses/own.html", {"page": page})


@door(Duty.SEE_RECORDS)
@require_safe
def own_workbook(request: DeskRequest) -> HttpResponseBase:
    return _workbook(_own(request), request)


@door(Duty.SEE_RECORDS)
@require_safe
def own_csv(request: DeskRequest) -> HttpResponse:
    return _csv(_own(request), request)


@door(Duty.SUPERVISE_CATALOGUES)
@require_safe
def below(request: DeskRequest) -> HttpResponse:
    """What all bodies below hand in, one line each; the files hold every address."""
    page = contexts.below_page(_below(request), request)
    return render(request, "records/addresses/below.html", {"page": page})


@door(Duty.SUPERVISE_CATALOGUES)
@require_safe
def below_workbook(request: DeskRequest) -> HttpResponseBase:
    return _workbook(_below(request), request)


@door(Duty.SUPERVISE_CATALOGUES)
@require_safe
def below_csv(request: DeskRequest) -> HttpResponse:
    return _csv(_below(request), request)


def _own(request: DeskRequest) -> list[Place]:
    level, today = contexts.level(request.GET), timezone.localdate()
    return addresses.of_agency(request.viewer, request.seat.agency_id, level=level, today=today)


def _below(request: DeskRequest) -> list[Place]:
    level, today = contexts.level(request.GET), timezone.localdate()
    return addresses.below(request.viewer, request.seat.agency_id, level=level, today=today)


def _workbook(places: list[Place], request: DeskRequest) -> FileResponse:
    rows = (contexts.cells(place, request) for place in places)
    book = workbooks.of_rows("公开网址清单", contexts.HEAD, rows)
    name = f"公开网址清单{timezone.localdate():%Y%m%d}.xlsx"
    return FileResponse(book, as_attachment=True, filename=name)


def _csv(places: list[Place], request: DeskRequest) -> HttpResponse:
    rows = [contexts.HEAD, *(contexts.cells(place, request) for place in places)]
    text = csv_text.BYTE_ORDER_MARK + "".join(map(csv_text.line, rows))
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="addresses.csv"'
    return answer
