"""What the screens of standard tables show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.urls import reverse

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.viewer import Seat, Viewer
from gongkai.groundwork.ui import filters
from gongkai.groundwork.ui import findings as finding_lines
from gongkai.groundwork.ui.filters import FilterGroup
from gongkai.groundwork.ui.parts import Badge, Fact, FindingLine, Tone
from gongkai.law import vocabulary
from gongkai.law.findings import Finding
from gongkai.records.domain import standard_tables, suggesting
from gongkai.records.domain.standard_lifecycle import DUTIES_OF_ACTS, TABLE, Act, State
from gongkai.records.domain.standard_tables import LABELS, Matter
from gongkai.records.models import StandardTable
from gongkai.records.selectors.standard_tables import MatterStanding, TableFile

_TONES = {
    State.FAULTY: Tone.BAD,
    State.READY: Tone.WAITING,
    State.CLEARED: Tone.WAITING,
    State.IN_FORCE: Tone.GOOD,
    State.SUPERSEDED: Tone.ENDED,
    State.DISCARDED: Tone.ENDED,
}
LINKS_SHOWN = 40


@dataclass(frozen=True, kw_only=True)
class TableLine:
    """One version in the list."""

    title: str
    url: str
    field: str
    version: int
    state: Badge
    matter_count: int
    unlinked: int | None
    links_url: str
    approval: str
    approved_on: date | None


@dataclass(frozen=True)
class ListPage:
    lines: tuple[TableLine, ...]
    import_url: str


@dataclass(frozen=True)
class ChangeLine:
    """One matter that a new version adds, drops or changes."""

    kind: Badge
    name: str
    what: str


@dataclass(frozen=True, kw_only=True)
class TablePage:
    """One version: what is in it, what is wrong, what has changed, who must act."""

    table: StandardTable
    state: Badge
    waiting_for: str
    facts: tuple[Fact, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    findings: tuple[FindingLine, ...]
    previous: str
    changes: tuple[ChangeLine, ...]
    acts: frozenset[str]
    urls: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class LinkLine:
    """One matter with the column that is chosen or suggested for it."""

    key: str
    name: str
    above: str
    chosen: str
    is_suggested: bool
    column_url: str


@dataclass(frozen=True, kw_only=True)
class LinksPage:
    table: StandardTable
    table_url: str
    filters: tuple[FilterGroup, ...]
    lines: tuple[LinkLine, ...]
    columns: tuple[tuple[str, str], ...]
    rest: int
    rest_url: str


@dataclass(frozen=True, kw_only=True)
class StandingLine:
    name: str
    above: str
    column: str
    how_many: int
    newest_on: date | None
    problem: Badge | None


@dataclass(frozen=True, kw_only=True)
class ReportPage:
    """What is published of the matters."""

    table: StandardTable
    table_url: str
    links_url: str
    filters: tuple[FilterGroup, ...]
    lines: tuple[StandingLine, ...]
    counts: Mapping[str, int]


def list_page(tables: Sequence[StandardTable], linked: Mapping[int, int], seat: Seat) -> ListPage:
    keeps = seat.may(Duty.KEEP_CATALOGUE)
    lines = tuple(_table_line(table, linked.get(table.pk, 0), seat) for table in tables)
    return ListPage(lines, reverse("imports:standard", args=[seat.agency_code]) if keeps else "")


def table_page(found: TableFile, viewer: Viewer, seat: Seat) -> TablePage:
    table = found.table
    names = ("standard_list", "standard_clear", "standard_approve", "standard_discard", "standard_links")
    urls = {name: _url(name, table, seat) for name in (*names, "standard_report")}
    cells = (standard_tables.cells(matter) for matter in found.matters)
    return TablePage(
        table=table,
        state=_state(table),
        waiting_for=_waiting_for(table),
        facts=tuple(_facts(table)),
        heads=tuple(LABELS.values()),
        rows=tuple(tuple(row.values()) for row in cells),
        findings=tuple(finding_lines.lines([Finding.from_dict(each) for each in table.findings], labels=LABELS)),
        previous=f"第{found.previous.version}版" if found.previous else "",
        changes=tuple(_changes(found)),
        acts=frozenset(act.value for act in Act if may(act, table, viewer, seat)) | _keeper_acts(table, seat),
        urls=urls,
    )


def may(act: Act, table: StandardTable, viewer: Viewer, seat: Seat) -> bool:
    """Whether this person could take the act now: for the buttons."""
    if TABLE.find(act, table.state) is None or not seat.may(DUTIES_OF_ACTS[act]):
        return False
    if act is Act.DISCARD:
        return True
    return table.brought_by_id != viewer.user_id and (act is Act.CLEAR or table.cleared_by_id != viewer.user_id)


def links_page(found: TableFile, query: QueryDict, seat: Seat) -> LinksPage:
    unlinked = [matter for matter in found.matters if not found.links.get(matter.key)]
    show_all = query.get("show") == "all"
    wanted = list(found.matters) if show_all else unlinked
    place = query.get("from", "")
    begin = int(place) if place.isdecimal() else 0
    shown = wanted[begin:]
    options, counts = [("", "待关联"), ("all", "全部")], {"all": len(found.matters)}
    columns = [node for node in found.nodes if node.is_visible and node.takes_records]
    return LinksPage(
        table=found.table,
        table_url=_url("standard", found.table, seat),
        filters=(filters.choice_filter(query, param="show", label="事项", options=options, counts=counts),),
        lines=tuple(_link_line(matter, found, seat) for matter in shown[:LINKS_SHOWN]),
        columns=tuple((node.code, "　" * node.depth + node.title) for node in columns),
        rest=max(0, len(shown) - LINKS_SHOWN),
        rest_url=f"?{'show=all&' if show_all else ''}from={begin + LINKS_SHOWN}",
    )


def report_page(standings: Sequence[MatterStanding], found: TableFile, query: QueryDict, seat: Seat) -> ReportPage:
    titles = {node.code: node.title for node in found.nodes}
    only = query.get("only") != "all"
    lines = [_standing_line(standing, titles) for standing in standings if standing.wants_work or not only]
    counts = {
        "unlinked": sum(not standing.column_code for standing in standings),
        "empty": sum(bool(standing.column_code) and not standing.how_many for standing in standings),
        "late": sum(bool(standing.late) for standing in standings),
        "all": len(standings),
    }
    group = filters.choice_filter(
        query, param="only", label="事项", options=[("", "有问题的"), ("all", "全部")], counts={"all": counts["all"]}
    )
    return ReportPage(
        table=found.table,
        table_url=_url("standard", found.table, seat),
        links_url=_url("standard_links", found.table, seat) if seat.may(Duty.KEEP_CATALOGUE) else "",
        filters=(group,),
        lines=tuple(lines),
        counts=counts,
    )


def _table_line(table: StandardTable, linked: int, seat: Seat) -> TableLine:
    in_force = table.state == State.IN_FORCE
    return TableLine(
        title=table.title,
        url=_url("standard", table, seat),
        field=vocabulary.standard_fields()[table.field].label,
        version=table.version,
        state=_state(table),
        matter_count=table.matter_count,
        unlinked=table.matter_count - linked if in_force else None,
        links_url=_url("standard_links", table, seat) if in_force and seat.may(Duty.KEEP_CATALOGUE) else "",
        approval=table.approval,
        approved_on=table.approved_on,
    )


def _state(table: StandardTable) -> Badge:
    state = State(table.state)
    return Badge(label=state.label, tone=_TONES[state])


def _waiting_for(table: StandardTable) -> str:
    return {
        State.FAULTY: "请在表格中改正错误后重新导入",
        State.READY: f"请{table.brought_by}以外的保密审查员审查",
        State.CLEARED: f"请{table.brought_by}、{table.cleared_by}以外的单位负责人批准",
    }.get(State(table.state), "")


def _facts(table: StandardTable) -> list[Fact]:
    rows = [
        ("领域", vocabulary.standard_fields()[table.field].label),
        ("版本", f"第{table.version}版"),
        ("公开事项", f"{table.matter_count}项"),
        ("文件", table.file_name),
        ("导入", f"{table.brought_by}，{table.brought_at:%Y-%m-%d}"),
        ("保密审查", f"{table.cleared_by}，{table.cleared_at:%Y-%m-%d}" if table.cleared_at else ""),
        ("批准", table.approval),
        ("批准日期", table.approved_on.isoformat() if table.approved_on else ""),
        ("登记批准", f"{table.confirmed_by}，{table.confirmed_at:%Y-%m-%d}" if table.confirmed_at else ""),
    ]
    return [Fact(label=label, value=value) for label, value in rows if value]


def _changes(found: TableFile) -> list[ChangeLine]:
    if found.difference is None:
        return []
    lines = [ChangeLine(Badge(label="新增", tone=Tone.GOOD), _name(matter), "") for matter in found.difference.added]
    lines += [ChangeLine(Badge(label="删去", tone=Tone.BAD), _name(matter), "") for matter in found.difference.removed]
    for before, after, names in found.difference.changed:
        old, new = standard_tables.cells(before), standard_tables.cells(after)
        shown = dict.fromkeys(
            name.replace("channel_note", "channels").replace("audience_note", "audience") for name in names
        )
        what = "；".join(f"{LABELS[name]}：“{old[name]}”改为“{new[name]}”" for name in shown)
        lines.append(ChangeLine(Badge(label="修改", tone=Tone.ACTIVE), _name(after), what))
    return lines


def _keeper_acts(table: StandardTable, seat: Seat) -> frozenset[str]:
    """Links and report belong to the version that is shown."""
    if table.state != State.IN_FORCE:
        return frozenset()
    return frozenset({"links", "report"} if seat.may(Duty.KEEP_CATALOGUE) else {"report"})


def _link_line(matter: Matter, found: TableFile, seat: Seat) -> LinkLine:
    chosen = found.links.get(matter.key, "")
    suggested = "" if chosen else suggesting.column_for(matter, found.nodes)
    return LinkLine(
        key=matter.key,
        name=matter.name,
        above=matter.matter_l1 if matter.matter_l2 else "",
        chosen=chosen or suggested,
        is_suggested=bool(suggested),
        column_url=_url("standard_column", found.table, seat, matter_key=matter.key),
    )


def _standing_line(standing: MatterStanding, titles: Mapping[str, str]) -> StandingLine:
    return StandingLine(
        name=standing.matter.name,
        above=standing.matter.matter_l1,
        column=titles.get(standing.column_code, ""),
        how_many=standing.how_many,
        newest_on=standing.newest_on,
        problem=_problem(standing),
    )


def _problem(standing: MatterStanding) -> Badge | None:
    if not standing.column_code:
        return Badge(label="没有关联栏目", tone=Tone.WAITING)
    if not standing.how_many:
        return Badge(label="没有公开任何信息", tone=Tone.BAD)
    if standing.late:
        return Badge(label=f"近一年有{standing.late}条超过公开时限", tone=Tone.BAD)
    return None


def _name(matter: Matter) -> str:
    return f"{matter.matter_l1}：{matter.matter_l2}" if matter.matter_l2 else matter.matter_l1


def _url(name: str, table: StandardTable, seat: Seat, **more: str) -> str:
    arguments = {"agency_code": seat.agency_code} | more
    if name != "standard_list":
        arguments["table_id"] = str(table.pk)
    return reverse(f"records:{name}", kwargs=arguments)
