"""Acts on many records: preview, order, result with its bar."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.accounts.access import DeskRequest
from gongkai.accounts.domain.duties import Duty
from gongkai.records.desk.access import door
from gongkai.records.desk.batches import contexts, forms
from gongkai.records.desk.contexts import listing
from gongkai.records.domain.batches import DUTIES, BatchAct
from gongkai.records.models import Record
from gongkai.records.selectors import batches, case_file
from gongkai.records.services.batches import performing, running
from gongkai.records.services.batches.performing import CannotRun, Order


@door(*DUTIES)
def new(request: DeskRequest) -> HttpResponse:
    """What would happen to each chosen record; on POST it happens to those that are still ticked."""
    act = _act(request)
    form = forms.OrderForm(request.POST if request.method == "POST" else None, act=act)
    if form.is_bound and form.is_valid():
        run_id = _started(request, act, form)
        if run_id:
            return redirect("records:batch", request.seat.agency_code, run_id)
    records = _chosen(request, act)
    order = _order(request, act, "")
    reasons = {record.pk: performing.rehearse(record, order, at=timezone.now()) for record in records}
    page = contexts.preview(act, records, reasons, request.seat, form)
    return render(request, "records/batch_new.html", {"page": page}, status=422 if form.is_bound else 200)


@door(Duty.SEE_RECORDS)
@require_safe
def batch(request: DeskRequest, run_id: int) -> HttpResponse:
    """What became of each record."""
    found, items = batches.run(request.viewer, request.seat.agency_id, run_id)
    return render(request, "records/batch.html", {"page": contexts.run_page(found, items, request.seat)})


@door(Duty.SEE_RECORDS)
@require_safe
def progress(request: DeskRequest, run_id: int) -> HttpResponse:
    """The bar alone; when all is done, the whole page is asked for anew."""
    found, items = batches.run(request.viewer, request.seat.agency_id, run_id)
    page = contexts.run_page(found, items, request.seat)
    response = render(request, "records/batch_progress.html", {"page": page})
    if not page.is_busy:
        response.headers["HX-Refresh"] = "true"
    return response


def _act(request: DeskRequest) -> BatchAct:
    try:
        act = BatchAct(_sent(request).get("act", ""))
    except ValueError as error:
        raise Http404 from error
    if not any(request.seat.may(duty) for duty in act.duties):
        raise PermissionDenied
    return act


def _sent(request: DeskRequest) -> QueryDict:
    return request.POST if request.method == "POST" else request.GET


def _chosen(request: DeskRequest, act: BatchAct) -> list[Record]:
    """The ticked records, or all that the filter of the list shows."""
    viewer, agency_id, sent = request.viewer, request.seat.agency_id, _sent(request)
    if sent.get("all"):
        wanted = listing.wanted(sent, case_file.nodes(viewer, agency_id))
        return batches.matching(viewer, agency_id, wanted, act)
    ids = [int(text) for text in (*sent.getlist("id"), *_items(sent)) if str(text).isdecimal() and len(str(text)) < 19]
    return batches.chosen(viewer, agency_id, ids)


def _items(sent: QueryDict) -> dict[str, str]:
    """Tokens by the id of their record, as the preview put them into its form."""
    pairs = (text.partition(":") for text in sent.getlist("item"))
    return {key: token for key, _, token in pairs if key.isdecimal() and len(key) < 19}


def _order(request: DeskRequest, act: BatchAct, opinion: str) -> Order:
    return Order(act=act, opinion=opinion, viewer=request.viewer, agency_id=request.seat.agency_id)


def _started(request: DeskRequest, act: BatchAct, form: forms.OrderForm) -> int:
    """The id of the run; 0 where it was refused, with the reason at the form."""
    order = _order(request, act, form.cleaned_data.get("opinion", ""))
    duty = next(duty for duty in act.duties if request.seat.may(duty))
    items = {int(key): token for key, token in _items(request.POST).items()}
    try:
        run = running.start(order, items, actor=request.actor(duty), at=timezone.now())
    except CannotRun as error:
        form.add_error("opinion" if "opinion" in form.fields and "意见" in error.reason else None, error.reason)
        return 0
    messages.success(request, f"已收到{len(items)}条的办理要求。")
    return run.pk
