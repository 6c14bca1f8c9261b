"""The pages of those who keep the catalogue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from gongkai.accounts.viewer import Seat
from gongkai.groundwork.ui.parts import Badge, Tone
from gongkai.law import instruments
from gongkai.records.domain.catalogue import AgencyNode


@dataclass(frozen=True)
class ColumnLine:
    """One column of the tree as the keeper sees it."""

    node: AgencyNode
    indent: str
    url: str
    add_url: str
    how_many: int
    visibility: Badge
    basis: str


@dataclass(frozen=True)
class CataloguePage:
    lines: tuple[ColumnLine, ...]
    hidden: int


def catalogue_page(nodes: Sequence[AgencyNode], counts: Mapping[str, int], seat: Seat) -> CataloguePage:
    lines = tuple(_line(node, counts.get(node.code, 0), seat) for node in nodes)
    return CataloguePage(lines, sum(not node.is_visible for node in nodes))


def _line(node: AgencyNode, how_many: int, seat: Seat) -> ColumnLine:
    arguments = {"agency_code": seat.agency_code, "column_code": node.code}
    may_have_children = node.depth in {0, 1, 2} and node.code != "request_entry"
    return ColumnLine(
        node=node,
        indent=f"level-{node.depth}",
        url=reverse("records:column", kwargs=arguments),
        add_url=reverse("records:column_new", kwargs=arguments) if may_have_children else "",
        how_many=how_many,
        visibility=_visibility(node),
        basis=instruments.resolve(node.article).short if node.article and node.depth == 1 else "",
    )


def _visibility(node: AgencyNode) -> Badge:
    if node.is_hidden:
        return Badge(label="已隐藏", tone=Tone.ENDED)
    if not node.is_visible:
        return Badge(label="随上级隐藏", tone=Tone.ENDED)
    return Badge(label="显示", tone=Tone.GOOD)
