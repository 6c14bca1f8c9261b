"""Rounds of clean-up on the desk: opening, going through the documents, closing, and the notice of the result."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongkai.accounts.access import DeskRequest
from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork.ui.paging import keyset_page
from gongkai.groundwork.ui.parts import Confirmation, FormPage
from gongkai.records.desk.access import door
from gongkai.records.desk.normative import contexts
from gongkai.records.desk.normative.forms import FindingForm, RoundForm
from gongkai.records.domain.normative import Outcome
from gongkai.records.models import CleanUp
from gongkai.records.selectors import normative as selector
from gongkai.records.services.acting import Refused
from gongkai.records.services.normative import announcing, cleaning


@door(Duty.SEE_RECORDS)
@require_safe
def clean_ups(request: DeskRequest) -> HttpResponse:
    """All rounds, the newest first."""
    rows = selector.clean_ups(request.viewer, request.seat.agency_id)
    page = keyset_page(rows, order=("-opened_at", "-id"), query=request.GET)
    lines = tuple(contexts.round_lines(page.items, request.seat))
    may_open = request.seat.may(Duty.KEEP_NORMATIVE) and all(row.closed_at for row in rows[:1])
    return render(request, "records/normative/rounds.html", {"lines": lines, "pages": page, "may_open": may_open})


@door(Duty.KEEP_NORMATIVE)
def clean_up_new(request: DeskRequest) -> HttpResponseBase:
    """Opens a round."""
    form = RoundForm(request.POST or None, initial={"cutoff_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            row = cleaning.open_round(**form.cleaned_data, actor=request.actor(Duty.KEEP_NORMATIVE), at=timezone.now())
            return redirect("records:clean_up", request.seat.agency_code, row.pk)
        except cleaning.CannotCleanUp as error:
            form.add_error(None, error.reason)
    back = reverse("records:clean_ups", args=[request.seat.agency_code])
    page = FormPage(title="开始清理", verb="开始清理", back_url=back)
    return render(request, "desk/form.html", {"form": form, "page": page})


@door(Duty.SEE_RECORDS)
@require_safe
def clean_up(request: DeskRequest, clean_up_id: int) -> HttpResponse:
    """The documents of a round with their outcomes, and the form for those that are ticked."""
    row = selector.clean_up(request.viewer, request.seat.agency_id, clean_up_id)
    return _round(request, row, FindingForm())


@door(Duty.KEEP_NORMATIVE)
@require_POST
def decide(request: DeskRequest, clean_up_id: int) -> HttpResponseBase:
    """Shows what the ticked documents would get, and after a second yes writes it down."""
    row = selector.clean_up(request.viewer, request.seat.agency_id, clean_up_id)
    form = FindingForm(request.POST)
    ids = [int(pk) for pk in request.POST.getlist("items") if pk.isdecimal()]
    if not form.is_valid() or (request.POST.get("sure") and not _decided(request, row, ids, form)):
        return _round(request, row, form)
    if request.POST.get("sure"):
        return redirect("records:clean_up", request.seat.agency_code, row.pk)
    chosen = list(selector.items(row).filter(pk__in=ids).order_by("pk"))
    outcome = Outcome(form.cleaned_data["outcome"])
    return render(
        request, "records/normative/preview.html", {"row": row, "form": form, "items": chosen, "outcome": outcome}
    )


@door(Duty.KEEP_NORMATIVE)
def clean_up_close(request: DeskRequest, clean_up_id: int) -> HttpResponseBase:
    """Asks once more, then carries everything out."""
    row = selector.clean_up(request.viewer, request.seat.agency_id, clean_up_id)
    back = reverse("records:clean_up", args=[request.seat.agency_code, row.pk])
    if request.method == "POST":
        _closed(request, row)
        return redirect(back)
    sentence = f"结束“{row.title}”，清理意见一次生效：废止、宣布失效的文件在公开页面上标明，继续有效的更新失效日期。"
    asked = Confirmation(title="结束清理", sentence=sentence, verb="结束清理", back_url=back, is_dangerous=True)
    return render(request, "desk/confirm.html", {"confirmation": asked})


@door(Duty.DRAFT_RECORDS)
@require_POST
def clean_up_notice(request: DeskRequest, clean_up_id: int) -> HttpResponseBase:
    """Begins the notice of the result as a draft."""
    row = selector.clean_up(request.viewer, request.seat.agency_id, clean_up_id)
    try:
        actor = request.actor(Duty.DRAFT_RECORDS)
        record = announcing.draft_notice(clean_up_id=row.pk, actor=actor, at=timezone.now())
    except Refused as error:
        messages.error(request, error.reason)
        return redirect("records:clean_up", request.seat.agency_code, row.pk)
    return redirect("records:edit", request.seat.agency_code, record.pk)


def _round(request: DeskRequest, row: CleanUp, form: FindingForm) -> HttpResponse:
    rows = selector.items(row)
    counts = dict(rows.order_by().values_list("outcome").annotate(how_many=Count("pk")))
    wanted = request.GET.get("outcome", "")
    if wanted in {"none", *Outcome}:
        rows = rows.filter(outcome="" if wanted == "none" else wanted)
    page = keyset_page(rows, order=("id",), query=request.GET, size=100)
    shown = contexts.round_page(row, page, counts, request.GET, request.seat)
    ticked = request.POST.getlist("items")
    return render(request, "records/normative/round.html", {"page": shown, "form": form, "ticked": ticked})


def _decided(request: DeskRequest, row: CleanUp, ids: list[int], form: FindingForm) -> bool:
    actor = request.actor(Duty.KEEP_NORMATIVE)
    try:
        number = cleaning.decide(
            clean_up_id=row.pk, item_ids=ids, finding=form.finding(), actor=actor, at=timezone.now()
        )
    except cleaning.CannotCleanUp as error:
        form.add_error(None, error.reason)
        return False
    messages.success(request, f"已为{number}件文件写上清理意见。")
    return True


def _closed(request: DeskRequest, row: CleanUp) -> None:
    try:
        cleaning.close(clean_up_id=row.pk, actor=request.actor(Duty.KEEP_NORMATIVE), at=timezone.now())
        messages.success(request, "清理已结束，意见已生效。")
    except cleaning.CannotCleanUp as error:
        messages.error(request, error.reason)
