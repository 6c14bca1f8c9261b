"""Standard tables: the list, one version, the decisions on it."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongkai.accounts.access import DeskRequest
from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork.ui.parts import Confirmation
from gongkai.records.desk.access import door
from gongkai.records.desk.standards import contexts, forms
from gongkai.records.selectors import standard_tables as selector
from gongkai.records.services import standard_tables

SEEN_BY = (Duty.KEEP_CATALOGUE, Duty.CLEAR_SECRECY, Duty.SIGN_RECORDS)


@door(*SEEN_BY)
@require_safe
def standard_list(request: DeskRequest) -> HttpResponse:
    """All versions by field."""
    viewer, agency_id = request.viewer, request.seat.agency_id
    tables, linked = selector.tables(viewer, agency_id), selector.linked_counts(viewer, agency_id)
    return render(request, "records/standards/list.html", {"page": contexts.list_page(tables, linked, request.seat)})


@door(*SEEN_BY)
@require_safe
def standard(request: DeskRequest, table_id: int) -> HttpResponse:
    """One version with findings and differences."""
    found = selector.table_file(request.viewer, request.seat.agency_id, table_id)
    page = contexts.table_page(found, request.viewer, request.seat)
    return render(request, "records/standards/table.html", {"page": page})


@door(Duty.CLEAR_SECRECY)
@require_POST
def clear(request: DeskRequest, table_id: int) -> HttpResponse:
    """The secrecy reviewer's decision on what the page showed."""
    form = forms.DigestForm(request.POST)
    digest = form.cleaned_data["digest"] if form.is_valid() else ""
    try:
        standard_tables.clear(
            table_id=table_id, digest=digest, actor=request.actor(Duty.CLEAR_SECRECY), at=timezone.now()
        )
        messages.success(request, "已记录保密审查结论：可以公开。")
    except standard_tables.CannotDecideTable as error:
        messages.error(request, error.reason)
    return redirect(_url(request, table_id))


@door(Duty.SIGN_RECORDS)
def approve(request: DeskRequest, table_id: int) -> HttpResponseBase:
    """Asks for the approval; the version is shown from then on."""
    found = selector.table_file(request.viewer, request.seat.agency_id, table_id)
    form = forms.ApprovalForm(request.POST or None, initial={"digest": found.table.digest})
    if request.method == "POST" and form.is_valid() and _approved(request, table_id, form):
        messages.success(request, "已批准，公开页面显示新版。")
        return redirect(_url(request, table_id))
    asked = Confirmation(
        title=f"批准“{found.table.title}”",
        sentence=f"第{found.table.version}版，共{found.table.matter_count}个公开事项。批准后立即在公开页面上显示，替代原来的版本。",
        verb="批准并公布",
        back_url=_url(request, table_id),
        form=form,
    )
    return render(request, "desk/confirm.html", {"confirmation": asked})


@door(Duty.KEEP_CATALOGUE)
def discard(request: DeskRequest, table_id: int) -> HttpResponseBase:
    """Asks once more, then gives the version up."""
    found = selector.table_file(request.viewer, request.seat.agency_id, table_id)
    if request.method == "POST":
        try:
            standard_tables.discard(table_id=table_id, actor=request.actor(Duty.KEEP_CATALOGUE), at=timezone.now())
            messages.success(request, "已放弃。")
        except standard_tables.CannotDecideTable as error:
            messages.error(request, error.reason)
        return redirect("records:standard_list", request.seat.agency_code)
    sentence = f"放弃第{found.table.version}版，公开页面没有变化。"
    asked = Confirmation(
        title=f"放弃“{found.table.title}”", sentence=sentence, verb="放弃", back_url=_url(request, table_id)
    )
    return render(request, "desk/confirm.html", {"confirmation": asked})


def _approved(request: DeskRequest, table_id: int, form: forms.ApprovalForm) -> bool:
    actor = request.actor(Duty.SIGN_RECORDS)
    try:
        standard_tables.approve(table_id=table_id, approval=form.approval(), actor=actor, at=timezone.now())
    except standard_tables.CannotDecideTable as error:
        form.add_error(None, error.reason)
        return False
    return True


def _url(request: DeskRequest, table_id: int) -> str:
    return reverse("records:standard", args=[request.seat.agency_code, table_id])
