"""What the screen of figures shows: the lines of the form, the bodies below, the months."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.viewer import Seat
from gongkai.agencies.domain.kinds import AgencyKind
from gongkai.groundwork.ui.filters import FilterGroup, choice_filter, with_params
from gongkai.law import forms, instruments
from gongkai.records.desk.figures import plot
from gongkai.records.desk.figures.asking import FIRST_YEAR, LEVELS, Asked
from gongkai.records.domain import figures as domain
from gongkai.records.domain.figures import Counted
from gongkai.records.selectors.annual_figures import Figure, FigureSet

YEARS_OFFERED = 6
_KEPT = ("form", "whose", "kind", "level", "sum")
_EDITIONS = {"G2014": "2014年统计表", "G2019": "2019年格式", "G2021": "2021年格式"}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One cell of the form. Without a number ``absent`` says why."""

    heading: str
    label: str
    number: int | None
    before: int | None
    change: str
    url: str
    sentence: str
    beside: str
    beside_url: str
    absent: str


@dataclass(frozen=True)
class BodyLine:
    """One body below with its numbers, each with the address of its rows."""

    name: str
    kind: str
    level: str
    has_ended: bool
    numbers: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True, kw_only=True)
class FiguresPage:
    period_words: str
    objection: str
    basis: str
    first: str
    last: str
    kept_params: tuple[tuple[str, str], ...]
    filters: tuple[FilterGroup, ...]
    lines: tuple[Line, ...]
    heads: tuple[str, ...]
    bodies: tuple[BodyLine, ...]
    plot: plot.Plot | None


def figures_page(
    found: FigureSet, before: FigureSet, months: tuple[Mapping[date, int], Mapping[date, int]], asked: Asked, seat: Seat
) -> FiguresPage:
    counted = [figure for figure in found.figures if figure.rule.counted is not None]
    return FiguresPage(
        period_words=asked.period_words,
        objection=asked.objection,
        basis=instruments.resolve(forms.form(asked.edition).basis).citation,
        first=asked.period.first.isoformat(),
        last=asked.period.last.isoformat(),
        kept_params=tuple((name, asked.query.get(name, "")) for name in _KEPT if asked.query.get(name)),
        filters=tuple(_filters(found, asked, seat)),
        lines=tuple(_lines(found, before, asked, seat)),
        heads=tuple(_label(figure) for figure in counted) if asked.bodies.below else (),
        bodies=tuple(_bodies(found, counted, asked, seat)) if asked.bodies.below else (),
        plot=plot.plot(asked.period, *months),
    )


def rows_url(asked: Asked, seat: Seat, counted: Counted, **more: str) -> str:
    """The list behind a number, under the same choices."""
    place = reverse("records:figure_rows", kwargs={"agency_code": seat.agency_code, "counted": counted.value})
    return place + with_params(asked.query, more)


def _lines(found: FigureSet, before: FigureSet, asked: Asked, seat: Seat) -> Iterator[Line]:
    headings = _headings(found.edition)
    seen = ""
    for now, then in zip(found.figures, before.figures, strict=True):
        heading, counted = headings.get(now.rule.cell.row.id, ""), now.rule.counted
        beside = domain.BESIDE.get(counted) if counted and now.beside else None
        yield Line(
            heading=heading if heading != seen else "",
            label=_label(now),
            number=now.number,
            before=then.number,
            change=_change(now.number, then.number),
            url=rows_url(asked, seat, counted) if counted else "",
            sentence=counted.sentence if counted else "以下各渠道之和，同一条信息经几个渠道公开就计几次。",
            beside=f"{beside.label}{now.beside}件" if beside else "",
            beside_url=rows_url(asked, seat, beside) if beside else "",
            absent=now.rule.absent,
        )
        seen = heading


def _headings(edition: str) -> dict[str, str]:
    """The article over the rows of table two."""
    table = forms.form(edition).tables.get("t2")
    return {row.id: block.article for block in table.blocks for row in block.rows} if table else {}


def _label(figure: Figure) -> str:
    cell = figure.rule.cell
    return f"{cell.row.label}{cell.column.label}" if cell.column else cell.row.label


def _change(now: int | None, before: int | None) -> str:
    if now is None or before is None:
        return ""
    if now == before:
        return "持平"
    share = f"（{(now - before) / before:+.0%}）" if before else ""
    return f"{now - before:+d}{share}"


def _bodies(found: FigureSet, counted: Sequence[Figure], asked: Asked, seat: Seat) -> Iterator[BodyLine]:
    for body in found.bodies:
        agency = body.agency
        yield BodyLine(
            name=agency.short_name,
            kind=AgencyKind(agency.kind).label,
            level=LEVELS.get(str(body.level), f"下{body.level}级"),
            has_ended=agency.valid_until is not None and agency.valid_until < asked.period.last,
            numbers=tuple(
                (
                    _label(figure),
                    figure.by_body.get(agency.pk, 0),
                    rows_url(asked, seat, figure.rule.counted, body=str(agency.pk)),
                )
                for figure in counted
                if figure.rule.counted
            ),
        )


def _filters(found: FigureSet, asked: Asked, seat: Seat) -> Iterator[FilterGroup]:
    yield _years(asked)
    automatic = [("", f"按年度（{_EDITIONS[domain.edition_of(asked.period.last.year)]}）")]
    yield choice_filter(asked.query, param="form", label="格式", options=automatic + list(_EDITIONS.items()))
    if seat.may(Duty.SUPERVISE_FIGURES):
        whose = [("", "本单位及下级"), ("own", "仅本单位")]
        yield choice_filter(asked.query, param="whose", label="范围", options=whose)
    if asked.bodies.below:
        yield choice_filter(asked.query, param="level", label="层级", options=list(LEVELS.items()))
        yield choice_filter(
            asked.query, param="kind", label="类别", options=[(kind.value, kind.label) for kind in AgencyKind]
        )
        yield choice_filter(asked.query, param="sum", label="汇总", options=[("city", "只计列入汇总的单位")])


def _years(asked: Asked) -> FilterGroup:
    query = asked.query.copy()
    for name in ("from", "until"):
        query.pop(name, None)
    if asked.year is None:
        query["year"] = "none"  # no year is chosen
    years = range(asked.newest_year, max(asked.newest_year - YEARS_OFFERED, FIRST_YEAR - 1), -1)
    options = [("" if year == asked.newest_year else str(year), f"{year}年") for year in years]
    return choice_filter(query, param="year", label="年度", options=options)
