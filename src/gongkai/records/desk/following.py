"""Reviewing afterwards what an urgent release left out."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from gongkai.accounts.access import DeskRequest
from gongkai.accounts.domain.duties import Duty
from gongkai.records.desk import forms, reviewing
from gongkai.records.desk.access import door
from gongkai.records.desk.contexts import following as contexts
from gongkai.records.models import FollowUp
from gongkai.records.selectors import case_file
from gongkai.records.selectors import owed as selecting
from gongkai.records.services import urgency

_DONE = {"approve": "已补审“{}”。", "correct": "已要求更正“{}”，由承办人修改。", "withdraw": "已要求撤下“{}”。"}


@door(Duty.REVIEW_AS_SECTION_HEAD, Duty.SIGN_RECORDS, Duty.PUBLISH_RECORDS)
def follow_up(request: DeskRequest, record_id: int) -> HttpResponseBase:
    """One owed stage: agree, have it corrected, or ask for it to be withdrawn."""
    found = case_file.case_file(request.viewer, request.seat.agency_id, record_id)
    owed = selecting.first(found.follow_ups, request.viewer, request.seat)
    if owed is None:
        messages.info(request, f"“{found.record.title}”没有等您补审的环节。")
        return redirect("records:case", request.seat.agency_code, record_id)
    form = forms.OpinionForm(request.POST or None, help_text="要求更正、撤下的必填。")
    if request.method == "POST" and form.is_valid() and _reviewed(request, owed, form):
        messages.success(request, _DONE[request.POST["decision"]].format(found.record.title))
        return redirect("workbench:today")
    page = contexts.page(found, owed, request.seat)
    return render(request, "records/follow_up.html", {"form": form, "page": page})


def _reviewed(request: DeskRequest, owed: FollowUp, form: forms.OpinionForm) -> bool:
    outcome = request.POST.get("decision", "")
    if outcome not in _DONE:
        return False
    opinion, actor = form.cleaned_data["opinion"], reviewing.actor_in(request, owed.stage_post)
    try:
        said = urgency.Said(owed.stage, outcome, opinion)
        urgency.follow_up(record_id=owed.record_id, said=said, actor=actor, at=timezone.now())
    except urgency.CannotFollowUp as error:
        form.add_error(None if opinion else "opinion", error.reason)
        return False
    return True
