"""Setting findings aside with a reason, and answering for files that only a person can read."""

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from gongkai.accounts.access import DeskRequest
from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.viewer import Actor
from gongkai.groundwork.ui.parts import FormPage
from gongkai.records.desk.access import door
from gongkai.records.desk.checking.forms import EyeForm, ReasonForm
from gongkai.records.models import Record
from gongkai.records.selectors import case_file
from gongkai.records.selectors.case_file import NotFound
from gongkai.records.services import checking, freezing
from gongkai.records.services.checking import Reading

_REVIEW = (Duty.REVIEW_AS_SECTION_HEAD, Duty.SIGN_RECORDS, Duty.CLEAR_SECRECY, Duty.PUBLISH_RECORDS)
_WORK = (Duty.DRAFT_RECORDS, *_REVIEW)


@door(*_WORK)
def dismiss(request: DeskRequest, record_id: int, fingerprint: str) -> HttpResponseBase:
    """Asks why the finding may stand."""
    record = case_file.record(request.viewer, request.seat.agency_id, record_id)
    found = checking.of_working_copy(record, on=timezone.localdate())
    spot = next((spot for spot in found.standing if spot.fingerprint == fingerprint), None)
    if spot is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _dismissed(request, record, fingerprint, form):
        return redirect("records:case", request.seat.agency_code, record_id)
    page = FormPage(title="忽略检查结果", verb="忽略", back_url=_back(request, record), sentence=spot.finding.message)
    return render(request, "desk/form.html", {"form": form, "page": page})


@door(*_REVIEW)
def read_by_eye(request: DeskRequest, record_id: int, attachment_id: int) -> HttpResponseBase:
    """Asks a reviewer whether they have read the whole file."""
    file = case_file.attachment(request.viewer, request.seat.agency_id, attachment_id)
    if file.record_id != record_id:
        raise NotFound(attachment_id)
    (public,) = freezing.public_files([file])
    form = EyeForm(request.POST or None, initial={"digest": public.digest})
    if request.method == "POST" and form.is_valid() and _read(request, record_id, attachment_id, form):
        return redirect("records:case", request.seat.agency_code, record_id)
    context = {"form": form, "file": file, "back_url": _back(request, file.record)}
    return render(request, "records/checking/read.html", context)


def _dismissed(request: DeskRequest, record: Record, fingerprint: str, form: ReasonForm) -> bool:
    reason, at = form.cleaned_data["reason"], timezone.now()
    actor = _actor(request, *_WORK)
    try:
        checking.dismiss(record_id=record.pk, fingerprint=fingerprint, reason=reason, actor=actor, at=at)
    except checking.CannotDismiss as error:
        form.add_error(None, error.reason)
        return False
    messages.success(request, "已忽略，理由已留存。")
    return True


def _read(request: DeskRequest, record_id: int, attachment_id: int, form: EyeForm) -> bool:
    reading = Reading(attachment_id=attachment_id, digest=form.cleaned_data["digest"])
    try:
        checking.read_by_eye(record_id=record_id, reading=reading, actor=_actor(request, *_REVIEW), at=timezone.now())
    except checking.CannotRead as error:
        form.add_error(None, error.reason)
        return False
    messages.success(request, "已记录：您已人工阅看这个附件。")
    return True


def _actor(request: DeskRequest, *duties: Duty) -> Actor:
    """The person in the first post that opens this page to them."""
    return request.actor(next(duty for duty in duties if request.seat.may(duty)))


def _back(request: DeskRequest, record: Record) -> str:
    return redirect("records:case", request.seat.agency_code, record.pk).url
