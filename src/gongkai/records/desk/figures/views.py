"""Figures of a period in the order of the form, and the rows behind each as a list and as files."""

from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.accounts.access import DeskRequest
from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork import workbooks
from gongkai.groundwork.ui.paging import keyset_page
from gongkai.records.desk.access import door
from gongkai.records.desk.figures import asking, contexts, listing
from gongkai.records.desk.figures.asking import Asked
from gongkai.records.domain.figures import Counted
from gongkai.records.selectors import annual_figures as selector
from gongkai.records.selectors.annual_figures import Sight

# More rows than a sheet is pleasant with; the text file has them all.
SHEET_ROWS = 50_000


@door(Duty.SEE_FIGURES, Duty.SUPERVISE_FIGURES)
@require_safe
def figures(request: DeskRequest) -> HttpResponse:
    """The figures of the period beside those of the year before."""
    asked, seen = _asked(request)
    period, before = asked.period, asked.period.year_before
    found = selector.figures(seen, edition=asked.edition, period=period)
    earlier = selector.figures(seen, edition=asked.edition, period=before)
    months = (selector.months(seen, period), selector.months(seen, before))
    page = contexts.figures_page(found, earlier, months, asked, request.seat)
    return render(request, "records/figures/page.html", {"page": page})


@door(Duty.SEE_FIGURES, Duty.SUPERVISE_FIGURES)
@require_safe
def rows(request: DeskRequest, counted: str) -> HttpResponse:
    """The list behind a number."""
    (asked, seen), what = _asked(request), _counted(counted)
    found = listing.heads(selector.rows(seen, what, asked.period))
    page = keyset_page(found, order=listing.order(what), query=request.GET)
    shown = listing.rows_page(page, listing.reader(request.viewer, seen), asked, what, request.seat)
    return render(request, "records/figures/rows.html", {"page": shown})


@door(Duty.SEE_FIGURES, Duty.SUPERVISE_FIGURES)
@require_safe
def as_csv(request: DeskRequest, counted: str) -> HttpResponseBase:
    """The whole list as text that spreadsheets read."""
    (asked, seen), what = _asked(request), _counted(counted)
    found = selector.rows(seen, what, asked.period).order_by(*listing.order(what))
    lines = listing.lines(found, listing.reader(request.viewer, seen))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{what.value}.csv"'
    return answer


@door(Duty.SEE_FIGURES, Duty.SUPERVISE_FIGURES)
@require_safe
def as_workbook(request: DeskRequest, counted: str) -> HttpResponseBase:
    """The list as an Excel file, its first rows if it is very long."""
    (asked, seen), what = _asked(request), _counted(counted)
    found = selector.rows(seen, what, asked.period).order_by(*listing.order(what))[:SHEET_ROWS]
    cells = listing.cells(found, listing.reader(request.viewer, seen))
    book = workbooks.of_rows(what.label, listing.HEAD, cells)
    return FileResponse(book, as_attachment=True, filename=f"{what.label}{asked.period_words}.xlsx")


def _asked(request: DeskRequest) -> tuple[Asked, Sight]:
    asked = asking.asked(request.GET, request.seat, timezone.localdate())
    return asked, selector.sight(request.viewer, asked.bodies)


def _counted(name: str) -> Counted:
    try:
        return Counted(name)
    except ValueError as error:
        raise Http404 from error
