"""Deposit batches on the desk: made, downloaded, handed over, receipted."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.accounts.access import DeskRequest
from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork.ui.paging import keyset_page
from gongkai.groundwork.ui.parts import Badge, FormPage, Tone
from gongkai.records.desk.access import door
from gongkai.records.desk.deposits import bundle as bundles
from gongkai.records.desk.deposits import forms
from gongkai.records.domain.deposits import Kind, Stage
from gongkai.records.models import DepositBatch
from gongkai.records.selectors import deposits as selector
from gongkai.records.services import acting, deposits

_TONES = {Stage.MADE: Tone.WAITING, Stage.HANDED_OVER: Tone.ACTIVE, Stage.RECEIVED: Tone.GOOD}


@door(Duty.KEEP_CATALOGUE)
@require_safe
def deposit_list(request: DeskRequest) -> HttpResponse:
    """The batches, the last one first."""
    rows = selector.batches(request.viewer, request.seat.agency_id)
    page = keyset_page(rows, order=("-made_at", "-id"), query=request.GET)
    lines = [(batch, Kind(batch.kind).label, _badge(batch)) for batch in page.items]
    return render(request, "records/deposits/list.html", {"page": page, "lines": lines, "seat": request.seat})


@door(Duty.KEEP_CATALOGUE)
def deposit_new(request: DeskRequest) -> HttpResponseBase:
    """Asks for recipient and period, and fixes what goes."""
    form = forms.BatchForm(request.POST or None)
    made = _made(request, form) if request.method == "POST" and form.is_valid() else None
    if made is not None:
        messages.success(request, f"{made.label}已生成，共{made.item_count}条。下载移送包后登记移送。")
        return redirect("records:deposit", request.seat.agency_code, made.pk)
    back = reverse("records:deposit_list", args=[request.seat.agency_code])
    sentence = "国家档案馆、公共图书馆、政务服务场所设置查阅场所，主动公开的信息应当及时提供。"
    page = FormPage(title="生成移送批次", verb="生成", back_url=back, sentence=sentence)
    return render(request, "desk/form.html", {"form": form, "page": page})


@door(Duty.KEEP_CATALOGUE)
@require_safe
def deposit(request: DeskRequest, deposit_id: int) -> HttpResponse:
    """One batch: what it holds and how far it has come."""
    batch = selector.batch(request.viewer, request.seat.agency_id, deposit_id)
    page = keyset_page(selector.items(batch).order_by(), order=("position", "id"), query=request.GET)
    context = {"batch": batch, "kind": Kind(batch.kind).label, "state": _badge(batch), "page": page}
    return render(request, "records/deposits/batch.html", context | {"seat": request.seat, "stage": _stage(batch)})


@door(Duty.KEEP_CATALOGUE)
@require_safe
def bundle(request: DeskRequest, deposit_id: int) -> HttpResponseBase:
    """The ZIP, streamed."""
    batch = selector.batch(request.viewer, request.seat.agency_id, deposit_id)
    response = StreamingHttpResponse(bundles.stream(batch), content_type="application/zip")
    name = f"移送{batch.label}-{batch.recipient}.zip"
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


@door(Duty.KEEP_CATALOGUE)
def hand_over(request: DeskRequest, deposit_id: int) -> HttpResponseBase:
    """Records the hand-over."""
    form = forms.SignedForm(request.POST or None, initial={"on": timezone.localdate(), "by": request.viewer.name})
    return _recorded(request, deposit_id, form, deposits.hand_over, "登记移送")


@door(Duty.KEEP_CATALOGUE)
def receipt(request: DeskRequest, deposit_id: int) -> HttpResponseBase:
    """Records the receipt."""
    form = forms.ReceiptForm(request.POST or None, initial={"on": timezone.localdate()})
    return _recorded(request, deposit_id, form, deposits.receive, "登记回执")


def _made(request: DeskRequest, form: forms.BatchForm) -> DepositBatch | None:
    try:
        return deposits.make(wanted=form.wanted(), actor=request.actor(Duty.KEEP_CATALOGUE), at=timezone.now())
    except deposits.CannotDeposit as error:
        form.add_error(None, error.reason)
        return None


def _recorded(
    request: DeskRequest, deposit_id: int, form: forms.SignedForm, act: Callable[..., object], title: str
) -> HttpResponseBase:
    batch = selector.batch(request.viewer, request.seat.agency_id, deposit_id)
    if request.method == "POST" and form.is_valid():
        actor = request.actor(Duty.KEEP_CATALOGUE)
        try:
            act(batch_id=deposit_id, signed=form.signed(), actor=actor, at=timezone.now())
        except acting.NoSuchRecord:
            raise
        except deposits.CannotDeposit as error:
            form.add_error(None, error.reason)
        else:
            messages.success(request, "已登记。")
            return redirect("records:deposit", request.seat.agency_code, deposit_id)
    back = reverse("records:deposit", args=[request.seat.agency_code, deposit_id])
    page = FormPage(title=title, verb="登记", back_url=back, sentence=f"{batch.label}，{batch.recipient}")
    return render(request, "desk/form.html", {"form": form, "page": page})


def _stage(batch: DepositBatch) -> Stage:
    if batch.received_on is not None:
        return Stage.RECEIVED
    return Stage.MADE if batch.handed_over_on is None else Stage.HANDED_OVER


def _badge(batch: DepositBatch) -> Badge:
    stage = _stage(batch)
    return Badge(label=stage.label, tone=_TONES[stage])
