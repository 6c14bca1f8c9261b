"""Handover: choose who and to whom, see what would go, do it, print the list."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from gongkai.accounts.access import DeskRequest, at_agency
from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.viewer import Actor
from gongkai.workbench import selectors
from gongkai.workbench.desk import forms
from gongkai.workbench.desk.contexts import handovers as contexts
from gongkai.workbench.services import handing_over

_DUTIES = (Duty.HAND_OVER, Duty.DRAFT_RECORDS)


@at_agency(*_DUTIES)
def listing(request: DeskRequest) -> HttpResponse:
    """The handovers of the agency, or those of which one is a party."""
    rows = selectors.handovers(request.viewer, request.seat.agency_id)
    page = contexts.listing(rows, request.seat, query=request.GET)
    return render(request, "workbench/handovers.html", {"page": page})


@at_agency(*_DUTIES)
def new(request: DeskRequest) -> HttpResponse:
    """First what would go over, then the act."""
    form = _form(request)
    if not (form.is_bound and form.is_valid()):
        return render(request, "workbench/handover_new.html", {"form": form})
    if request.POST.get("step") == "confirm" and (answer := _done(request, form)):
        return answer
    items = contexts.preview(request.viewer, request.seat, form.cleaned_data["from_id"])
    return render(request, "workbench/handover_new.html", {"form": form, "items": items, "is_preview": True})


@at_agency(*_DUTIES)
def handover(request: DeskRequest, handover_id: int) -> HttpResponse:
    """The list of what went over."""
    found = get_object_or_404(selectors.handovers(request.viewer, request.seat.agency_id), pk=handover_id)
    page = contexts.handover_page(request.viewer, request.seat, found)
    return render(request, "workbench/handover.html", {"page": page})


def _form(request: DeskRequest) -> forms.HandoverForm:
    today = timezone.localdate()
    initial = {} if request.seat.may(Duty.HAND_OVER) else {"from_id": request.viewer.user_id}
    return forms.HandoverForm(
        request.POST or None, seat=request.seat, user_id=request.viewer.user_id, today=today, initial=initial
    )


def _done(request: DeskRequest, form: forms.HandoverForm) -> HttpResponse | None:
    now = timezone.now()
    try:
        made = handing_over.hand_over(wish=form.wish(), today=timezone.localdate(now), actor=_actor(request), at=now)
    except handing_over.CannotHandOver as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, "交接已办理。需要留存的，请打印交接清单。")
    return redirect("workbench:handover", request.seat.agency_code, made.pk)


def _actor(request: DeskRequest) -> Actor:
    return request.actor(next(duty for duty in _DUTIES if request.seat.may(duty)))
