"""Lists of entries: the newest of all, of one agency, of one column."""

import dataclasses
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from gongkai.portal import asked
from gongkai.portal.pages import parts, switch, tables, tree
from gongkai.published.domain import blocks
from gongkai.published.selectors import catalogue, directory, entry_page, listing
from gongkai.published.selectors.directory import Body
from gongkai.published.selectors.listing import Shelf

FIRST_YEAR = 1949


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    head: parts.Head
    heading: str
    lines: tuple[parts.Line, ...]
    pager: parts.Pager
    year: int | None
    years: tuple[int, ...]
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyPage:
    head: parts.Head
    body: Body
    successor: Body | None
    successor_url: str
    switch: str
    """Rendered and escaped, as is the tree."""
    tree: str
    """Rendered and escaped."""
    list: ListPage
    column: catalogue.Column | None
    children: tuple["Child", ...]
    empty_note: str
    shown: entry_page.Whole | None
    """The document that the block consists of, for example the guide."""
    shown_url: str
    shows_contact: bool
    guide_url: str
    tables: tuple[tables.TableLink, ...]


@dataclass(frozen=True, slots=True)
class Child:
    title: str
    url: str
    count: int


def latest(request: HttpRequest) -> ListPage:
    head = parts.Head(
        title="最新公开",
        section="latest",
        crumbs=(parts.Crumb("最新公开"),),
        column=parts.Column(
            name="最新公开", description="各机关最新公开的政府信息", keywords="政府信息公开,最新公开", type="信息公开"
        ),
        feed_url=reverse("portal:feed"),
    )
    return _list(request, Shelf(), head, url=reverse("portal:latest"), total=listing.count_all())


def agency(request: HttpRequest, body: Body) -> AgencyPage:
    """The agency's own page: blocks at the left, everything newest first at the right."""
    url = reverse("portal:agency", args=[body.code])
    head = parts.Head(
        title=f"{body.name}政府信息公开",
        section="agencies",
        crumbs=(parts.Crumb("政府信息公开", reverse("portal:agencies")), parts.Crumb(body.name)),
        column=parts.Column(
            name="政府信息公开",
            description=f"{body.name}主动公开的政府信息",
            keywords=f"政府信息公开,{body.name}",
            type="信息公开",
        ),
        feed_url=reverse("portal:agency_feed", args=[body.code]),
    )
    total = listing.count_by_agency().get(body.id, 0)
    found = _list(request, Shelf(agency_id=body.id), head, url=url, total=total)
    return _agency_page(body, found, column=None, empty_note="本机关暂无公开的信息。")


def column(request: HttpRequest, body: Body, node: catalogue.Column) -> AgencyPage:
    """One column of an agency with everything below it."""
    line = catalogue.tree(body.id).line(node.code)
    url = reverse("portal:column", args=[body.code, node.code])
    agency_crumb = parts.Crumb(body.name, reverse("portal:agency", args=[body.code]))
    above = tuple(parts.Crumb(each.title, reverse("portal:column", args=[body.code, each.code])) for each in line[:-1])
    head = parts.Head(
        title=f"{node.title} - {body.name}",
        section="agencies",
        crumbs=(
            parts.Crumb("政府信息公开", reverse("portal:agencies")),
            agency_crumb,
            *above,
            parts.Crumb(node.title),
        ),
        column=column_tags(node, body),
        feed_url=reverse("portal:column_feed", args=[body.code, node.code]),
    )
    counts = listing.count_by_column(body.id)
    total = sum(counts.get(code, 0) for code in node.codes)
    found = _list(request, Shelf(agency_id=body.id, node_codes=node.codes), head, url=url, total=total)
    return _agency_page(body, found, column=node, empty_note=node.empty_note or "本栏目暂无公开的信息。")


def column_tags(node: catalogue.Column, body: Body) -> parts.Column:
    return parts.Column(
        name=node.title,
        description=node.description or f"{body.name}公开的{node.title}",
        keywords=f"{node.title},{body.short_name},政府信息公开",
        type="政策文件" if node.code.startswith("art20_01") else "信息公开",
    )


def _list(request: HttpRequest, shelf: Shelf, head: parts.Head, *, url: str, total: int) -> ListPage:
    year = asked.whole(request, "year", first=FIRST_YEAR, last=2200)
    if year:
        shelf = dataclasses.replace(shelf, year=year)
    older, newer = asked.place(request, "older"), asked.place(request, "newer")
    if asked.whole(request, "last", first=1, last=1):
        found = listing.oldest(shelf, limit=parts.PAGE)
    else:
        found = listing.newest(shelf, limit=parts.PAGE, older_than=older, newer_than=newer)
    return ListPage(
        head=head,
        heading=head.crumbs[-1].title,
        lines=parts.lines(found.rows),
        pager=parts.pager(found, url, total=None if year else total, year=year),
        year=year,
        years=listing.years(dataclasses.replace(shelf, year=None)),
        url=url,
    )


def _agency_page(body: Body, found: ListPage, *, column: catalogue.Column | None, empty_note: str) -> AgencyPage:
    code = column.code if column else ""
    shown = _shown(body, code, found)
    successor = directory.directory().by_id.get(body.successor_id or 0)
    guide = blocks.GUIDE in catalogue.tree(body.id).by_code
    return AgencyPage(
        head=found.head,
        body=body,
        successor=successor,
        successor_url=reverse("portal:agency", args=[successor.code]) if successor else "",
        switch=switch.panel(),
        tree=tree.rendered(body, current=code),
        list=found,
        column=column,
        children=_children(body, column),
        empty_note=empty_note,
        shown=shown,
        shown_url=f"{parts.entry_base()}{shown.entry.pk}/" if shown else "",
        shows_contact=code in {blocks.GUIDE, blocks.REQUESTS},
        guide_url=reverse("portal:column", args=[body.code, blocks.GUIDE]) if guide else "",
        tables=tables.links(body) if code in {"", blocks.STATUTORY} else (),
    )


def _children(body: Body, column: catalogue.Column | None) -> tuple[Child, ...]:
    if column is None:
        return ()
    counts = listing.count_by_column(body.id)
    return tuple(
        Child(
            child.title,
            reverse("portal:column", args=[body.code, child.code]),
            sum(counts.get(code, 0) for code in child.codes),
        )
        for child in column.children
    )


def _shown(body: Body, code: str, found: ListPage) -> entry_page.Whole | None:
    """The guide is read on its own page; a list with one line in it would be one click too many."""
    if code != blocks.GUIDE or found.year:
        return None
    newest = listing.newest(Shelf(agency_id=body.id, node_codes=(code,)), limit=1).rows
    return entry_page.whole(newest[0].id) if newest else None
