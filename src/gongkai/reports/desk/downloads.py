"""What leaves the room as a file: the uploaded report, and the findings in the auditor's own formats."""

import json
import tempfile
from pathlib import Path

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from gongkai.accounts.access import DeskRequest
from gongkai.auditing import audit
from gongkai.auditing.outputs import jsons, workbooks
from gongkai.groundwork.files import store
from gongkai.reports import selectors
from gongkai.reports.desk.access import door
from gongkai.reports.domain import result
from gongkai.reports.models import ReportCheck
from gongkai.reports.services import checking


@door
@require_safe
def original(request: DeskRequest, check_id: int) -> HttpResponseBase:
    """The report as it was uploaded, never shown as a page."""
    found = selectors.check(request.viewer, request.seat.agency_id, check_id)
    if not store.holds(found.digest):
        raise selectors.NotFound(check_id)
    answer = FileResponse(
        store.opened(found.digest),
        as_attachment=True,
        filename=found.file_name,
        content_type="application/octet-stream",
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@door
@require_safe
def as_json(request: DeskRequest, check_id: int) -> HttpResponseBase:
    """The findings as `gongkai check --json` gives them."""
    found, outcome = _checked(request, check_id)
    text = json.dumps(jsons.result([outcome]), ensure_ascii=False, indent=1)
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="findings-{found.pk}.json"'
    return answer


@door
@require_safe
def as_workbook(request: DeskRequest, check_id: int) -> HttpResponseBase:
    """The findings as `gongkai check --xlsx` gives them."""
    found, outcome = _checked(request, check_id)
    with tempfile.TemporaryDirectory(prefix="gongkai-findings-") as folder:
        path = Path(folder) / "findings.xlsx"
        workbooks.write(path, [outcome])
        opened = path.open("rb")  # the answer reads and closes it; the name may go before
    name = f"{found.file_name.rpartition('.')[0]}-检查结果.xlsx"
    return FileResponse(opened, as_attachment=True, filename=name)


def _checked(request: DeskRequest, check_id: int) -> tuple[ReportCheck, audit.Outcome]:
    found = selectors.check(request.viewer, request.seat.agency_id, check_id)
    reports = checking.reports_of(found)
    if not reports:
        raise selectors.NotFound(check_id)
    return found, result.restored(found.file_name, reports)
