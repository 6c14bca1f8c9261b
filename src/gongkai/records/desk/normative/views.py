"""Normative documents on the desk: the lists, looking at one again, its number, the agency's rule."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.accounts.access import DeskRequest
from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork.ui.forms import DeskForm
from gongkai.groundwork.ui.paging import keyset_page
from gongkai.groundwork.ui.parts import FormPage
from gongkai.records.desk.access import door
from gongkai.records.desk.normative import contexts
from gongkai.records.desk.normative.forms import EvaluationForm, RegistrationForm, RuleForm
from gongkai.records.selectors import normative as selector
from gongkai.records.services import acting
from gongkai.records.services.normative import evaluating, registering, ruling


@door(Duty.SEE_RECORDS)
@require_safe
def documents(request: DeskRequest) -> HttpResponse:
    """What holds, what ends soon, what has ended."""
    viewer, agency_id, today = request.viewer, request.seat.agency_id, timezone.localdate()
    show = contexts.shown(request.GET)
    rows = selector.documents(viewer, agency_id, show, today=today)
    page = keyset_page(rows, order=contexts.order(show), query=request.GET)
    counts = selector.counts(viewer, agency_id, today=today)
    around = contexts.Surroundings(counts, selector.rule(viewer, agency_id), today)
    shown = contexts.documents_page(page, around, request.GET, request.seat)
    return render(request, "records/normative/list.html", {"page": shown})


@door(Duty.KEEP_NORMATIVE)
def evaluate(request: DeskRequest, record_id: int) -> HttpResponseBase:
    """Shows one document and asks what shall become of it."""
    record = selector.document(request.viewer, request.seat.agency_id, record_id)
    rule = selector.rule(request.viewer, request.seat.agency_id)
    proposed = contexts.proposal(record, selector.own_periods(rule), timezone.localdate())
    initial = {"expires_on": proposed}
    form = EvaluationForm(request.POST or None, initial=initial, may_renumber=bool(rule.registration_template))
    if request.method == "POST" and form.is_valid() and _evaluated(request, record_id, form):
        messages.success(request, "评估意见已保存。")
        return redirect("records:normative", request.seat.agency_code)
    shown = contexts.document_page(record, selector.registrations(record), selector.evaluations(record))
    return render(request, "records/normative/evaluate.html", {"page": shown, "record": record, "form": form})


@door(Duty.KEEP_NORMATIVE)
def register(request: DeskRequest, record_id: int) -> HttpResponseBase:
    """Gives a document its registration number."""
    record = selector.document(request.viewer, request.seat.agency_id, record_id)
    form = RegistrationForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _registered(request, record_id, form):
        messages.success(request, "已登记，公开页面随之更新。")
        return redirect("records:evaluate", request.seat.agency_code, record_id)
    back = reverse("records:evaluate", args=[request.seat.agency_code, record_id])
    return _form(request, form, FormPage(title="登记编号", verb="登记", back_url=back, sentence=record.title))


@door(Duty.KEEP_NORMATIVE)
def rule(request: DeskRequest) -> HttpResponseBase:
    """How numbers are made and for how long documents hold."""
    row = selector.rule(request.viewer, request.seat.agency_id)
    names = ("registration_template", "validity_years", "trial_years")
    form = RuleForm(request.POST or None, initial={name: getattr(row, name) for name in names})
    if request.method == "POST" and form.is_valid() and _rule_set(request, form):
        messages.success(request, "已保存，今后公开的文件按新规则登记。")
        return redirect("records:normative", request.seat.agency_code)
    back = reverse("records:normative", args=[request.seat.agency_code])
    sentence = "有效期空着的，按通行的5年、试行2年提示。"
    return _form(request, form, FormPage(title="规范性文件设置", verb="保存", back_url=back, sentence=sentence))


def _form(request: DeskRequest, form: DeskForm, page: FormPage) -> HttpResponse:
    return render(request, "desk/form.html", {"form": form, "page": page})


def _evaluated(request: DeskRequest, record_id: int, form: EvaluationForm) -> bool:
    actor, renumber = request.actor(Duty.KEEP_NORMATIVE), form.cleaned_data.get("renumber", False)
    try:
        evaluating.evaluate(
            record_id=record_id, finding=form.finding(), renumber=renumber, actor=actor, at=timezone.now()
        )
    except evaluating.CannotEvaluate as error:
        return _refused(form, error)
    return True


def _registered(request: DeskRequest, record_id: int, form: RegistrationForm) -> bool:
    actor = request.actor(Duty.KEEP_NORMATIVE)
    try:
        registering.register(record_id=record_id, number=form.cleaned_data["number"], actor=actor, at=timezone.now())
    except registering.CannotRegister as error:
        return _refused(form, error)
    return True


def _rule_set(request: DeskRequest, form: RuleForm) -> bool:
    try:
        ruling.set_rule(rule=form.rule(), actor=request.actor(Duty.KEEP_NORMATIVE), at=timezone.now())
    except ruling.CannotSetRule as error:
        return _refused(form, error)
    return True


def _refused(form: DeskForm, error: acting.Refused) -> bool:
    form.add_error(None, error.reason)
    return False
