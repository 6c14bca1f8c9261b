"""Issues of the gazette on the desk."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.accounts.access import DeskRequest
from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork.ui.paging import keyset_page
from gongkai.groundwork.ui.parts import FormPage
from gongkai.records.desk.access import door
from gongkai.records.desk.gazettes.forms import IssueForm, initial_of
from gongkai.records.models import GazetteIssue
from gongkai.records.selectors import gazettes as selector
from gongkai.records.services import acting, gazettes


@dataclass(frozen=True)
class ItemLine:
    """One document of the issue; ``url`` leads to the own record, ``public_url`` to the public page."""

    title: str
    index_number: str
    url: str
    public_url: str


@door(Duty.KEEP_CATALOGUE)
@require_safe
def gazette_list(request: DeskRequest) -> HttpResponse:
    """The issues, the last one first."""
    rows = selector.issues(request.viewer, request.seat.agency_id)
    page = keyset_page(rows, order=("-published_on", "-id"), query=request.GET)
    return render(request, "records/gazettes/list.html", {"page": page, "seat": request.seat})


@door(Duty.KEEP_CATALOGUE)
@require_safe
def gazette(request: DeskRequest, issue_id: int) -> HttpResponse:
    """One issue with what it carries."""
    found = selector.issue(request.viewer, request.seat.agency_id, issue_id)
    lines = [
        ItemLine(
            title=found.entries[item.entry_id].title or "（已撤下）",
            index_number=item.index_number,
            url=reverse("records:case", args=[request.seat.agency_code, item.record_id]) if item.record_id else "",
            public_url=_public_url(item.entry_id),
        )
        for item in found.items
    ]
    return render(request, "records/gazettes/issue.html", {"found": found, "lines": lines, "seat": request.seat})


@door(Duty.KEEP_CATALOGUE)
def gazette_new(request: DeskRequest) -> HttpResponseBase:
    """Enters an issue."""
    form = IssueForm(request.POST or None, initial={"year": timezone.localdate().year})
    made = _kept(request, form, None) if request.method == "POST" and form.is_valid() else None
    if made is not None:
        messages.success(request, "已登记，公开页面可以查到这一期，刊载的信息同时登记了公报渠道。")
        return redirect("records:gazette", request.seat.agency_code, made.pk)
    return _form(request, form, "登记公报", reverse("records:gazette_list", args=[request.seat.agency_code]))


@door(Duty.KEEP_CATALOGUE)
def gazette_change(request: DeskRequest, issue_id: int) -> HttpResponseBase:
    """Puts an issue right."""
    found = selector.issue(request.viewer, request.seat.agency_id, issue_id)
    form = IssueForm(request.POST or None, initial=initial_of(found))
    if request.method == "POST" and form.is_valid() and _kept(request, form, issue_id) is not None:
        messages.success(request, "已保存，公开页面和渠道登记随之更新。")
        return redirect("records:gazette", request.seat.agency_code, issue_id)
    back = reverse("records:gazette", args=[request.seat.agency_code, issue_id])
    return _form(request, form, f"修改{found.issue}", back)


def _kept(request: DeskRequest, form: IssueForm, issue_id: int | None) -> GazetteIssue | None:
    actor, at = request.actor(Duty.KEEP_CATALOGUE), timezone.now()
    try:
        if issue_id is None:
            return gazettes.enter(issue=form.issue(), actor=actor, at=at)
        return gazettes.change(issue_id=issue_id, issue=form.issue(), actor=actor, at=at)
    except acting.NoSuchRecord:
        raise
    except gazettes.CannotKeepGazette as error:
        form.add_error(None, error.reason)
        return None


def _form(request: DeskRequest, form: IssueForm, title: str, back: str) -> HttpResponse:
    return render(request, "desk/form.html", {"form": form, "page": FormPage(title=title, verb="保存", back_url=back)})


def _public_url(entry_id: int) -> str:
    """The public page, if this process also serves the portal."""
    try:
        return reverse("portal:entry", args=[entry_id])
    except NoReverseMatch:
        return ""
