"""Key areas on the desk: counts by part and year, and which columns belong to a part."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.accounts.access import DeskRequest
from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork.ui import filters
from gongkai.groundwork.ui.forms import DeskForm
from gongkai.groundwork.ui.parts import FormPage
from gongkai.law import vocabulary
from gongkai.records.desk.access import door
from gongkai.records.domain.catalogue import AgencyNode
from gongkai.records.selectors import case_file
from gongkai.records.selectors import key_areas as selector
from gongkai.records.services import key_areas as services

_YEARS_BACK = 5


class ColumnsForm(DeskForm):
    """The columns that belong to one part."""

    columns = forms.MultipleChoiceField(label="公开栏目", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, nodes: Iterable[AgencyNode], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["columns"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(node.code, node.title) for node in nodes if node.is_visible and node.takes_records]


@door(Duty.KEEP_CATALOGUE)
@require_safe
def key_areas(request: DeskRequest) -> HttpResponse:
    """What is public of each part, of all years or one."""
    year, this_year = request.GET.get("year", ""), timezone.localdate().year
    years = [(str(each), f"{each}年") for each in range(this_year, this_year - _YEARS_BACK, -1)]
    chosen = int(year) if year in dict(years) else None
    counts = selector.counts(request.viewer, request.seat.agency_id, year=chosen)
    titles = {node.code: node.title for node in case_file.nodes(request.viewer, request.seat.agency_id)}
    areas = vocabulary.key_areas()
    lines = [(count, areas[count.area.parent].label, [titles.get(code, code) for code in count.columns])
             for count in counts]  # fmt: skip
    group = filters.choice_filter(request.GET, param="year", label="公开年度", options=years)
    return render(request, "records/key_areas/list.html", {"lines": lines, "filters": [group], "seat": request.seat})


@door(Duty.KEEP_CATALOGUE)
def key_area(request: DeskRequest, area: str) -> HttpResponseBase:
    """Ticks the columns of one part."""
    found = vocabulary.key_areas().get(area)
    if found is None or not found.parent:
        raise Http404
    held = selector.of_columns(request.seat.agency_id)
    nodes = case_file.nodes(request.viewer, request.seat.agency_id)
    initial = {"columns": [code for code, belongs in held.items() if belongs == area]}
    form = ColumnsForm(request.POST or None, nodes=nodes, initial=initial)
    if request.method == "POST" and form.is_valid() and _assigned(request, area, form):
        return redirect("records:key_areas", request.seat.agency_code)
    back = reverse("records:key_areas", args=[request.seat.agency_code])
    sentence = "勾选的栏目中公开的信息计入这个领域。一个栏目只能属于一个领域。"
    page = FormPage(title=f"{found.label}的栏目", verb="保存", back_url=back, sentence=sentence)
    return render(request, "desk/form.html", {"form": form, "page": page})


def _assigned(request: DeskRequest, area: str, form: ColumnsForm) -> bool:
    columns, actor = form.cleaned_data["columns"], request.actor(Duty.KEEP_CATALOGUE)
    try:
        services.assign(area=area, columns=columns, actor=actor, at=timezone.now())
    except services.CannotAssign as error:
        form.add_error("columns", error.reason)
        return False
    messages.success(request, "已保存，公开页面随之更新。")
    return True
