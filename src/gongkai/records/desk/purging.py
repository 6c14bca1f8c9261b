"""The second of the two people: confirms a purge, or declines it."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from gongkai.accounts.access import DeskRequest
from gongkai.accounts.domain.duties import Duty
from gongkai.records.desk import forms
from gongkai.records.desk.access import door
from gongkai.records.desk.contexts import purging as context
from gongkai.records.selectors import case_file
from gongkai.records.services import purging


@door(Duty.CONFIRM_PURGE)
def decide(request: DeskRequest, record_id: int) -> HttpResponseBase:
    """What was asked for, what would go, and both answers."""
    found = case_file.case_file(request.viewer, request.seat.agency_id, record_id)
    page = context.purge_page(found, request.viewer, request.seat)
    if page is None:
        messages.info(request, "没有等待您确认的清除申请。")
        return redirect("records:case", request.seat.agency_code, record_id)
    declining = "decline" in request.POST
    form = forms.GroundForm(request.POST if declining else None, label="不予清除的理由")
    if request.method == "POST" and (not declining or form.is_valid()) and _decided(request, record_id, form):
        return redirect("records:case", request.seat.agency_code, record_id)
    return render(request, "records/purge.html", {"page": page, "form": form})


def _decided(request: DeskRequest, record_id: int, form: forms.GroundForm) -> bool:
    actor, at = request.actor(Duty.CONFIRM_PURGE), timezone.now()
    try:
        if form.is_bound:
            purging.decline(record_id=record_id, opinion=form.cleaned_data["ground"], actor=actor, at=at)
            messages.success(request, "已答复不予清除，内容没有变化。")
        else:
            purging.confirm(record_id=record_id, actor=actor, at=at)
            messages.success(request, "已清除，附件和检索数据随后由后台清理。")
    except purging.CannotPurge as error:
        messages.error(request, error.reason)
        return form.is_bound
    return True
