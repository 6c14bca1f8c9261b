"""The audit trail, for the audit administrator alone."""

from django.http import HttpResponse
from django.shortcuts import render

from gongkai.accounts.access import DeskRequest, signed_in
from gongkai.accounts.domain.duties import Duty
from gongkai.config.desk.trail import contexts


@signed_in(Duty.READ_AUDIT)
def trail_list(request: DeskRequest) -> HttpResponse:
    """The trail, the newest first."""
    return render(request, "system/audit.html", {"page": contexts.trail_page(request.GET)})


@signed_in(Duty.READ_AUDIT)
def verify(request: DeskRequest) -> HttpResponse:
    """Asks first, then recomputes the chain and says what is wrong."""
    page = contexts.verify_page(now=request.method == "POST")
    return render(request, "system/audit_verify.html", {"page": page})
