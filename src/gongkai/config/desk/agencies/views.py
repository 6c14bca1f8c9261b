"""Bodies: the system administrator enters, changes, merges and ends them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from gongkai.accounts.access import DeskRequest, signed_in
from gongkai.accounts.domain.duties import Duty
from gongkai.agencies.models import Agency
from gongkai.agencies.services import keeping
from gongkai.config.desk.agencies import contexts, forms


@signed_in(Duty.MANAGE_AGENCIES)
def tree(request: DeskRequest) -> HttpResponse:
    """All bodies as a tree."""
    page = contexts.tree_page(query=request.GET, today=timezone.localdate())
    return render(request, "system/agencies.html", {"page": page})


@signed_in(Duty.MANAGE_AGENCIES)
def create(request: DeskRequest) -> HttpResponse:
    """A new body."""
    form = forms.AgencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actor = request.actor(Duty.MANAGE_AGENCIES)
            keeping.create(details=form.details(), actor=actor, at=timezone.now())
        except keeping.CannotKeepAgency as error:
            form.add_reasons(error.reasons)
        else:
            return _done(request, "机构已新建。")
    return _form(request, form, "新建机构")


@signed_in(Duty.MANAGE_AGENCIES)
def change(request: DeskRequest, agency_id: int) -> HttpResponse:
    """What is kept about a body."""
    agency = get_object_or_404(Agency, pk=agency_id)
    form = forms.AgencyForm(request.POST or None, agency=agency)
    if request.method == "POST" and form.is_valid():
        try:
            actor = request.actor(Duty.MANAGE_AGENCIES)
            keeping.change(agency_id=agency_id, details=form.details(), actor=actor, at=timezone.now())
        except keeping.CannotKeepAgency as error:
            form.add_reasons(error.reasons)
        else:
            return _done(request, "已保存。")
    return _form(request, form, agency.name)


@signed_in(Duty.MANAGE_AGENCIES)
def merge(request: DeskRequest, agency_id: int) -> HttpResponse:
    """Into a successor, from a day on."""
    agency, now = get_object_or_404(Agency, pk=agency_id), timezone.now()
    form = forms.MergeForm(request.POST or None, agency=agency, today=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        try:
            actor = request.actor(Duty.MANAGE_AGENCIES)
            keeping.merge(agency_id=agency_id, **form.cleaned_data, actor=actor, at=now)
        except keeping.CannotEndAgency as error:
            form.add_error(None, str(error))
        else:
            return _done(request, "合并已办理。")
    return render(request, "desk/form.html", {"form": form, "page": contexts.merging(agency)})


@signed_in(Duty.MANAGE_AGENCIES)
def end(request: DeskRequest, agency_id: int) -> HttpResponse:
    """Without a successor."""
    agency = get_object_or_404(Agency, pk=agency_id)
    form = forms.EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actor = request.actor(Duty.MANAGE_AGENCIES)
            keeping.end(agency_id=agency_id, **form.cleaned_data, actor=actor, at=timezone.now())
        except keeping.CannotEndAgency as error:
            form.add_error(None, str(error))
        else:
            return _done(request, "机构已终止。")
    return render(request, "desk/form.html", {"form": form, "page": contexts.ending(agency)})


def _form(request: DeskRequest, form: forms.AgencyForm, title: str) -> HttpResponse:
    return render(request, "system/agency_form.html", {"form": form, "title": title, "groups": contexts.groups(form)})


def _done(request: DeskRequest, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("system:agencies")
