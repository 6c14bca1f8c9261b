"""Whether a column is kept up: something in it, and the newest of it not older than the column's period."""

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum

from gongkai.law import parameters
from gongkai.published.domain import blocks
from gongkai.records.domain.catalogue import AgencyNode

# What may be said when a column is hidden or rightly empty; the words are the agency's, these are offered.
HIDING_REASONS = ("本机关无此项职权", "由上级机关统一公开", "已在其他栏目公开", "相关职能已经划转")
EMPTY_NOTES = ("本机关暂无此类信息。", "本年度没有发生此类事项。", "此类信息由主管部门统一公开。")
_DOCUMENTS = "publication.document_column_update_period"
_YEARLY = "publication.yearly_column_update_period"
_GENERAL = "publication.update_period"
_BY_COLUMN = {
    "art20_01_normative": _DOCUMENTS,
    "art20_07_budget": _YEARLY,
    blocks.GUIDE: _YEARLY,
    blocks.ANNUAL_REPORTS: _YEARLY,
}
# Laws and working rules hold until they change.
_WITHOUT_PERIOD = frozenset({blocks.RULES})


class Health(StrEnum):
    """How a column stands."""

    BLANK = "blank"
    STALE = "stale"
    NOTED = "noted"
    FRESH = "fresh"

    @property
    def label(self) -> str:
        return {"blank": "空白", "stale": "超期未更新", "noted": "已说明为空", "fresh": "正常"}[self.value]


@dataclasses.dataclass(frozen=True, slots=True)
class Content:
    """What a column holds for the public."""

    how_many: int = 0
    newest_on: date | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Standing:
    """One visible column that takes records, with what it holds and how that is."""

    node: AgencyNode
    content: Content
    period_days: int | None
    health: Health
    stale_since: date | None = None


def standings(nodes: Sequence[AgencyNode], contents: Mapping[str, Content], *, today: date) -> tuple[Standing, ...]:
    """The leaves that the public sees, in the order of the tree."""
    parents = {node.parent_code for node in nodes if node.is_visible}
    leaves = (node for node in nodes if node.is_visible and node.takes_records and node.code not in parents)
    return tuple(_standing(node, contents.get(node.code, Content()), today) for node in leaves)


def period_of(node: AgencyNode, *, on: date) -> int | None:
    """The agency's own period for the column, or the one that holds without it; None: it need not be renewed."""
    if node.update_period_days is not None:
        return node.update_period_days
    if node.code in _WITHOUT_PERIOD:
        return None
    return parameters.at(_BY_COLUMN.get(node.code.partition(".")[0], _GENERAL), on=on).number


def count(found: Collection[Standing], health: Health) -> int:
    return sum(standing.health is health for standing in found)


def _standing(node: AgencyNode, content: Content, today: date) -> Standing:
    period = period_of(node, on=today)
    due = content.newest_on + timedelta(days=period) if content.newest_on and period is not None else None
    if not content.how_many:
        health = Health.NOTED if node.empty_note else Health.BLANK
    else:
        health = Health.STALE if due is not None and due < today else Health.FRESH
    return Standing(
        node=node,
        content=content,
        period_days=period,
        health=health,
        stale_since=due if health is Health.STALE else None,
    )
