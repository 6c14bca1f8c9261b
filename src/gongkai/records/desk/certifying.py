"""The publication certificate, to be printed."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.accounts.access import DeskRequest
from gongkai.accounts.domain.duties import Duty
from gongkai.records.desk.access import door
from gongkai.records.desk.contexts import certifying
from gongkai.records.selectors import certificate


@door(Duty.SEE_RECORDS)
@require_safe
def show(request: DeskRequest, record_id: int) -> HttpResponse:
    """Address, number, times and digests of what is or was public, for whoever has to prove it."""
    found = certificate.certificate(request.viewer, request.seat.agency_id, record_id)
    page = certifying.certificate_page(found, request, at=timezone.now())
    return render(request, "records/certificate.html", {"page": page})
