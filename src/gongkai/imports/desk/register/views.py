"""The screens of a register that comes in as a table."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongkai.accounts.access import DeskRequest
from gongkai.groundwork.files.refusals import RefusedFile
from gongkai.groundwork.ui.forms import DeskForm
from gongkai.groundwork.ui.paging import keyset_page
from gongkai.imports import selectors
from gongkai.imports.desk.access import door
from gongkai.imports.desk.register import contexts
from gongkai.imports.domain.registers import DUTY
from gongkai.imports.services import registers
from gongkai.imports.services.registers import Upload


class UploadForm(DeskForm):
    """The table."""

    file = forms.FileField(
        label="发文登记表",
        help_text=(
            "从 OA 导出的 XLSX 或者 CSV，列名在前10行内，要有文号和标题，可以有成文日期、公开属性、承办单位。"
            "涉密发文不要导出到表中。"
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )


@door(DUTY)
def register_list(request: DeskRequest) -> HttpResponse:
    """The tables that came in, and the door for the next one."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form, status = UploadForm(*sent), 200
    if form.is_bound and form.is_valid():
        try:
            return redirect("imports:register", request.seat.agency_code, _submitted(request, form))
        except RefusedFile as error:
            form.add_error("file", error.message)
            status = error.code.status
    page = keyset_page(
        selectors.registers(request.viewer, request.seat.agency_id), order=("-uploaded_at", "-id"), query=request.GET
    )
    lines = [contexts.line(found, request.seat) for found in page.items]
    context = {"form": form, "page": page, "lines": lines, "seat": request.seat}
    return render(request, "imports/registers.html", context, status=status)


@door(DUTY)
@require_safe
def register(request: DeskRequest, register_id: int) -> HttpResponse:
    """What would be entered, what stays out and why."""
    found = selectors.register(request.viewer, request.seat.agency_id, register_id)
    return render(request, "imports/register.html", {"page": contexts.page(found, request.seat), "seat": request.seat})


@door(DUTY)
@require_safe
def progress(request: DeskRequest, register_id: int) -> HttpResponse:
    """The line alone; when the worker is done, the whole page is asked for anew."""
    found = selectors.register(request.viewer, request.seat.agency_id, register_id)
    page = contexts.page(found, request.seat)
    response = render(request, "imports/register_progress.html", {"page": page})
    if not page.is_busy:
        response.headers["HX-Refresh"] = "true"
    return response


@door(DUTY)
@require_POST
def confirm(request: DeskRequest, register_id: int) -> HttpResponse:
    """Has the rows entered."""
    return _done(request, register_id, registers.confirm, "已确认，正在登记。")


@door(DUTY)
@require_POST
def discard(request: DeskRequest, register_id: int) -> HttpResponse:
    """Gives the table up."""
    return _done(request, register_id, registers.discard, "已放弃，没有登记任何内容。")


def _submitted(request: DeskRequest, form: UploadForm) -> int:
    file = form.cleaned_data["file"]
    upload = Upload(stream=file, file_name=file.name)
    return registers.submit(upload=upload, actor=request.actor(DUTY), at=timezone.now()).pk


def _done(request: DeskRequest, register_id: int, act: Callable[..., object], said: str) -> HttpResponse:
    try:
        act(table_id=register_id, actor=request.actor(DUTY), at=timezone.now())
    except registers.NoSuchRegister:
        raise
    except registers.CannotRegister as error:
        messages.error(request, error.reason)
    else:
        messages.success(request, said)
    return redirect("imports:register", request.seat.agency_code, register_id)
