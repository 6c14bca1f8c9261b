"""Joint documents on two desks: the lead notes what came on paper, the co-issuer answers what it is asked."""

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
from gongkai.groundwork.ui.parts import FormPage
from gongkai.records.desk import files
from gongkai.records.desk.access import door
from gongkai.records.desk.joint import contexts
from gongkai.records.desk.joint.forms import AnswerForm, PaperForm
from gongkai.records.domain import joint
from gongkai.records.domain.joint import Answer
from gongkai.records.selectors import case_file, coordination
from gongkai.records.services import coordinating


@door(Duty.PUBLISH_RECORDS)
def note(request: DeskRequest, record_id: int) -> HttpResponseBase:
    """Notes what an issuer said on paper."""
    record = case_file.record(request.viewer, request.seat.agency_id, record_id)
    issuers = joint.to_be_asked({"joint_issuers": record.joint_issuers, "is_party_mixed": record.is_party_mixed})
    form = PaperForm(request.POST or None, issuers=issuers)
    back = reverse("records:case", args=[request.seat.agency_code, record_id])
    if request.method == "POST" and form.is_valid() and _noted(request, record_id, form):
        return redirect(back)
    sentence = f"登记联合发文机关对“{record.title}”的书面意见，只对现在这一稿有效。"
    page = FormPage(title="登记书面确认", verb="登记", back_url=back, sentence=sentence)
    return render(request, "desk/form.html", {"form": form, "page": page})


@door(Duty.CONFIRM_JOINT_RECORDS)
@require_safe
def asked(request: DeskRequest) -> HttpResponse:
    """What other agencies ask this one to confirm."""
    rows = coordination.requests(request.viewer, request.seat.agency_id)
    page = keyset_page(rows, order=("-asked_at", "-id"), query=request.GET)
    lines = contexts.asked_lines(page.items, request.seat)
    return render(request, "records/joint/list.html", {"page": page, "lines": lines})


@door(Duty.CONFIRM_JOINT_RECORDS)
def confirm(request: DeskRequest, request_id: int) -> HttpResponseBase:
    """Shows what would be public, and takes the answer."""
    found = coordination.request(request.viewer, request.seat.agency_id, request_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _answered(request, request_id, form):
        return redirect("records:confirmations", request.seat.agency_code)
    page = contexts.asked_page(found, request.seat)
    return render(request, "records/joint/asked.html", {"form": form, "page": page})


@door(Duty.CONFIRM_JOINT_RECORDS)
@require_safe
def file(request: DeskRequest, request_id: int, position: int) -> HttpResponseBase:
    """A file that goes with the question."""
    found = coordination.request(request.viewer, request.seat.agency_id, request_id)
    return files.sent(*coordination.file_of(found, position))


def _noted(request: DeskRequest, record_id: int, form: PaperForm) -> bool:
    actor, at = request.actor(Duty.PUBLISH_RECORDS), timezone.now()
    try:
        coordinating.note_on_paper(record_id=record_id, paper=form.paper(), actor=actor, at=at)
    except coordinating.CannotConfirm as error:
        form.add_error(None, error.reason)
        return False
    messages.success(request, "已登记。")
    return True


def _answered(request: DeskRequest, request_id: int, form: AnswerForm) -> bool:
    data, actor, at = form.cleaned_data, request.actor(Duty.CONFIRM_JOINT_RECORDS), timezone.now()
    said, opinion = Answer(data["answer"]), data["opinion"]
    try:
        coordinating.answer(request_id=request_id, said=said, opinion=opinion, actor=actor, at=at)
    except coordinating.CannotConfirm as error:
        form.add_error(None, error.reason)
        return False
    messages.success(request, "已答复牵头机关。")
    return True
