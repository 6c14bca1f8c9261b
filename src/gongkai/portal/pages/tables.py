"""Standard tables of an agency: which there are, and one of them as a table on the web."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from gongkai.groundwork import csv_text
from gongkai.portal import asked
from gongkai.portal.pages import parts
from gongkai.published.models import ReleasedTable
from gongkai.published.selectors import catalogue, tables
from gongkai.published.selectors.directory import Body

PER_PAGE = 100
HEADS = {
    "seq": "序号",
    "matter_l1": "一级事项",
    "matter_l2": "二级事项",
    "content": "公开内容（要素）",
    "basis": "公开依据",
    "time_limit": "公开时限",
    "subject": "公开主体",
    "channels": "公开渠道和载体",
    "audience": "公开对象",
    "mode": "公开方式",
    "level": "公开层级",
}


@dataclass(frozen=True, slots=True)
class TableLink:
    title: str
    label: str
    note: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TablesPage:
    head: parts.Head
    body: Body
    links: tuple[TableLink, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One matter; the column in which it is published, if there is one that the public sees."""

    cells: tuple[str, ...]
    column: str
    column_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePage:
    head: parts.Head
    table: ReleasedTable
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    total: int
    newer_url: str
    older_url: str
    csv_url: str


def links(body: Body) -> tuple[TableLink, ...]:
    """The agency's tables, for its pages."""
    return tuple(
        TableLink(head.title, head.label, f"第{head.version}版，{head.approval}", _url(body, head.field))
        for head in tables.of_agency(body.id)
    )


def tables_page(body: Body) -> TablesPage:
    title = "基层政务公开标准目录"
    head = parts.Head(title=f"{title} - {body.name}", section="agencies", crumbs=(*_above(body), parts.Crumb(title)),
                      column=_tags(title, body))  # fmt: skip
    return TablesPage(head=head, body=body, links=links(body))


def table_page(request: HttpRequest, body: Body, table: ReleasedTable) -> TablePage:
    page = asked.whole(request, "page", first=1, last=1000) or 1
    matters = table.matters[(page - 1) * PER_PAGE : page * PER_PAGE]
    url = _url(body, table.field)
    above = (*_above(body), parts.Crumb("基层政务公开标准目录", reverse("portal:tables", args=[body.code])))
    head = parts.Head(
        title=table.title,
        section="agencies",
        crumbs=(*above, parts.Crumb(table.title)),
        column=_tags(table.title, body),
    )
    columns = catalogue.tree(body.id).by_code
    return TablePage(
        head=head,
        table=table,
        heads=tuple(HEADS.values()),
        rows=tuple(_row(matter, table, columns, body) for matter in matters),
        total=len(table.matters),
        newer_url=f"{url}?page={page - 1}" if page > 1 else "",
        older_url=f"{url}?page={page + 1}" if page * PER_PAGE < len(table.matters) else "",
        csv_url=reverse("portal:table_csv", args=[body.code, table.field]),
    )


def as_csv(table: ReleasedTable) -> Iterator[str]:
    """All matters of the table in the columns of the form."""
    yield csv_text.BYTE_ORDER_MARK + csv_text.line(HEADS.values())
    for matter in table.matters:
        yield csv_text.line(matter[name] for name in HEADS)


def _row(matter: dict[str, str], table: ReleasedTable, columns: dict[str, catalogue.Column], body: Body) -> Row:
    column = columns.get(table.columns.get(matter["key"], ""))
    return Row(
        tuple(matter[name] for name in HEADS),
        column.title if column else "",
        reverse("portal:column", args=[body.code, column.code]) if column else "",
    )


def _above(body: Body) -> tuple[parts.Crumb, ...]:
    agency = parts.Crumb(body.name, reverse("portal:agency", args=[body.code]))
    return parts.Crumb("政府信息公开", reverse("portal:agencies")), agency


def _tags(title: str, body: Body) -> parts.Column:
    return parts.Column(
        name=title, description=f"{body.name}的{title}", keywords=f"{title},政府信息公开", type="信息公开"
    )


def _url(body: Body, field: str) -> str:
    return reverse("portal:table", args=[body.code, field])
