"""What the screens of upkeep show."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.urls import NoReverseMatch, reverse

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.viewer import Seat
from gongkai.groundwork.ui import filters
from gongkai.groundwork.ui.filters import FilterGroup
from gongkai.groundwork.ui.parts import Badge, Tone
from gongkai.groundwork.worklist import time_left
from gongkai.published.domain import blocks
from gongkai.records.desk.contexts import states
from gongkai.records.domain import freshness, statutory_tree
from gongkai.records.domain.catalogue import AgencyNode
from gongkai.records.domain.freshness import Health, Standing
from gongkai.records.models import Record
from gongkai.records.selectors.upkeep import AgencyStandings

LATE = "late"
_TONES = {Health.BLANK: Tone.BAD, Health.STALE: Tone.WAITING, Health.NOTED: Tone.ENDED, Health.FRESH: Tone.GOOD}
# The worst first: it is what a group of columns shows.
_WORST = (Health.BLANK, Health.STALE, Health.FRESH, Health.NOTED)


@dataclass(frozen=True, kw_only=True)
class ColumnLine:
    """One column that wants looking after."""

    code: str
    title: str
    above: str
    how_many: int
    newest_on: date | None
    period: str
    stale_since: date | None
    keeper: str
    may_hide: bool
    settings_url: str
    new_url: str


@dataclass(frozen=True, kw_only=True)
class LateLine:
    title: str
    url: str
    state: Badge
    column: str
    drafter: str
    due_on: date
    over: str


@dataclass(frozen=True, kw_only=True)
class UpkeepPage:
    """One of the three lists."""

    show: str
    filters: tuple[FilterGroup, ...]
    columns: tuple[ColumnLine, ...]
    late: tuple[LateLine, ...]
    is_clean: bool


@dataclass(frozen=True)
class Cell:
    """A group of columns at one agency; None stands for columns that do not bind it."""

    badge: Badge
    words: str


@dataclass(frozen=True, kw_only=True)
class AgencyLine:
    name: str
    public_url: str
    blank: int
    stale: int
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, kw_only=True)
class BelowPage:
    """The heat table."""

    heads: tuple[str, ...]
    lines: tuple[AgencyLine, ...]
    legend: tuple[Badge, ...]
    filters: tuple[FilterGroup, ...]
    how_many: int
    with_problems: int


def upkeep_page(
    found: AgencyStandings, late: Sequence[Record], query: QueryDict, seat: Seat, today: date
) -> UpkeepPage:
    counts = {health.value: freshness.count(found.standings, health) for health in (Health.BLANK, Health.STALE)}
    counts[LATE] = len(late)
    show = query.get("show", "")
    if show not in counts:
        show = next((name for name, number in counts.items() if number), Health.BLANK.value)
    labels = {Health.BLANK.value: "空白栏目", Health.STALE.value: "超期未更新", LATE: "超期未公开"}
    asked = query.copy()
    asked["show"] = show
    group = filters.choice_filter(asked, param="show", label="清单", options=list(labels.items()), counts=counts)
    titles = {node.code: node for node in found.nodes}
    wanted = [standing for standing in found.standings if standing.health == show]
    return UpkeepPage(
        show=show,
        filters=(dataclasses.replace(group, chips=group.chips[1:]),),  # there is no list of everything
        columns=tuple(_column(standing, titles, seat) for standing in wanted),
        late=tuple(_late(record, titles, seat, today) for record in late) if show == LATE else (),
        is_clean=not any(counts.values()),
    )


def below_page(found: Sequence[AgencyStandings], query: QueryDict) -> BelowPage:
    only = query.get("only") == "problems"
    lines = [_agency(each) for each in found]
    troubled = [line for line in lines if line.blank or line.stale]
    group = filters.choice_filter(query, param="only", label="显示", options=[("problems", "有问题的")])
    return BelowPage(
        heads=tuple(_GROUPS.values()),
        lines=tuple(troubled if only else lines),
        legend=tuple(_badge(health) for health in Health),
        filters=(group,),
        how_many=len(lines),
        with_problems=len(troubled),
    )


def _groups() -> dict[str, str]:
    """The columns of the heat table: blocks and items, the lists of article 21 as one."""
    fixed = {code: title for code, title in blocks.BLOCKS.items() if code in statutory_tree.BY_CODE}
    del fixed[blocks.STATUTORY], fixed[blocks.REQUESTS]
    items = {column.code: column.title for column in statutory_tree.COLUMNS if column.parent == blocks.STATUTORY}
    items = {code: title for code, title in items.items() if code not in {statutory_tree.CITY, statutory_tree.TOWN}}
    return fixed | items | {statutory_tree.CITY: "市县、乡镇事项"}


_GROUPS = _groups()


def _group_of(node: AgencyNode, parents: Mapping[str, str]) -> str:
    code = node.code
    while code not in _GROUPS and code in parents:
        code = statutory_tree.CITY if code == statutory_tree.TOWN else parents[code]
    return code


def _agency(each: AgencyStandings) -> AgencyLine:
    parents = {node.code: node.parent_code for node in each.nodes}
    grouped: dict[str, list[Standing]] = {}
    for standing in each.standings:
        grouped.setdefault(_group_of(standing.node, parents), []).append(standing)
    return AgencyLine(
        name=each.agency.short_name,
        public_url=_public_url(each.agency.code),
        blank=freshness.count(each.standings, Health.BLANK),
        stale=freshness.count(each.standings, Health.STALE),
        cells=tuple(_cell(grouped.get(code, ())) for code in _GROUPS),
    )


def _cell(standings: Iterable[Standing]) -> Cell | None:
    listed = list(standings)
    if not listed:
        return None
    worst = next(health for health in _WORST if any(standing.health is health for standing in listed))
    words = "、".join(standing.node.title for standing in listed if standing.health is worst)
    return Cell(_badge(worst), f"{worst.label}：{words}")


def _badge(health: Health) -> Badge:
    return Badge(label=health.label, tone=_TONES[health])


def _column(standing: Standing, titles: Mapping[str, AgencyNode], seat: Seat) -> ColumnLine:
    node = standing.node
    parent = titles.get(node.parent_code)
    own = node.update_period_days is not None
    period = f"{standing.period_days}天{'' if own else '（缺省）'}" if standing.period_days else "不要求"
    return ColumnLine(
        code=node.code,
        title=node.title,
        above=parent.title if parent else "",
        how_many=standing.content.how_many,
        newest_on=standing.content.newest_on,
        period=period,
        stale_since=standing.stale_since,
        keeper=node.keeper,
        may_hide=bool(node.parent_code) and not standing.content.how_many,
        settings_url=reverse("records:column", kwargs={"agency_code": seat.agency_code, "column_code": node.code}),
        new_url=f"{reverse('records:new', args=[seat.agency_code])}?column={node.code}"
        if seat.may(Duty.DRAFT_RECORDS)
        else "",
    )


def _late(record: Record, titles: Mapping[str, AgencyNode], seat: Seat, today: date) -> LateLine:
    assert record.due_on is not None  # asked for in the query
    node = titles.get(record.column_code)
    return LateLine(
        title=record.title,
        url=reverse("records:case", kwargs={"agency_code": seat.agency_code, "record_id": record.pk}),
        state=states.state_badge(record),
        column=node.title if node else "",
        drafter=record.drafter_name,
        due_on=record.due_on,
        over=time_left(record.due_on, today=today),
    )


def _public_url(code: str) -> str:
    """The public page, if this process also serves the portal."""
    try:
        return reverse("portal:agency", args=[code])
    except NoReverseMatch:
        return ""
