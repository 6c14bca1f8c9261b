"""The keeper's three lists with what can be done at once, and the supervisor's table."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.accounts.access import DeskRequest
from gongkai.accounts.domain.duties import Duty
from gongkai.records.desk.access import door
from gongkai.records.desk.upkeep import contexts, forms
from gongkai.records.selectors import upkeep as selector
from gongkai.records.services import catalogue

_DONE = {
    forms.HIDE: "已隐藏{}个栏目。",
    forms.NOTE: "已为{}个栏目写上说明。",
    forms.PERIOD: "已设定{}个栏目的更新周期。",
}
_LATE_SHOWN = 200


@door(Duty.KEEP_CATALOGUE)
def upkeep(request: DeskRequest) -> HttpResponseBase:
    """Blank and stale columns, late records; on POST one act on the ticked columns."""
    act = next((name for name in _DONE if name in request.POST), "")
    form = forms.ActForm(request.POST or None, act=act)
    if act and form.is_valid() and _adjusted(request, form):
        return redirect(request.get_full_path())
    viewer, agency_id, today = request.viewer, request.seat.agency_id, timezone.localdate()
    found = selector.of_agency(viewer, agency_id, today=today)
    late = list(selector.late(viewer, agency_id, today=today)[:_LATE_SHOWN])
    page = contexts.upkeep_page(found, late, request.GET, request.seat, today)
    ticked = request.POST.getlist("codes")
    return render(request, "records/upkeep/lists.html", {"page": page, "form": form, "ticked": ticked})


@door(Duty.SUPERVISE_CATALOGUES)
@require_safe
def below(request: DeskRequest) -> HttpResponse:
    """How the catalogues of all bodies below stand."""
    found = selector.below(request.viewer, request.seat.agency_id, today=timezone.localdate())
    return render(request, "records/upkeep/below.html", {"page": contexts.below_page(found, request.GET)})


def _adjusted(request: DeskRequest, form: forms.ActForm) -> bool:
    """The button of a row acts on its column alone, the buttons below the table on the ticked ones."""
    one = request.POST.get(form.act, "")
    codes = [one] if one else request.POST.getlist("codes")
    if not codes:
        form.add_error(None, "请先勾选栏目。")
        return False
    actor = request.actor(Duty.KEEP_CATALOGUE)
    try:
        catalogue.adjust(codes=codes, changes=form.changes(), actor=actor, at=timezone.now())
    except catalogue.CannotChangeCatalogue as error:
        form.add_error(None, error.reason)
        return False
    messages.success(request, _DONE[form.act].format(len(codes)) + "公开页面随之更新。")
    return True
