"""Files of a record: sent, looked at, moved, taken off."""

from collections.abc import Callable

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongkai.accounts.access import DeskRequest
from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork.files import store
from gongkai.groundwork.files.models import StoredFile
from gongkai.records.desk import forms
from gongkai.records.desk.access import door
from gongkai.records.desk.contexts import writing
from gongkai.records.models import Attachment
from gongkai.records.selectors import case_file
from gongkai.records.selectors.case_file import NotFound
from gongkai.records.services import attachments
from gongkai.records.services.attachments import Upload

# What a browser may show itself; everything else is only ever saved.
_SHOWN_IN_PLACE = frozenset({"application/pdf", "image/png", "image/jpeg", "image/gif"})


@door(Duty.DRAFT_RECORDS)
@require_POST
def upload(request: DeskRequest, record_id: int) -> HttpResponseBase:
    """Takes a file in, or says on the same page why not."""
    found = case_file.case_file(request.viewer, request.seat.agency_id, record_id)
    form = forms.UploadForm(request.POST, request.FILES)
    status = 422
    if form.is_valid():
        refusal = _taken_in(request, record_id, form)
        if refusal is None:
            messages.success(request, "附件已添加。")
            return redirect(f"{_edit_url(request, record_id)}#attachments")
        form.add_error("file", refusal.reason)
        status = refusal.status
    page = writing.edit_page(found, request.seat, today=timezone.localdate())
    record_form = forms.RecordForm(nodes=found.nodes, initial=forms.initial_of(found.record))
    return render(request, "records/edit.html", {"form": record_form, "page": page, "upload": form}, status=status)


@door(Duty.SEE_RECORDS)
@require_safe
def download(request: DeskRequest, attachment_id: int) -> HttpResponseBase:
    """The bytes of a file, or with ``?copy`` of what the public gets, for those who may see the record."""
    found = case_file.attachment(request.viewer, request.seat.agency_id, attachment_id)
    return sent(found.copy if "copy" in request.GET else found.file, found.file_name)


def sent(file: StoredFile, name: str) -> HttpResponseBase:
    """The bytes, shown in place only where a browser may. Raises `NotFound` where they are not here."""
    if not store.holds(file.digest):
        raise NotFound(file.pk)
    in_place = file.media_type in _SHOWN_IN_PLACE
    response = FileResponse(
        store.opened(file.digest),
        as_attachment=not in_place,
        filename=name,
        content_type=file.media_type if in_place else "application/octet-stream",
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    if file.media_type != "application/pdf":
        response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@door(Duty.DRAFT_RECORDS)
@require_POST
def remove(request: DeskRequest, attachment_id: int) -> HttpResponse:
    """Takes a file off the record."""
    found = case_file.attachment(request.viewer, request.seat.agency_id, attachment_id)
    actor = request.actor(Duty.DRAFT_RECORDS)
    try:
        attachments.detach(record_id=found.record_id, attachment_id=found.pk, actor=actor, at=timezone.now())
    except attachments.CannotArrangeFiles as error:
        messages.error(request, error.reason)
    else:
        messages.success(request, f"已移除附件“{found.title}”。")
    return redirect(f"{_edit_url(request, found.record_id)}#attachments")


def moving(step: int) -> Callable[..., HttpResponseBase]:
    """The view that moves a file by so many places."""

    @door(Duty.DRAFT_RECORDS)
    @require_POST
    def move(request: DeskRequest, attachment_id: int) -> HttpResponse:
        found = case_file.attachment(request.viewer, request.seat.agency_id, attachment_id)
        order = _moved(case_file.files_of(found.record), found, step)
        actor = request.actor(Duty.DRAFT_RECORDS)
        try:
            attachments.arrange(record_id=found.record_id, order=order, actor=actor, at=timezone.now())
        except attachments.CannotArrangeFiles as error:
            messages.error(request, error.reason)
        return redirect(f"{_edit_url(request, found.record_id)}#attachments")

    return move


def _moved(files: list[Attachment], moved: Attachment, step: int) -> list[int]:
    order = [file.pk for file in files]
    place = order.index(moved.pk)
    order.remove(moved.pk)
    order.insert(min(max(place + step, 0), len(order)), moved.pk)
    return order


def _taken_in(request: DeskRequest, record_id: int, form: forms.UploadForm) -> attachments.CannotAttach | None:
    sent = form.cleaned_data["file"]
    data = form.cleaned_data
    file = Upload(stream=sent, file_name=sent.name, title=data["title"], cut_ground=data["cut_ground"])
    actor = request.actor(Duty.DRAFT_RECORDS)
    try:
        attachments.attach(record_id=record_id, upload=file, actor=actor, at=timezone.now())
    except attachments.CannotAttach as error:
        return error
    return None


def _edit_url(request: DeskRequest, record_id: int) -> str:
    return redirect("records:edit", request.seat.agency_code, record_id).url
