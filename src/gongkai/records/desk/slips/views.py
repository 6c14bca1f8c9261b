"""Slips to print and to file, one of each kind for every version, and the check whether a paper is true."""

from django.http import HttpResponse
from django.shortcuts import render

from gongkai.accounts.access import DeskRequest
from gongkai.accounts.domain.duties import Duty
from gongkai.records.desk.access import door
from gongkai.records.desk.slips import contexts
from gongkai.records.desk.slips.contexts import Kind
from gongkai.records.desk.slips.forms import CodeForm
from gongkai.records.selectors import case_file
from gongkai.records.selectors.case_file import NotFound


@door(Duty.SEE_RECORDS)
def approval(request: DeskRequest, record_id: int, version_number: int) -> HttpResponse:
    """The approval of the release, stage by stage."""
    return _slip(request, Kind.APPROVAL, record_id, version_number)


@door(Duty.SEE_RECORDS)
def secrecy(request: DeskRequest, record_id: int, version_number: int) -> HttpResponse:
    """The secrecy review with its conclusion."""
    return _slip(request, Kind.SECRECY, record_id, version_number)


@door(Duty.SEE_RECORDS)
def verify(request: DeskRequest) -> HttpResponse:
    """Holds the code on a paper against what is kept."""
    form = CodeForm(request.GET or None)
    result = None
    if request.GET and form.is_valid():
        code = form.cleaned_data["code"]
        try:
            found = case_file.case_file(request.viewer, request.seat.agency_id, code.record_id)
        except NotFound:
            found = None
        result = contexts.verified(found, code, request.seat)
    return render(request, "records/slips/verify.html", {"form": form, "result": result})


def _slip(request: DeskRequest, kind: Kind, record_id: int, number: int) -> HttpResponse:
    found = case_file.case_file(request.viewer, request.seat.agency_id, record_id)
    schemes = case_file.schemes(request.viewer, request.seat.agency_id)
    slip = contexts.slip(kind, found, schemes, number, request.seat)
    if slip is None:
        raise NotFound(number)
    return render(request, "records/slips/slip.html", {"slip": slip})
