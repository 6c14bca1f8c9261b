"""The list, the case and the writing of a record."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.accounts.access import DeskRequest
from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork.ui.paging import keyset_page
from gongkai.law import secrecy_marks
from gongkai.records.desk import forms
from gongkai.records.desk.access import door
from gongkai.records.desk.checking import contexts as checking
from gongkai.records.desk.contexts import case as case_context
from gongkai.records.desk.contexts import listing as list_context
from gongkai.records.desk.contexts import reviewing, writing
from gongkai.records.domain import rich_text
from gongkai.records.models import Record
from gongkai.records.selectors import case_file, listing
from gongkai.records.selectors.case_file import NotFound
from gongkai.records.services import acting, drafting, review


@door(Duty.SEE_RECORDS)
def record_list(request: DeskRequest) -> HttpResponse:
    """The agency's records with filters."""
    viewer, agency_id = request.viewer, request.seat.agency_id
    nodes = case_file.nodes(viewer, agency_id)
    rows = listing.records(viewer, agency_id, list_context.wanted(request.GET, nodes))
    page = keyset_page(rows, order=list_context.ORDER, query=request.GET)
    counts, in_use = listing.count_by_state(viewer, agency_id), listing.columns_in_use(viewer, agency_id)
    around = list_context.Surroundings(counts, in_use, nodes, timezone.localdate())
    return render(
        request, "records/list.html", {"page": list_context.list_page(page, request.GET, request.seat, around)}
    )


@door(Duty.SEE_RECORDS)
def case(request: DeskRequest, record_id: int) -> HttpResponse:
    """Everything about one record."""
    found = case_file.case_file(request.viewer, request.seat.agency_id, record_id)
    today = timezone.localdate()
    holders = case_file.holders(request.seat.agency_id, on=today)
    page = case_context.case_page(found, request.viewer, request.seat, holders=holders, today=today)
    return render(request, "records/case.html", {"page": page})


@door(Duty.SEE_RECORDS)
def version(request: DeskRequest, record_id: int, version_number: int) -> HttpResponse:
    """A frozen version as it was submitted."""
    found = case_file.case_file(request.viewer, request.seat.agency_id, record_id)
    page = reviewing.version_page(found, request.seat, version_number)
    if page is None:
        raise NotFound(version_number)
    return render(request, "records/version.html", {"page": page})


@door(Duty.DRAFT_RECORDS)
def new(request: DeskRequest) -> HttpResponseBase:
    """Begins a record; files can be added once it has been saved."""
    nodes = case_file.nodes(request.viewer, request.seat.agency_id)
    form = forms.RecordForm(request.POST or None, nodes=nodes, initial=_beginning(request))
    if request.method == "POST" and form.is_valid():
        record = _drafted(request, form)
        if record is not None:
            messages.success(request, "草稿已保存，可以继续填写、添加附件。")
            return redirect("records:edit", request.seat.agency_code, record.pk)
    return render(request, "records/edit.html", {"form": form, "page": writing.new_page(request.seat)})


@door(Duty.DRAFT_RECORDS)
def edit(request: DeskRequest, record_id: int) -> HttpResponseBase:
    """Changes the content; the second button also submits it."""
    found = case_file.case_file(request.viewer, request.seat.agency_id, record_id)
    form = forms.RecordForm(request.POST or None, nodes=found.nodes, initial=forms.initial_of(found.record))
    if request.method == "POST" and form.is_valid() and _edited(request, record_id, form) is not None:
        if "submit" in request.POST:
            return _submitted(request, record_id)
        messages.success(request, "已保存。")
        return redirect("records:edit", request.seat.agency_code, record_id)
    page = writing.edit_page(found, request.seat, today=timezone.localdate())
    return render(request, "records/edit.html", {"form": form, "page": page, "upload": forms.UploadForm()})


@door(Duty.DRAFT_RECORDS)
@require_POST
def autosave(request: DeskRequest, record_id: int) -> JsonResponse:
    """Keeps what has been written so far, for the script of the writing page; says why not in a sentence."""
    nodes = case_file.nodes(request.viewer, request.seat.agency_id)
    case_file.record(request.viewer, request.seat.agency_id, record_id)
    form = forms.RecordForm(request.POST, nodes=nodes)
    record = _edited(request, record_id, form) if form.is_valid() else None
    if record is None:
        refused = next(message for messages_ in form.errors.values() for message in messages_)
        return JsonResponse({"refused": refused}, status=422)
    saved_at = f"{timezone.localtime(record.changed_at):%H:%M}"
    findings = _findings(request, record)
    return JsonResponse({"lock_version": record.lock_version, "saved_at": saved_at, "findings": findings})


@door(Duty.DRAFT_RECORDS)
@require_POST
def submit(request: DeskRequest, record_id: int) -> HttpResponseBase:
    """Hands the record to the first reviewer."""
    return _submitted(request, record_id)


@door(Duty.DRAFT_RECORDS)
@require_POST
def clean(request: DeskRequest) -> JsonResponse:
    """What was pasted, as it would be stored; refused with a sentence if it carries a secret mark."""
    try:
        cleaned = rich_text.clean(request.POST.get("html", ""))
    except rich_text.TooLong as error:
        return JsonResponse({"refused": str(error)}, status=413)
    if secrecy_marks.is_marked(rich_text.plain_text(cleaned)):
        return JsonResponse({"refused": forms.NO_SECRETS}, status=422)
    return JsonResponse({"html": cleaned})


def _findings(request: DeskRequest, record: Record) -> str:
    """The panel of findings beside the form, after what was just kept."""
    files = case_file.files_of(record)
    panel = checking.panel(record, files, request.seat, today=timezone.localdate(), on_form=True)
    return render_to_string("records/checking/panel.html", {"panel": panel, "title": "发布前检查"})


def _beginning(request: DeskRequest) -> dict[str, object]:
    """What a new record begins with; a link may name the column."""
    return {"issuer": request.seat.agency_name, "column_code": request.GET.get("column", "")}


def _drafted(request: DeskRequest, form: forms.RecordForm) -> Record | None:
    try:
        return drafting.draft(content=form.content(), actor=request.actor(Duty.DRAFT_RECORDS), at=timezone.now())
    except drafting.CannotDraft as error:
        _show(form, error)
        return None


def _edited(request: DeskRequest, record_id: int, form: forms.RecordForm) -> Record | None:
    actor = request.actor(Duty.DRAFT_RECORDS)
    seen, at = form.cleaned_data["lock_version"] or 0, timezone.now()
    try:
        return drafting.edit(record_id=record_id, content=form.content(), lock_version=seen, actor=actor, at=at)
    except drafting.CannotEdit as error:
        _show(form, error)
        return None


def _submitted(request: DeskRequest, record_id: int) -> HttpResponseBase:
    actor = request.actor(Duty.DRAFT_RECORDS)
    try:
        review.submit(record_id=record_id, actor=actor, at=timezone.now())
    except review.CannotSubmit as error:
        messages.error(request, f"还不能提交：{error.reason}")
        return redirect("records:edit", request.seat.agency_code, record_id)
    messages.success(request, "已提交审核。")
    return redirect("records:case", request.seat.agency_code, record_id)


def _show(form: forms.RecordForm, error: acting.Refused) -> None:
    if error.findings:
        form.show(error.findings)
    else:
        form.add_error(None, error.reason)
