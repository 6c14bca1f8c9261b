"""Noting channels on the desk, and the list of what was noted."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.accounts.access import DeskRequest
from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork.ui.paging import keyset_page
from gongkai.groundwork.ui.parts import Confirmation, FormPage
from gongkai.records.desk.access import door
from gongkai.records.desk.channels import contexts
from gongkai.records.desk.channels.forms import ChannelForm, LinesForm
from gongkai.records.domain import channels as domain
from gongkai.records.selectors import case_file
from gongkai.records.selectors import channels as selector
from gongkai.records.services import channels


@door(Duty.SEE_RECORDS)
@require_safe
def channel_list(request: DeskRequest) -> HttpResponse:
    """What the agency noted, by channel and year."""
    viewer, agency_id, year = request.viewer, request.seat.agency_id, request.GET.get("year", "")
    channel = request.GET.get("channel", "")
    rows = selector.rows(viewer, agency_id, channel=channel, year=int(year) if year.isdecimal() else None)
    page = keyset_page(rows, order=("-published_on", "-id"), query=request.GET)
    shown = contexts.list_page(page, selector.years(viewer, agency_id), request.GET, request.seat)
    return render(request, "records/channels/list.html", {"page": shown})


@door(Duty.NOTE_CHANNELS)
def channel_new(request: DeskRequest, record_id: int) -> HttpResponseBase:
    """Asks where else the record appeared."""
    record = case_file.record(request.viewer, request.seat.agency_id, record_id)
    form = ChannelForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _noted(request, record_id, form):
        messages.success(request, "已登记。")
        return redirect("records:case", request.seat.agency_code, record_id)
    page = FormPage(title="登记其他公开渠道", verb="登记", back_url=_case(request, record_id), sentence=record.title)
    return render(request, "desk/form.html", {"form": form, "page": page})


@door(Duty.NOTE_CHANNELS)
def channel_remove(request: DeskRequest, record_id: int, channel_id: int) -> HttpResponseBase:
    """Asks once more, then takes the row back."""
    record = case_file.record(request.viewer, request.seat.agency_id, record_id)
    if request.method == "POST":
        actor = request.actor(Duty.NOTE_CHANNELS)
        try:
            channels.remove(record_id=record_id, channel_id=channel_id, actor=actor, at=timezone.now())
            messages.success(request, "已移除。")
        except channels.CannotNoteChannel as error:
            messages.error(request, error.reason)
        return redirect(_case(request, record_id))
    sentence = f"移除“{record.title}”的这条渠道登记，统计随之减少。"
    asked = Confirmation(title="移除渠道登记", sentence=sentence, verb="移除", back_url=_case(request, record_id))
    return render(request, "desk/confirm.html", {"confirmation": asked})


@door(Duty.NOTE_CHANNELS)
def channel_paste(request: DeskRequest) -> HttpResponseBase:
    """Takes many lines at once: all, or none with what is wrong."""
    form = LinesForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _lines_noted(request, form):
        return redirect("records:channel_list", request.seat.agency_code)
    back = reverse("records:channel_list", args=[request.seat.agency_code])
    page = FormPage(title="成批登记公开渠道", verb="检查并登记", back_url=back)
    return render(request, "desk/form.html", {"form": form, "page": page})


def _noted(request: DeskRequest, record_id: int, form: ChannelForm) -> bool:
    actor, at = request.actor(Duty.NOTE_CHANNELS), timezone.now()
    try:
        channels.note(record_id=record_id, posting=form.posting(), actor=actor, at=at)
    except channels.CannotNoteChannel as error:
        form.add_error(None, error.reason)
        return False
    return True


def _lines_noted(request: DeskRequest, form: LinesForm) -> bool:
    lines = list(domain.read_lines(form.cleaned_data["lines"], today=timezone.localdate()))
    try:
        new = channels.note_lines(lines=lines, actor=request.actor(Duty.NOTE_CHANNELS), at=timezone.now())
    except channels.CannotNoteLines as error:
        form.add_error("lines", contexts.objections(error.lines) or error.reason)
        return False
    known = len(lines) - new
    messages.success(request, f"已登记{new}条" + (f"，另有{known}条以前登记过。" if known else "。"))
    return True


def _case(request: DeskRequest, record_id: int) -> str:
    return reverse("records:case", args=[request.seat.agency_code, record_id])
