"""Keeping passages from the public, on a page of its own beside the writing page."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.accounts.access import DeskRequest
from gongkai.accounts.domain.duties import Duty
from gongkai.records.desk.access import door
from gongkai.records.desk.cuts import contexts
from gongkai.records.desk.cuts.forms import CutForm
from gongkai.records.selectors import case_file
from gongkai.records.services import cutting


@door(Duty.DRAFT_RECORDS)
def cut_list(request: DeskRequest, record_id: int) -> HttpResponseBase:
    """The text with its cuts, and the form for another one."""
    record = case_file.record(request.viewer, request.seat.agency_id, record_id)
    form = CutForm(request.POST or None, initial={"lock_version": record.lock_version})
    if request.method == "POST" and form.is_valid() and _cut(request, record_id, form):
        return redirect("records:cuts", request.seat.agency_code, record_id)
    page = contexts.page(record, request.seat)
    return render(request, "records/cuts/list.html", {"form": form, "page": page})


@door(Duty.DRAFT_RECORDS)
@require_POST
def cut_restore(request: DeskRequest, record_id: int, cut_number: int) -> HttpResponse:
    """Gives one passage back to the public text."""
    seen = request.POST.get("lock_version", "")
    lock_version = int(seen) if seen.isdecimal() else -1
    actor, at = request.actor(Duty.DRAFT_RECORDS), timezone.now()
    try:
        cutting.restore(record_id=record_id, number=cut_number, lock_version=lock_version, actor=actor, at=at)
    except cutting.CannotCut as error:
        messages.error(request, error.reason)
    else:
        messages.success(request, "已取消这处删减。")
    return redirect("records:cuts", request.seat.agency_code, record_id)


def _cut(request: DeskRequest, record_id: int, form: CutForm) -> bool:
    actor, at = request.actor(Duty.DRAFT_RECORDS), timezone.now()
    seen = form.cleaned_data["lock_version"]
    try:
        places = cutting.cut(record_id=record_id, passage=form.passage(), lock_version=seen, actor=actor, at=at)
    except cutting.CannotCut as error:
        form.add_error(None, error.reason)
        return False
    messages.success(request, f"已删减{places}处，公开时以理由代替。")
    return True
