"""How the system stands, for the administrators."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from gongkai.accounts.access import DeskRequest, signed_in
from gongkai.accounts.domain.duties import Duty
from gongkai.config.desk.status import contexts


@signed_in(Duty.SEE_STATUS)
def status(request: DeskRequest) -> HttpResponse:
    """One page, read only."""
    return render(request, "system/status.html", {"page": contexts.status_page(now=timezone.now())})
