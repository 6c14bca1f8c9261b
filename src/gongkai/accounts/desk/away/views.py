"""Absences: one's own from the account, those of an agency's staff by who keeps them there."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.accounts import selectors
from gongkai.accounts.access import DeskRequest, at_agency, signed_in
from gongkai.accounts.desk.away import contexts, forms
from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.models import User
from gongkai.accounts.services import standing_in
from gongkai.accounts.viewer import Actor, as_oneself


@signed_in()
def announce(request: DeskRequest) -> HttpResponse:
    """One's own absence."""
    form = forms.AbsenceForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid() and _announced(form, request.viewer.user_id, _oneself(request)):
        messages.success(request, "外出已登记。")
        return redirect("accounts:account")
    page = contexts.announcing(reverse("accounts:account"))
    return render(request, "desk/form.html", {"form": form, "page": page})


@signed_in()
@require_POST
def cancel(request: DeskRequest, absence_id: int) -> HttpResponse:
    """Takes back one's own absence."""
    if not selectors.own_absences(request.viewer, on=timezone.localdate()).filter(pk=absence_id).exists():
        raise Http404
    _cancel(request, absence_id, _oneself(request))
    return redirect("accounts:account")


@at_agency(Duty.KEEP_ABSENCES)
def away(request: DeskRequest) -> HttpResponse:
    """Who of the agency is away, and who stands in for whom."""
    page = contexts.away_page(request.viewer, request.seat, today=timezone.localdate())
    return render(request, "accounts/away/list.html", {"page": page})


@at_agency(Duty.KEEP_ABSENCES)
def away_new(request: DeskRequest) -> HttpResponse:
    """A colleague's absence."""
    form = forms.ColleagueAbsenceForm(
        request.POST or None, agency_id=request.seat.agency_id, today=timezone.localdate()
    )
    actor = request.actor(Duty.KEEP_ABSENCES)
    if request.method == "POST" and form.is_valid() and _announced(form, form.cleaned_data["person_id"], actor):
        messages.success(request, "外出已登记。")
        return redirect("accounts:away", request.seat.agency_code)
    page = contexts.announcing(reverse("accounts:away", args=[request.seat.agency_code]))
    return render(request, "desk/form.html", {"form": form, "page": page})


@at_agency(Duty.KEEP_ABSENCES)
@require_POST
def away_cancel(request: DeskRequest, absence_id: int) -> HttpResponse:
    """Takes back a colleague's absence."""
    found = selectors.absences_at(request.viewer, request.seat.agency_id, on=timezone.localdate())
    if not found.filter(pk=absence_id).exists():
        raise Http404
    _cancel(request, absence_id, request.actor(Duty.KEEP_ABSENCES))
    return redirect("accounts:away", request.seat.agency_code)


def _announced(form: forms.AbsenceForm, person_id: int, actor: Actor) -> bool:
    try:
        standing_in.announce(person_id=person_id, days=form.days(), actor=actor, at=timezone.now())
    except standing_in.CannotAnnounceAbsence as error:
        form.add_error(None, str(error))
        return False
    return True


def _cancel(request: DeskRequest, absence_id: int, actor: Actor) -> None:
    now = timezone.now()
    try:
        standing_in.cancel(absence_id=absence_id, today=timezone.localdate(now), actor=actor, at=now)
    except standing_in.CannotCancelAbsence as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "外出已取消，即日起由本人办理。")


def _oneself(request: DeskRequest) -> Actor:
    assert isinstance(request.user, User)  # the door lets nobody else in
    return as_oneself(request.user)
