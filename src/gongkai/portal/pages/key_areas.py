"""Key areas (重点领域): all parts with their numbers, and the entries of one."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.urls import reverse

from gongkai.law import vocabulary
from gongkai.portal import asked
from gongkai.portal.pages import gazettes, parts
from gongkai.published.selectors import key_areas

_TITLE = "重点领域信息公开"


@dataclass(frozen=True, slots=True)
class PartLink:
    title: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class Area:
    title: str
    parts: tuple[PartLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreasPage:
    head: parts.Head
    areas: tuple[Area, ...]
    year: int | None
    years: tuple[int, ...]
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaPage:
    head: parts.Head
    title: str
    lines: tuple[parts.Line, ...]
    newer_url: str
    older_url: str


def areas_page(request: HttpRequest, *, this_year: int) -> AreasPage:
    year = asked.whole(request, "year", first=1949, last=2200)
    counts, terms = key_areas.counts(year), vocabulary.key_areas()
    areas = (
        Area(
            area.label, tuple(_link(term, counts.get(term.id, 0)) for term in terms.values() if term.parent == area.id)
        )
        for area in terms.values()
        if not area.parent
    )
    return AreasPage(
        head=_head(_TITLE, (parts.Crumb(_TITLE),)),
        areas=tuple(areas),
        year=year,
        years=tuple(range(this_year, this_year - 5, -1)),
        url=reverse("portal:key_areas"),
    )


def area_page(request: HttpRequest, area: str) -> AreaPage:
    """Raises Http404 where there is no such part."""
    term = vocabulary.key_areas().get(area)
    if term is None or not term.parent:
        raise Http404
    page = asked.whole(request, "page", first=1, last=500) or 1
    found = key_areas.entries(area, limit=parts.PAGE + 1, offset=(page - 1) * parts.PAGE)
    title, url = f"{vocabulary.key_areas()[term.parent].label}：{term.label}", reverse("portal:key_area", args=[area])
    return AreaPage(
        head=_head(title, (parts.Crumb(_TITLE, reverse("portal:key_areas")), parts.Crumb(term.label))),
        title=title,
        lines=tuple(gazettes.line(entry) for entry in found[: parts.PAGE]),
        newer_url=f"{url}?page={page - 1}" if page > 1 else "",
        older_url=f"{url}?page={page + 1}" if len(found) > parts.PAGE else "",
    )


def _link(term: vocabulary.KeyArea, count: int) -> PartLink:
    return PartLink(term.label, reverse("portal:key_area", args=[term.id]), count)


def _head(title: str, crumbs: tuple[parts.Crumb, ...]) -> parts.Head:
    column = parts.Column(
        name=title, description=f"{title}的政府信息", keywords="重点领域,政府信息公开", type="信息公开"
    )
    return parts.Head(title=title, section="agencies", crumbs=crumbs, column=column)
