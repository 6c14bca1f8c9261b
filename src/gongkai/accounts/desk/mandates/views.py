"""Mandates: which office acts for which agency without staff. The security administrator grants and ends them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from gongkai.accounts import selectors
from gongkai.accounts.access import DeskRequest, signed_in
from gongkai.accounts.desk.mandates import contexts, forms
from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.services import mandating
from gongkai.groundwork.ui.paging import keyset_page


@signed_in(Duty.GRANT_POSTS)
def mandate_list(request: DeskRequest) -> HttpResponse:
    """All of them, the latest first."""
    page = keyset_page(selectors.mandates(request.viewer), order=("-valid_from", "-id"), query=request.GET)
    lines = contexts.lines(page.items, today=timezone.localdate())
    return render(request, "accounts/mandates/list.html", {"lines": lines, "page": page})


@signed_in(Duty.GRANT_POSTS)
def grant(request: DeskRequest) -> HttpResponse:
    """An office acts for an agency."""
    now = timezone.now()
    form = forms.MandateForm(request.POST or None, today=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        try:
            mandating.grant(wish=form.wish(), actor=request.actor(Duty.GRANT_POSTS), at=now)
        except mandating.CannotGrantMandate as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "代办已设置。")
            return redirect("accounts:mandates")
    return render(request, "desk/form.html", {"form": form, "page": contexts.granting()})


@signed_in(Duty.GRANT_POSTS)
def end(request: DeskRequest, mandate_id: int) -> HttpResponse:
    """Ends a mandate on a day."""
    mandate, now = get_object_or_404(selectors.mandates(request.viewer), pk=mandate_id), timezone.now()
    form = forms.EndMandateForm(request.POST or None, initial={"last_day": timezone.localdate(now)})
    if request.method == "POST" and form.is_valid():
        try:
            actor, last_day = request.actor(Duty.GRANT_POSTS), form.cleaned_data["last_day"]
            mandating.end(mandate_id=mandate_id, last_day=last_day, actor=actor, at=now)
        except mandating.CannotEndMandate as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "代办已终止。")
            return redirect("accounts:mandates")
    return render(request, "desk/form.html", {"form": form, "page": contexts.ending(mandate)})
