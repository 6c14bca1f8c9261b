"""The cells of one report beside their source, with a field for what a person reads there."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.forms.boundfield import BoundField
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from gongkai.accounts.access import DeskRequest
from gongkai.auditing import characters
from gongkai.auditing.model import State
from gongkai.groundwork.ui import filters
from gongkai.groundwork.ui import forms as kit
from gongkai.law import forms as law_forms
from gongkai.reports import selectors
from gongkai.reports.desk.contexts import listing
from gongkai.reports.desk.forms import CellsForm
from gongkai.reports.domain.excerpts import Excerpt
from gongkai.reports.domain.result import CellRead
from gongkai.reports.models import CellConfirmation, ReportCheck
from gongkai.reports.services import checking

_SHOWN: Mapping[str, tuple[str, Callable[[CellRead], bool]]] = {
    "doubtful": ("读不准的", lambda cell: cell.is_doubtful),
    "blank": ("空白和缺失的", lambda cell: cell.state in {State.BLANK, State.ABSENT}),
    "all": ("全部", lambda cell: True),
}
_STATES = {State.UNREAD: "读不准", State.BLANK: "空白", State.ABSENT: "没有找到"}


@dataclass(frozen=True)
class CellLine:
    """One cell. ``bound`` is its field, ``widget`` the input itself."""

    label: str
    read: str
    excerpt: Excerpt | None
    confirmed: str
    confirmed_by: str
    confirmed_at: datetime | None
    bound: BoundField
    widget: SafeString


@dataclass(frozen=True)
class CellsPage:
    number: int
    title: str
    form: CellsForm
    groups: list[filters.FilterGroup]
    shown: str
    back_url: str
    cells: tuple[tuple[str, str, CellRead, CellConfirmation | None], ...]

    @property
    def lines(self) -> list[CellLine]:
        """Made when the page is shown, so that errors of the form stand beside their fields."""
        return [_line(self.form[cell], label, read, last) for cell, label, read, last in self.cells]


def cells_page(found: ReportCheck, request: DeskRequest, number: int) -> CellsPage:
    """Raises NotFound where the file has no such report."""
    reports = checking.reports_of(found)
    if not 1 <= number <= len(reports):
        raise selectors.NotFound(number)
    report = reports[number - 1]
    counts = Counter({name: sum(map(fits, report.cells.values())) for name, (_, fits) in _SHOWN.items()})
    wanted = request.GET.get("show", "")
    shown = wanted if wanted in _SHOWN else next((name for name in _SHOWN if counts[name]), "all")
    last = {row.cell: row for row in selectors.confirmations(found) if row.report_number == number}
    form = law_forms.form(report.edition) if report.edition in law_forms.EDITIONS else None
    cells = tuple(
        (cell, form.describe(cell), read, last.get(cell))
        for cell, read in report.cells.items()
        if form and _SHOWN[shown][1](read)
    )
    options = [(name, label) for name, (label, _) in _SHOWN.items()]
    return CellsPage(
        number=number,
        title=listing.title(found) if len(reports) == 1 else f"{report.agency}{report.year or ''}",
        form=CellsForm(
            request.POST if request.method == "POST" else None, labels={cell: label for cell, label, _, _ in cells}
        ),
        groups=[_choice(request, options, counts, shown)],
        shown=shown,
        back_url=f"{reverse('reports:case', args=[request.seat.agency_code, found.pk])}?report={number}",
        cells=cells,
    )


def _choice(
    request: DeskRequest, options: list[tuple[str, str]], counts: Mapping[str, int], shown: str
) -> filters.FilterGroup:
    """Like the kit's filter, but without a choice that lifts it: one of the three always holds."""
    chips = tuple(
        filters.Chip(
            label=label,
            url=filters.with_params(request.GET, {"show": name}),
            is_on=name == shown,
            count=counts[name],
        )
        for name, label in options
    )
    return filters.FilterGroup(label="显示", chips=chips)


def _line(bound: BoundField, label: str, read: CellRead, last: CellConfirmation | None) -> CellLine:
    return CellLine(
        label=label,
        read=read.value if read.value is not None else _STATES.get(read.state, ""),
        excerpt=read.excerpt,
        confirmed=_confirmed(last),
        confirmed_by=last.confirmed_by_name if last else "",
        confirmed_at=last.confirmed_at if last else None,
        bound=bound,
        widget=mark_safe(kit.widget_html(bound)),  # made by Django's own widget, which escapes
    )


def _confirmed(last: CellConfirmation | None) -> str:
    if last is None:
        return ""
    return "空白" if last.value is None else characters.printed(last.value)
