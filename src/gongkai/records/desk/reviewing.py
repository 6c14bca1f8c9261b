"""Review and clearance: read, decide, and the next one comes up."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.accounts.access import DeskRequest
from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.viewer import Actor, HoldsNoSuchPost, actor_for
from gongkai.records.desk import files, forms
from gongkai.records.desk.access import door
from gongkai.records.desk.contexts import reviewing
from gongkai.records.domain.lifecycle import State
from gongkai.records.models import Record
from gongkai.records.selectors import case_file, held, worklist
from gongkai.records.services import acting, clearance, review
from gongkai.records.services.clearance import Conclusion, Verdict

# Who decides at a stage: the duty that the post of the stage stands for.
_DUTY_OF_POST = {
    "section_head": Duty.REVIEW_AS_SECTION_HEAD,
    "disclosure_officer": Duty.PUBLISH_RECORDS,
    "leader": Duty.SIGN_RECORDS,
}


@door(Duty.REVIEW_AS_SECTION_HEAD, Duty.SIGN_RECORDS, Duty.PUBLISH_RECORDS)
def review_page(request: DeskRequest, record_id: int) -> HttpResponseBase:
    """The current stage: approve or return."""
    record = case_file.record(request.viewer, request.seat.agency_id, record_id)
    if record.state != State.IN_REVIEW and request.method != "POST":
        return _over(request, record)
    return _review(request, record)


@door(Duty.PUBLISH_RECORDS, Duty.SIGN_RECORDS)
def held_page(request: DeskRequest, record_id: int) -> HttpResponseBase:
    """The stage that this office holds for a subordinate agency; the look is written down."""
    record = held.record(request.viewer, request.seat.agency_id, record_id)
    if request.method != "POST":
        review.look(record_id=record.pk, actor=_reviewer(request, record), at=timezone.now())
    return _review(request, record)


@door(Duty.PUBLISH_RECORDS, Duty.SIGN_RECORDS)
@require_safe
def held_file(request: DeskRequest, record_id: int, attachment_id: int) -> HttpResponseBase:
    """A file of such a record; the look is written down."""
    found = held.attachment(request.viewer, request.seat.agency_id, record_id, attachment_id)
    record = held.record(request.viewer, request.seat.agency_id, record_id)
    review.look(record_id=record.pk, actor=_reviewer(request, record), at=timezone.now())
    return files.sent(found.copy, found.file_name)


@door(Duty.CLEAR_SECRECY)
def clearance_page(request: DeskRequest, record_id: int) -> HttpResponseBase:
    """The secrecy review, a decision of its own."""
    record = case_file.record(request.viewer, request.seat.agency_id, record_id)
    form = forms.ClearanceForm(request.POST or None, initial={"digest": record.digest})
    if request.method == "POST" and form.is_valid() and _cleared(request, record, form):
        return _next(request, worklist.clearances_waiting(request.viewer, request.seat.agency_id))
    waiting = worklist.clearances_waiting(request.viewer, request.seat.agency_id)
    if record.state not in {State.IN_REVIEW, State.SIGNED}:
        return _over(request, record)
    return _show(request, record, form, "records/clearance.html", waiting)


def _review(request: DeskRequest, record: Record) -> HttpResponse:
    form = forms.OpinionForm(request.POST or None, initial={"digest": record.digest})
    if request.method == "POST" and form.is_valid() and _reviewed(request, record, form):
        return _next(request, worklist.reviews_waiting(request.viewer, request.seat.agency_id))
    waiting = worklist.reviews_waiting(request.viewer, request.seat.agency_id)
    return _show(request, record, form, "records/review.html", waiting)


def _show(
    request: DeskRequest, record: Record, form: forms.OpinionForm, template: str, waiting: Mapping[int, str]
) -> HttpResponse:
    is_own = record.agency_id == request.seat.agency_id
    found = (case_file.case_file if is_own else held.whole)(request.viewer, request.seat.agency_id, record.pk)
    others = len(waiting.keys() - {record.pk})
    page = reviewing.review_page(found, request.seat, waiting=others, today=timezone.localdate())
    return render(request, template, {"form": form, "page": page})


def _reviewed(request: DeskRequest, record: Record, form: forms.OpinionForm) -> bool:
    values = form.cleaned_data
    is_return = request.POST.get("decision") == "return"
    try:
        decide = review.return_for_changes if is_return else review.approve
        decide(
            record_id=record.pk,
            digest=values["digest"],
            opinion=values["opinion"],
            actor=_reviewer(request, record),
            at=timezone.now(),
        )
    except review.CannotDecide as error:
        form.add_error("opinion" if is_return and not values["opinion"] else None, error.reason)
        return False
    messages.success(request, f"“{record.title}”已{'退回修改' if is_return else '审核通过'}。")
    return True


def _reviewer(request: DeskRequest, record: Record) -> Actor:
    return actor_in(request, record.stage_post)


def actor_in(request: DeskRequest, post: str) -> Actor:
    """The person in the post of a stage; without it in whatever review post they hold, for the service to refuse."""
    duties = (_DUTY_OF_POST.get(post, Duty.SIGN_RECORDS), *_DUTY_OF_POST.values())
    for duty in duties:
        try:
            return actor_for(request.viewer, agency_id=request.seat.agency_id, duty=duty)
        except HoldsNoSuchPost:
            continue
    raise acting.NoSuchRecord("没有找到这条信息。")  # the door lets in only who has one of the duties


def _cleared(request: DeskRequest, record: Record, form: forms.ClearanceForm) -> bool:
    values = form.cleaned_data
    conclusion = Conclusion(values["digest"], Verdict(values["verdict"]), values["opinion"])
    actor = request.actor(Duty.CLEAR_SECRECY)
    try:
        clearance.clear(record_id=record.pk, conclusion=conclusion, actor=actor, at=timezone.now())
    except clearance.CannotClear as error:
        form.add_error(None, error.reason)
        return False
    messages.success(request, f"已对“{record.title}”作出保密审查结论：{conclusion.verdict.label}。")
    return True


def _next(request: DeskRequest, waiting: Mapping[int, str]) -> HttpResponse:
    if not waiting:
        messages.info(request, "没有等您办理的了。")
        return redirect("workbench:today")
    return redirect(next(iter(waiting.values())))


def _over(request: DeskRequest, record: Record) -> HttpResponse:
    messages.info(request, f"“{record.title}”现为“{State(record.state).label}”，不需要在此办理。")
    return redirect("records:case", request.seat.agency_code, record.pk)
