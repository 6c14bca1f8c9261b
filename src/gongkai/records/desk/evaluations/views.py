"""What is kept back and looked at again: the list of records, and the register of refused state secrets."""

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
from gongkai.records.desk.access import door
from gongkai.records.desk.evaluations import contexts
from gongkai.records.desk.evaluations.forms import SecretEvaluationForm, SecretForm
from gongkai.records.selectors import evaluations
from gongkai.records.services import secret_register


@door(Duty.SEE_RECORDS)
@require_safe
def kept_list(request: DeskRequest) -> HttpResponse:
    """What is kept back, the longest overdue first."""
    asked = contexts.Asked(request.seat, request.GET, timezone.localdate())
    viewer, agency_id = request.viewer, request.seat.agency_id
    rows = evaluations.kept(viewer, agency_id, until=contexts.until(request.GET, today=asked.today))
    page = keyset_page(rows, order=("reevaluate_on", "id"), query=request.GET)
    looks = evaluations.last_looks(viewer, agency_id, [record.pk for record in page.items])
    standing = evaluations.standing(viewer, agency_id, today=asked.today)
    shown = contexts.kept_page(page, looks, standing, asked)
    return render(request, "records/evaluations/kept.html", {"page": shown})


@door(Duty.KEEP_SECRET_REGISTER)
@require_safe
def secret_list(request: DeskRequest) -> HttpResponse:
    """The register: numbers, grounds and days."""
    asked = contexts.Asked(request.seat, request.GET, timezone.localdate())
    rows = evaluations.secrets(request.viewer, request.seat.agency_id)
    page = keyset_page(rows, order=("reevaluate_on", "id"), query=request.GET)
    shown = {"page": page, "lines": contexts.secret_lines(page.items, asked), "total": rows.count()}
    return render(request, "records/evaluations/secrets.html", shown)


@door(Duty.KEEP_SECRET_REGISTER)
def secret_new(request: DeskRequest) -> HttpResponseBase:
    """Enters a refusal; the answer says under which number."""
    form = SecretForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _registered(request, form):
        return redirect("records:secrets", request.seat.agency_code)
    sentence = "只登记编号、理由和日期。标题、文号、内容一律不得录入；登记后请把编号写在本单位的纸质登记簿上。"
    return _form(request, form, "登记因国家秘密不予公开的事项", "登记", sentence)


@door(Duty.KEEP_SECRET_REGISTER)
def secret_evaluate(request: DeskRequest, refusal_id: int) -> HttpResponseBase:
    """Asks whether it still is a secret."""
    found = evaluations.secret(request.viewer, request.seat.agency_id, refusal_id)
    form = SecretEvaluationForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _evaluated(request, refusal_id, form):
        return redirect("records:secrets", request.seat.agency_code)
    return _form(request, form, f"评估登记号{found.number}", "记录评估结果", "请对照本单位的纸质登记簿核实。")


def _form(
    request: DeskRequest, form: SecretForm | SecretEvaluationForm, title: str, verb: str, sentence: str
) -> HttpResponse:
    back = reverse("records:secrets", args=[request.seat.agency_code])
    page = FormPage(title=title, verb=verb, back_url=back, sentence=sentence)
    return render(request, "desk/form.html", {"form": form, "page": page})


def _registered(request: DeskRequest, form: SecretForm) -> bool:
    actor, at = request.actor(Duty.KEEP_SECRET_REGISTER), timezone.now()
    try:
        made = secret_register.register(**form.cleaned_data, actor=actor, at=at)
    except secret_register.CannotRegister as error:
        form.add_error(None, error.reason)
        return False
    messages.success(request, f"已登记，登记号{made.number}。")
    return True


def _evaluated(request: DeskRequest, refusal_id: int, form: SecretEvaluationForm) -> bool:
    data, actor, at = form.cleaned_data, request.actor(Duty.KEEP_SECRET_REGISTER), timezone.now()
    try:
        if data["outcome"] == "kept":
            secret_register.keep(refusal_id=refusal_id, next_on=data["next_on"], actor=actor, at=at)
        else:
            secret_register.declassify(refusal_id=refusal_id, actor=actor, at=at)
    except secret_register.CannotEvaluate as error:
        form.add_error(None, error.reason)
        return False
    messages.success(request, "已记录评估结果。")
    return True
