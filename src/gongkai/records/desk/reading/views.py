"""What of an agency is read most."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.accounts.access import DeskRequest
from gongkai.accounts.domain.duties import Duty
from gongkai.records.desk.access import door
from gongkai.records.desk.reading import contexts


@door(Duty.SEE_RECORDS)
@require_safe
def most_read(request: DeskRequest) -> HttpResponse:
    """The most read entries of the last weeks or months, with the days in a plot."""
    page = contexts.reading_page(request.GET, request.seat, today=timezone.localdate())
    return render(request, "records/reading.html", {"page": page})
