"""The screens of dropped files: list, door, batch, progress, original."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.accounts.access import DeskRequest
from gongkai.groundwork.files import store
from gongkai.groundwork.ui.paging import keyset_page
from gongkai.imports import selectors
from gongkai.imports.desk.access import door
from gongkai.imports.desk.drops import contexts, forms
from gongkai.imports.domain.dropping import DUTY
from gongkai.imports.models import DroppedFile
from gongkai.imports.services.drops import confirming, receiving
from gongkai.imports.services.drops.receiving import Upload
from gongkai.records.selectors import case_file


@door(DUTY)
@require_safe
def drop_list(request: DeskRequest) -> HttpResponse:
    """The agency's batches, newest first."""
    rows = selectors.drops(request.viewer, request.seat.agency_id)
    page = keyset_page(rows, order=("-uploaded_at", "-id"), query=request.GET)
    lines = [contexts.line(batch, request.seat) for batch in page.items]
    return render(request, "imports/drops.html", {"page": page, "lines": lines, "seat": request.seat})


@door(DUTY)
def drop_new(request: DeskRequest) -> HttpResponse:
    """Takes files in; what is refused is named in the batch, the rest is read."""
    nodes = case_file.nodes(request.viewer, request.seat.agency_id)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = forms.DropForm(*sent, nodes=nodes)
    status = 200
    if form.is_bound and form.is_valid():
        try:
            return redirect("imports:drop", request.seat.agency_code, _received(request, form))
        except receiving.CannotDrop as error:
            form.add_error("documents", error.reason)
            status = 422
    return render(request, "imports/drop_new.html", {"form": form, "seat": request.seat}, status=status)


def _received(request: DeskRequest, form: forms.DropForm) -> int:
    sent = [
        Upload(stream=file, file_name=file.name or "", size=file.size or 0) for file in form.cleaned_data["documents"]
    ]
    column = form.cleaned_data["column_code"]
    actor = request.actor(DUTY)
    return receiving.receive(uploads=sent, column_code=column, actor=actor, at=timezone.now()).pk


@door(DUTY)
def drop(request: DeskRequest, batch_id: int) -> HttpResponse:
    """A batch: what was read, to be put right and confirmed."""
    batch = selectors.drop(request.viewer, request.seat.agency_id, batch_id)
    nodes = case_file.nodes(request.viewer, request.seat.agency_id)
    files = selectors.dropped_files(batch)
    wrong: dict[int, forms.FileForm] = {}
    if request.method == "POST":
        wrong = _saved(request, contexts.sent_forms(files, request.POST, nodes))
        if not wrong:
            _act(request, selectors.dropped_files(batch))
            return redirect("imports:drop", request.seat.agency_code, batch_id)
    page = contexts.batch_page(batch, files, request.seat, nodes, wrong)
    return render(request, "imports/drop.html", {"page": page, "seat": request.seat}, status=422 if wrong else 200)


@door(DUTY)
@require_safe
def drop_progress(request: DeskRequest, batch_id: int) -> HttpResponse:
    """The bar alone; when everything is read, the whole page is asked for anew."""
    batch = selectors.drop(request.viewer, request.seat.agency_id, batch_id)
    page = contexts.batch_page(batch, selectors.dropped_files(batch), request.seat, (), {})
    response = render(request, "imports/drop_progress.html", {"page": page})
    if not page.is_busy:
        response.headers["HX-Refresh"] = "true"
    return response


@door(DUTY)
@require_safe
def drop_original(request: DeskRequest, file_id: int) -> HttpResponseBase:
    """The file as it was dropped."""
    found = selectors.dropped_file(request.viewer, request.seat.agency_id, file_id)
    if found.file is None or not store.holds(found.file.digest):
        raise selectors.NotFound(file_id)
    answer = FileResponse(
        store.opened(found.file.digest),
        as_attachment=found.file.media_type != "application/pdf",
        filename=found.file_name,
        content_type=found.file.media_type,
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _saved(request: DeskRequest, sent: Sequence[tuple[DroppedFile, forms.FileForm]]) -> dict[int, forms.FileForm]:
    """Keeps what was written in every file; the forms that cannot be kept."""
    wrong = {}
    for file, form in sent:
        try:
            if not form.is_valid():
                wrong[file.pk] = form
                continue
            confirming.change(file_id=file.pk, values=form.values(), actor=request.actor(DUTY), at=timezone.now())
        except confirming.CannotConfirm as error:
            form.add_error(None, error.reason)
            wrong[file.pk] = form
    return wrong


def _act(request: DeskRequest, files: Sequence[DroppedFile]) -> None:
    """What the button asks for: one file or all complete ones become drafts, one is set aside, or nothing more."""
    act, _, key = request.POST.get("act", "").partition("-")
    if act == "all":
        _confirm(request, [file for file in files if confirming.is_complete(file)])
    elif act == "confirm":
        _confirm(request, [file for file in files if str(file.pk) == key])
    elif act == "aside":
        for file in files:
            if str(file.pk) == key:
                _set_aside(request, file)
    else:
        messages.success(request, "已保存。")


def _confirm(request: DeskRequest, files: Sequence[DroppedFile]) -> None:
    done = 0
    for file in files:
        try:
            confirming.confirm(file_id=file.pk, actor=request.actor(DUTY), at=timezone.now())
            done += 1
        except confirming.CannotConfirm as error:
            messages.error(request, f"“{file.file_name}”没有成为草稿：{error.reason}")
    if done:
        messages.success(request, f"已生成{done}份草稿。")


def _set_aside(request: DeskRequest, file: DroppedFile) -> None:
    try:
        confirming.set_aside(file_id=file.pk, actor=request.actor(DUTY), at=timezone.now())
    except confirming.CannotConfirm as error:
        messages.error(request, error.reason)
    else:
        messages.success(request, f"“{file.file_name}”已搁置。")
