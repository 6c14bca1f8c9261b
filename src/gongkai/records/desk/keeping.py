"""Screens of those who keep the catalogue."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.access import DeskRequest
from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork.ui.forms import DeskForm
from gongkai.groundwork.ui.parts import FormPage
from gongkai.records.desk import forms
from gongkai.records.desk.access import door
from gongkai.records.desk.contexts import keeping
from gongkai.records.domain.catalogue import AgencyNode
from gongkai.records.selectors import case_file
from gongkai.records.services import catalogue
from gongkai.records.services.catalogue import Wish


@door(Duty.KEEP_CATALOGUE)
def catalogue_tree(request: DeskRequest) -> HttpResponse:
    """The agency's tree, hidden columns included."""
    nodes = case_file.nodes(request.viewer, request.seat.agency_id)
    counts = case_file.counts_by_column(request.viewer, request.seat.agency_id)
    return render(request, "records/catalogue.html", {"page": keeping.catalogue_page(nodes, counts, request.seat)})


@door(Duty.KEEP_CATALOGUE)
def column(request: DeskRequest, column_code: str) -> HttpResponseBase:
    """Renames, hides or shows one column."""
    node = _node(request, column_code)
    names = ("keeper", "update_period_days", "empty_note", "is_hidden", "reason")
    initial = {name: getattr(node, name) for name in names}
    initial["title"] = node.title if node.title != node.common_title else ""
    form = forms.ColumnForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _arranged(request, column_code, form):
        messages.success(request, "栏目已保存，公开页面随之更新。")
        return redirect("records:catalogue", request.seat.agency_code)
    return _form(request, form, f"栏目：{node.common_title or node.title}", "保存", node.description)


@door(Duty.KEEP_CATALOGUE)
def column_new(request: DeskRequest, column_code: str) -> HttpResponseBase:
    """Adds an own column below this one."""
    node = _node(request, column_code)
    form = forms.NewColumnForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _added(request, column_code, form):
        messages.success(request, "栏目已添加。")
        return redirect("records:catalogue", request.seat.agency_code)
    return _form(request, form, f"在“{node.title}”下添加栏目", "添加", "")


def _node(request: DeskRequest, code: str) -> AgencyNode:
    nodes = case_file.nodes(request.viewer, request.seat.agency_id)
    node = next((node for node in nodes if node.code == code), None)
    if node is None:
        raise Http404
    return node


def _form(request: DeskRequest, form: DeskForm, title: str, verb: str, sentence: str) -> HttpResponse:
    back = reverse("records:catalogue", kwargs={"agency_code": request.seat.agency_code})
    page = FormPage(title=title, verb=verb, back_url=back, sentence=sentence)
    return render(request, "desk/form.html", {"form": form, "page": page})


def _arranged(request: DeskRequest, code: str, form: forms.ColumnForm) -> bool:
    actor = request.actor(Duty.KEEP_CATALOGUE)
    try:
        catalogue.arrange(code=code, wish=Wish(**form.cleaned_data), actor=actor, at=timezone.now())
    except catalogue.CannotChangeCatalogue as error:
        form.add_error("reason" if form.cleaned_data["is_hidden"] else None, error.reason)
        return False
    return True


def _added(request: DeskRequest, code: str, form: forms.NewColumnForm) -> bool:
    actor = request.actor(Duty.KEEP_CATALOGUE)
    try:
        catalogue.add_column(parent_code=code, title=form.cleaned_data["title"], actor=actor, at=timezone.now())
    except catalogue.CannotChangeCatalogue as error:
        form.add_error("title", error.reason)
        return False
    return True
