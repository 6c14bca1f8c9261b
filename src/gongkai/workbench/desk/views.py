"""The first screen, and going to one's other agency."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from gongkai.accounts.access import DeskRequest, at_agency, signed_in
from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork.notifications import inbox
from gongkai.workbench.desk.contexts import today as today_screen


@signed_in(Duty.SEE_TODAY)
def today(request: DeskRequest) -> HttpResponse:
    """今天需要我做什么."""
    now = timezone.now()
    page = today_screen.today_page(request.viewer, query=request.GET, now=now)
    request.work_counts = page.counts  # type: ignore[attr-defined]  # the menu need not count again
    inbox.mark_read(request.viewer.user_id, at=now)  # whoever sees the list needs no reminder of it
    return render(request, "workbench/today.html", {"page": page})


@at_agency(Duty.SEE_RECORDS)
def go_to_agency(request: DeskRequest) -> HttpResponse:
    """Makes this agency the one that the menu shows; the door has remembered it already."""
    return redirect("workbench:today")
