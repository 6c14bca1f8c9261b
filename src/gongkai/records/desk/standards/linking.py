"""Where the matters of a table are published, and what the public finds of them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.accounts.access import DeskRequest
from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork.ui.parts import FormPage
from gongkai.records.desk.access import door
from gongkai.records.desk.standards import contexts, forms
from gongkai.records.desk.standards.views import SEEN_BY
from gongkai.records.selectors import standard_tables as selector
from gongkai.records.services import standard_tables
from gongkai.records.services.catalogue import CannotChangeCatalogue

_FIELD = "column-"


@door(Duty.KEEP_CATALOGUE)
def links(request: DeskRequest, table_id: int) -> HttpResponseBase:
    """A column for each matter; what is guessed by words counts only once it is saved."""
    if request.method == "POST":
        _linked(request, table_id)
        return redirect(request.get_full_path())
    found = selector.table_file(request.viewer, request.seat.agency_id, table_id)
    page = contexts.links_page(found, request.GET, request.seat)
    return render(request, "records/standards/links.html", {"page": page})


@door(Duty.KEEP_CATALOGUE)
def column(request: DeskRequest, table_id: int, matter_key: str) -> HttpResponseBase:
    """A column of its own for a matter."""
    found = selector.table_file(request.viewer, request.seat.agency_id, table_id)
    matter = next((matter for matter in found.matters if matter.key == matter_key), None)
    if matter is None:
        raise Http404
    form = forms.ParentForm(request.POST or None, nodes=found.nodes)
    if request.method == "POST" and form.is_valid() and _opened(request, table_id, matter_key, form):
        messages.success(request, "栏目已增设并关联。")
        return redirect(_links_url(request, table_id))
    page = FormPage(title=f"为“{matter.name}”增设栏目", verb="增设", back_url=_links_url(request, table_id))
    return render(request, "desk/form.html", {"form": form, "page": page})


@door(*SEEN_BY)
@require_safe
def report(request: DeskRequest, table_id: int) -> HttpResponse:
    """Which matters have nothing published or miss their limit."""
    found = selector.table_file(request.viewer, request.seat.agency_id, table_id)
    standings = selector.standings(found, today=timezone.localdate())
    page = contexts.report_page(standings, found, request.GET, request.seat)
    return render(request, "records/standards/report.html", {"page": page})


def _linked(request: DeskRequest, table_id: int) -> None:
    chosen = {name.removeprefix(_FIELD): str(value) for name, value in request.POST.items() if name.startswith(_FIELD)}
    actor = request.actor(Duty.KEEP_CATALOGUE)
    try:
        standard_tables.link(table_id=table_id, columns=chosen, actor=actor, at=timezone.now())
        messages.success(request, "关联已保存。")
    except standard_tables.CannotLinkMatter as error:
        messages.error(request, error.reason)


def _opened(request: DeskRequest, table_id: int, key: str, form: forms.ParentForm) -> bool:
    parent, actor = form.cleaned_data["parent_code"], request.actor(Duty.KEEP_CATALOGUE)
    try:
        standard_tables.open_column(table_id=table_id, key=key, parent_code=parent, actor=actor, at=timezone.now())
    except (CannotChangeCatalogue, standard_tables.CannotLinkMatter) as error:
        form.add_error("parent_code", error.reason)
        return False
    return True


def _links_url(request: DeskRequest, table_id: int) -> str:
    return reverse("records:standard_links", args=[request.seat.agency_code, table_id])
