"""The import screens: list, upload, case with preview and decisions, progress, files."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongkai.accounts.access import DeskRequest
from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork.files import store
from gongkai.groundwork.files.models import StoredFile
from gongkai.groundwork.files.refusals import RefusedFile
from gongkai.groundwork.ui.paging import keyset_page
from gongkai.groundwork.ui.parts import Confirmation
from gongkai.imports import selectors
from gongkai.imports.desk import contexts, forms
from gongkai.imports.desk.access import door
from gongkai.imports.selectors import NotFound
from gongkai.imports.services import clearance, receiving
from gongkai.imports.services.receiving import Upload


@door(*selectors.DUTIES)
@require_safe
def import_list(request: DeskRequest) -> HttpResponse:
    """The agency's imports, newest first."""
    rows = selectors.files(request.viewer, request.seat.agency_id)
    page = keyset_page(rows, order=("-uploaded_at", "-id"), query=request.GET)
    lines = [contexts.list_line(found, request.seat.agency_code) for found in page.items]
    context = {"page": page, "lines": lines, "may_upload": contexts.may_upload(request), "seat": request.seat}
    return render(request, "imports/list.html", context)


@door(Duty.IMPORT_RECORDS)
def upload(request: DeskRequest) -> HttpResponse:
    """Takes a table in, or says why not; the page of the import then shows what is in it."""
    form = forms.UploadForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            made = _submitted(request, form)
        except RefusedFile as error:
            form.add_error("file", error.message)
            status = error.code.status
        else:
            return redirect("imports:case", request.seat.agency_code, made)
    context = {"form": form, "seat": request.seat, "styles": contexts.styles()}
    return render(request, "imports/upload.html", context, status=status)


def _submitted(request: DeskRequest, form: forms.UploadForm) -> int:
    file = form.cleaned_data["file"]
    sent = Upload(stream=file, file_name=file.name, mapping=form.cleaned_data["mapping"])
    return receiving.submit(upload=sent, actor=request.actor(Duty.IMPORT_RECORDS), at=timezone.now()).pk


@door(*selectors.DUTIES)
@require_safe
def case(request: DeskRequest, import_id: int) -> HttpResponse:
    """One import: preview, decisions, result."""
    found = selectors.file(request.viewer, request.seat.agency_id, import_id)
    return render(request, "imports/case.html", {"page": contexts.case_page(found, request), "seat": request.seat})


@door(*selectors.DUTIES)
@require_safe
def progress(request: DeskRequest, import_id: int) -> HttpResponse:
    """The bar alone; when the work is done, the whole page is asked for anew."""
    found = selectors.file(request.viewer, request.seat.agency_id, import_id)
    page = contexts.case_page(found, request)
    response = render(request, "imports/progress.html", {"page": page})
    if not page.is_busy:
        response.headers["HX-Refresh"] = "true"
    return response


@door(Duty.CLEAR_SECRECY)
@require_POST
def clear(request: DeskRequest, import_id: int) -> HttpResponse:
    """The secrecy reviewer's decision on the file that the page showed."""
    return _decide(request, import_id, clearance.clear, Duty.CLEAR_SECRECY, "已记录保密审查结论：可以公开。")


@door(Duty.SIGN_RECORDS)
@require_POST
def confirm(request: DeskRequest, import_id: int) -> HttpResponse:
    """The leader's confirmation; the import begins."""
    return _decide(request, import_id, clearance.confirm, Duty.SIGN_RECORDS, "已确认，开始导入。")


@door(Duty.CLEAR_SECRECY, Duty.SIGN_RECORDS)
def refuse(request: DeskRequest, import_id: int) -> HttpResponse:
    """Asks for the reason and sends the file back."""
    found = selectors.file(request.viewer, request.seat.agency_id, import_id)
    form = forms.RefusalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        duty = Duty.CLEAR_SECRECY if request.seat.may(Duty.CLEAR_SECRECY) else Duty.SIGN_RECORDS
        act = _with(clearance.refuse, reason=form.cleaned_data["reason"])
        return _done(request, import_id, act, duty, "已退回，上传的文件已删除。")
    asked = Confirmation(
        title=f"退回“{found.file_name}”",
        sentence="退回后不导入任何内容。",
        verb="退回",
        back_url=_case_url(request, import_id),
        is_dangerous=True,
        form=form,
    )
    return render(request, "desk/confirm.html", {"confirmation": asked})


@door(Duty.IMPORT_RECORDS)
@require_POST
def discard(request: DeskRequest, import_id: int) -> HttpResponse:
    """Gives the file up."""
    return _done(request, import_id, clearance.discard, Duty.IMPORT_RECORDS, "已放弃，上传的文件已删除。")


@door(*selectors.DUTIES)
@require_safe
def download(request: DeskRequest, import_id: int) -> HttpResponseBase:
    """The file as it was uploaded, for those who decide on it."""
    found = selectors.file(request.viewer, request.seat.agency_id, import_id)
    return _sent(found.file, found.file_name)


@door(*selectors.DUTIES)
@require_safe
def rejects(request: DeskRequest, import_id: int) -> HttpResponseBase:
    """The rows that stayed out, with their reasons."""
    found = selectors.file(request.viewer, request.seat.agency_id, import_id)
    return _sent(found.rejects, f"{found.file_name.rpartition('.')[0]}-退回的行.csv")


def _sent(file: StoredFile | None, name: str) -> FileResponse:
    if file is None or not store.holds(file.digest):
        raise NotFound(name)
    answer = FileResponse(
        store.opened(file.digest), as_attachment=True, filename=name, content_type="application/octet-stream"
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _decide(request: DeskRequest, import_id: int, act: Callable[..., object], duty: Duty, said: str) -> HttpResponse:
    form = forms.DecisionForm(request.POST)
    digest = form.cleaned_data["digest"] if form.is_valid() else ""
    return _done(request, import_id, _with(act, digest=digest), duty, said)


def _done(request: DeskRequest, import_id: int, act: Callable[..., object], duty: Duty, said: str) -> HttpResponse:
    try:
        act(import_id=import_id, actor=request.actor(duty), at=timezone.now())
    except clearance.NoSuchImport:
        raise
    except clearance.CannotDecide as error:
        messages.error(request, error.reason)
    else:
        messages.success(request, said)
    return redirect(_case_url(request, import_id))


def _with(act: Callable[..., object], **more: Any) -> Callable[..., object]:
    return lambda **values: act(**values, **more)


def _case_url(request: DeskRequest, import_id: int) -> str:
    return reverse("imports:case", args=[request.seat.agency_code, import_id])
