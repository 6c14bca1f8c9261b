"""The report screens: list, upload, result, cells to confirm, comparisons."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongkai.accounts.access import DeskRequest
from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork.ui.paging import keyset_page
from gongkai.groundwork.ui.parts import FormPage
from gongkai.reports import selectors
from gongkai.reports.desk import forms
from gongkai.reports.desk.access import door
from gongkai.reports.desk.contexts import cases, listing, values
from gongkai.reports.domain.states import Relation
from gongkai.reports.models import ReportCheck
from gongkai.reports.services import comparing, confirming, repeating, uploading
from gongkai.reports.services.uploading import Received, Upload


@door
@require_safe
def check_list(request: DeskRequest) -> HttpResponse:
    """The agency's checks, newest first."""
    rows = selectors.checks(request.viewer, request.seat.agency_id)
    page = keyset_page(rows, order=("-uploaded_at", "-id"), query=request.GET)
    lines = [listing.line(found, request.seat.agency_code) for found in page.items]
    return render(request, "reports/list.html", {"page": page, "lines": lines, "seat": request.seat})


@door
def upload(request: DeskRequest) -> HttpResponse:
    """Takes reports in; what is refused is named, the rest is checked."""
    form = forms.UploadForm(request.POST, request.FILES) if request.method == "POST" else forms.UploadForm()
    status = 200
    if request.method == "POST" and form.is_valid():
        received = _submitted(request, form)
        if received.checks:
            return _under_way(request, received)
        for refusal in received.refusals:
            form.add_error("reports", f"“{refusal.file_name}”：{refusal.message}")
        status = 422
    return render(request, "reports/upload.html", {"form": form, "seat": request.seat}, status=status)


def _submitted(request: DeskRequest, form: forms.UploadForm) -> Received:
    uploads = [Upload(stream=file, file_name=file.name or "") for file in form.cleaned_data["reports"]]
    last = form.cleaned_data["previous"]
    previous = Upload(stream=last, file_name=last.name) if last else None
    actor = request.actor(Duty.CHECK_REPORTS)
    return uploading.submit(uploads=uploads, previous=previous, actor=actor, at=timezone.now())


def _under_way(request: DeskRequest, received: Received) -> HttpResponse:
    for refusal in received.refusals:
        messages.error(request, f"“{refusal.file_name}”：{refusal.message}")
    if len(received.checks) == 1:
        return redirect("reports:case", request.seat.agency_code, received.checks[0].pk)
    messages.success(request, f"已收到 {len(received.checks)} 份报告，正在逐份检查。")
    return redirect("reports:list", request.seat.agency_code)


@door
@require_safe
def case(request: DeskRequest, check_id: int) -> HttpResponse:
    """One file with everything that was read and found in it."""
    found = selectors.check(request.viewer, request.seat.agency_id, check_id)
    page = cases.case_page(found, request.seat, wanted=request.GET.get("report", ""))
    return render(request, "reports/case.html", {"page": page, "seat": request.seat})


@door
@require_safe
def progress(request: DeskRequest, check_id: int) -> HttpResponse:
    """The line alone; when the check is done, the whole page is asked for anew."""
    found = selectors.check(request.viewer, request.seat.agency_id, check_id)
    page = listing.line(found, request.seat.agency_code)
    response = render(request, "reports/parts/progress.html", {"line": page})
    if not page.is_busy:
        response.headers["HX-Refresh"] = "true"
    return response


@door
def cells(request: DeskRequest, check_id: int, report_number: int) -> HttpResponse:
    """The cells of one report beside their source; what is written there is kept and the report checked again."""
    found = selectors.check(request.viewer, request.seat.agency_id, check_id)
    page = values.cells_page(found, request, report_number)
    status = 200
    if request.method == "POST" and page.form.is_valid():
        answer = _confirmed(request, found, page)
        if answer is not None:
            return answer
        status = 422
    return render(request, "reports/cells.html", {"page": page, "seat": request.seat}, status=status)


def _confirmed(request: DeskRequest, found: ReportCheck, page: values.CellsPage) -> HttpResponse | None:
    actor = request.actor(Duty.CHECK_REPORTS)
    written = page.form.cleaned_data
    try:
        count = confirming.confirm(
            check_id=found.pk, report_number=page.number, written=written, actor=actor, at=timezone.now()
        )
    except confirming.NoSuchReport:
        raise
    except confirming.CannotConfirm as error:
        for cell, reason in error.cells.items():
            page.form.add_error(cell, reason)
        if not error.cells:
            page.form.add_error(None, error.reason)
        return None
    messages.success(request, f"已保存 {count} 格，正在按确认的数值重新检查。")
    return redirect(page.back_url)


@door
@require_POST
def repeat(request: DeskRequest, check_id: int) -> HttpResponse:
    """The same check once more."""
    repeating.repeat(check_id=check_id, actor=request.actor(Duty.CHECK_REPORTS), at=timezone.now())
    return redirect("reports:case", request.seat.agency_code, check_id)


@door
def compare(request: DeskRequest, check_id: int) -> HttpResponse:
    """Chooses the reports beside which this one is checked."""
    found = selectors.check(request.viewer, request.seat.agency_id, check_id)
    form = forms.CompareForm(
        request.POST if request.method == "POST" else None,
        initial=_chosen(found),
        candidates=selectors.candidates(request.viewer, found),
    )
    if request.method == "POST" and form.is_valid() and _compared(request, found, form):
        return redirect("reports:case", request.seat.agency_code, check_id)
    page = FormPage(
        title=f"对照检查“{found.file_name}”",
        verb="保存并重新检查",
        back_url=listing.case_url(found, request.seat.agency_code),
        sentence="从本单位已经上传的报告中选择。要对照的报告还没有上传的，请先上传。",
    )
    return render(request, "reports/compare.html", {"form": form, "page": page, "seat": request.seat})


def _chosen(found: ReportCheck) -> dict[str, object]:
    rows = selectors.comparisons(found)
    previous = [row.other_id for row in rows if row.relation == Relation.PREVIOUS]
    children = [row.other_id for row in rows if row.relation == Relation.CHILD]
    return {"previous": previous[0] if previous else "", "children": children}


def _compared(request: DeskRequest, found: ReportCheck, form: forms.CompareForm) -> bool:
    chosen = form.cleaned_data
    try:
        comparing.compare(
            check_id=found.pk,
            previous_id=chosen["previous"],
            child_ids=chosen["children"],
            actor=request.actor(Duty.CHECK_REPORTS),
            at=timezone.now(),
        )
    except comparing.CannotCompare as error:
        form.add_error(None, error.reason)
        return False
    messages.success(request, "已保存，正在重新检查。")
    return True
