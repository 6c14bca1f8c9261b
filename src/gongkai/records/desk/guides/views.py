"""Guide and rules: how they stand, writing the guide, saying that they still hold."""

import dataclasses

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongkai.accounts.access import DeskRequest
from gongkai.accounts.domain.duties import Duty
from gongkai.agencies.models import Agency
from gongkai.groundwork.ui import findings as finding_lines
from gongkai.groundwork.ui.parts import FormPage
from gongkai.records.desk.access import door
from gongkai.records.desk.guides.forms import GuideForm
from gongkai.records.domain.guide import LABELS
from gongkai.records.models import Record
from gongkai.records.selectors import guides as selector
from gongkai.records.services import guides
from gongkai.records.services.guides import Checked


@door(Duty.KEEP_CATALOGUE, Duty.DRAFT_RECORDS)
@require_safe
def guide(request: DeskRequest) -> HttpResponse:
    """How guide and rules stand."""
    found = selector.standing(request.viewer, request.seat.agency_id, today=timezone.localdate())
    context = {
        "standing": found,
        "findings": finding_lines.lines(found.findings, labels=LABELS),
        "may_write": request.seat.may(Duty.DRAFT_RECORDS),
        "may_check": request.seat.may(Duty.KEEP_CATALOGUE),
        "seat": request.seat,
    }
    return render(request, "records/guides/guide.html", context)


@door(Duty.DRAFT_RECORDS)
def write(request: DeskRequest) -> HttpResponseBase:
    """The guide part by part; it goes on as any record does."""
    form = GuideForm(request.POST or None, initial=_initial(request))
    record = _written(request, form) if request.method == "POST" and form.is_valid() else None
    if record is not None:
        messages.success(request, "指南已写好，请核对后提交审核。")
        return redirect("records:case", request.seat.agency_code, record.pk)
    page = FormPage(
        title="编制指南",
        verb="生成指南",
        back_url=reverse("records:guide", args=[request.seat.agency_code]),
        sentence="《条例》第十二条规定的内容必填。联系方式取自机构信息，可以修改。",
    )
    return render(request, "desk/form.html", {"form": form, "page": page})


@door(Duty.KEEP_CATALOGUE)
@require_POST
def check(request: DeskRequest) -> HttpResponse:
    """Somebody looked, and everything still holds."""
    what = Checked.RULES if request.POST.get("what") == Checked.RULES else Checked.GUIDE
    guides.check(what=what, actor=request.actor(Duty.KEEP_CATALOGUE), at=timezone.now())
    messages.success(request, f"已记录：{what.label}核对无误。")
    return redirect("records:guide", request.seat.agency_code)


def _initial(request: DeskRequest) -> dict[str, object]:
    """What was written last; contacts that were never written come from the institution data."""
    found = selector.standing(request.viewer, request.seat.agency_id, today=timezone.localdate())
    contacts = dataclasses.asdict(selector.contacts_of(Agency.objects.get(pk=request.seat.agency_id)))
    return contacts | (found.file.parts if found.file else {})


def _written(request: DeskRequest, form: GuideForm) -> Record | None:
    try:
        return guides.write(guide=form.guide(), actor=request.actor(Duty.DRAFT_RECORDS), at=timezone.now())
    except guides.CannotWriteGuide as error:
        form.add_error(None, error.reason)
        return None
