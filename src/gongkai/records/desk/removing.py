"""Finding what has to go at once."""

from django.http import HttpResponse
from django.shortcuts import render

from gongkai.accounts.access import DeskRequest
from gongkai.accounts.domain.duties import Duty
from gongkai.records.desk.access import door
from gongkai.records.desk.contexts import removing
from gongkai.records.selectors import public_records


@door(Duty.WITHDRAW_RECORDS)
def find(request: DeskRequest) -> HttpResponse:
    """One field for address, number or title; each hit is one step from its removal."""
    text = request.GET.get("q", "").replace("\x00", "")[:300]
    found = public_records.to_remove(request.viewer, text)
    return render(request, "records/removals.html", {"page": removing.removals_page(text, found, request.viewer)})
