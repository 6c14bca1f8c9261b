"""Decisions taken on paper: entered with the scan, and the scan looked at."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.accounts import selectors as accounts
from gongkai.accounts.access import DeskRequest
from gongkai.accounts.domain.duties import Duty
from gongkai.records.desk import files, forms
from gongkai.records.desk.access import door
from gongkai.records.desk.contexts import paper as contexts
from gongkai.records.models import Record
from gongkai.records.selectors import case_file
from gongkai.records.services import paper


@door(Duty.RECORD_PAPER_DECISIONS)
def decision(request: DeskRequest, record_id: int) -> HttpResponseBase:
    """The current stage was decided on paper."""
    record = case_file.record(request.viewer, request.seat.agency_id, record_id)
    asked = contexts.of_stage(record)
    if asked is None:
        messages.info(request, f"“{record.title}”没有等待签批的审核环节。")
        return redirect("records:case", request.seat.agency_code, record_id)
    return _entered(request, record, asked, paper.record_decision)


@door(Duty.RECORD_PAPER_DECISIONS)
def clearance(request: DeskRequest, record_id: int) -> HttpResponseBase:
    """The secrecy review was concluded on paper."""
    record = case_file.record(request.viewer, request.seat.agency_id, record_id)
    return _entered(request, record, contexts.of_clearance(), paper.record_clearance)


@door(Duty.SEE_RECORDS)
@require_safe
def scan(request: DeskRequest, record_id: int, decision_id: int) -> HttpResponseBase:
    """The scan of a paper, for those who may see the record."""
    found = case_file.decision_on_paper(request.viewer, request.seat.agency_id, record_id, decision_id)
    assert found.scan is not None  # asked for in the selector
    return files.sent(found.scan, found.scan_name)


def _entered(
    request: DeskRequest, record: Record, asked: contexts.Asked, enter: Callable[..., Record]
) -> HttpResponseBase:
    now = timezone.now()
    form = _form(request, record, asked, now)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            actor = request.actor(Duty.RECORD_PAPER_DECISIONS)
            enter(record_id=record.pk, sheet=form.sheet(), actor=actor, at=now)
        except paper.CannotRecordPaper as error:
            form.add_error(None, error.reason)
            status = error.status
        else:
            messages.success(request, f"已录入“{record.title}”的纸质签批。")
            return redirect("records:case", request.seat.agency_code, record.pk)
    return _page(request, record, asked, form, status)


def _form(request: DeskRequest, record: Record, asked: contexts.Asked, now: datetime) -> forms.PaperForm:
    signers = accounts.holders(request.seat.agency_id, asked.post, on=timezone.localdate(now))
    return forms.PaperForm(
        request.POST or None,
        request.FILES or None,
        outcomes=asked.outcomes,
        signers={person: name for person, name in signers.items() if person not in record.writers},
        initial={"digest": record.digest, "signed_on": timezone.localdate(now)},
    )


def _page(
    request: DeskRequest, record: Record, asked: contexts.Asked, form: forms.PaperForm, status: int
) -> HttpResponse:
    page = contexts.form_page(record, asked, request.seat)
    return render(request, "desk/form.html", {"form": form, "page": page}, status=status)
