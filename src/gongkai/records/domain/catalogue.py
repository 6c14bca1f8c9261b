"""The catalogue of one agency: the common tree with the agency's own wishes laid over it."""

import dataclasses
from collections.abc import Iterable, Iterator
from typing import Protocol

from gongkai.records.domain import statutory_tree


class Wished(Protocol):
    """What an agency has set for one column."""

    code: str
    parent_code: str
    title: str
    is_hidden: bool
    reason: str
    empty_note: str
    keeper: str
    update_period_days: int | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class AgencyNode:
    """One column as the agency has it. ``is_visible`` is False also below a hidden column."""

    code: str
    title: str
    common_title: str
    parent_code: str = ""
    own_parent: str = ""
    description: str = ""
    article: str = ""
    depth: int = 0
    takes_records: bool = True
    is_visible: bool = True
    is_hidden: bool = False
    reason: str = ""
    empty_note: str = ""
    keeper: str = ""
    update_period_days: int | None = None


def tree_for(kind: str, wishes: Iterable[Wished]) -> tuple[AgencyNode, ...]:
    """Parents before children, the common columns that bind this kind of body first, own columns behind them."""
    own = list(wishes)
    wished = {wish.code: wish for wish in own}
    children: dict[str, list[AgencyNode]] = {}
    for column in statutory_tree.COLUMNS:
        if statutory_tree.applies(column, kind):
            children.setdefault(column.parent, []).append(_common(column, wished.get(column.code)))
    for wish in own:
        if wish.parent_code:
            children.setdefault(wish.parent_code, []).append(_own(wish))
    return tuple(_walk("", children, depth=0, is_visible=True))


def _walk(parent: str, children: dict[str, list[AgencyNode]], *, depth: int, is_visible: bool) -> Iterator[AgencyNode]:
    for node in children.get(parent, []):
        shown = is_visible and not node.is_hidden
        yield dataclasses.replace(node, depth=depth, is_visible=shown)
        yield from _walk(node.code, children, depth=depth + 1, is_visible=shown)


def _common(column: statutory_tree.Column, wish: Wished | None) -> AgencyNode:
    node = AgencyNode(
        code=column.code,
        title=column.title,
        common_title=column.title,
        parent_code=column.parent,
        description=column.description,
        article=column.article,
        takes_records=column.takes_records,
    )
    return _laid_over(node, wish) if wish else node


def _own(wish: Wished) -> AgencyNode:
    node = AgencyNode(
        code=wish.code,
        title=wish.title,
        common_title="",
        parent_code=wish.parent_code,
        own_parent=wish.parent_code,
    )
    return _laid_over(node, wish)


def _laid_over(node: AgencyNode, wish: Wished) -> AgencyNode:
    return dataclasses.replace(
        node,
        title=wish.title or node.title,
        is_hidden=wish.is_hidden,
        reason=wish.reason,
        empty_note=wish.empty_note,
        keeper=wish.keeper,
        update_period_days=wish.update_period_days,
    )
