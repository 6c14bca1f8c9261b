"""The pages of those who keep catalogue and review scheme."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from gongkai.accounts.viewer import Seat
from gongkai.groundwork.ui.parts import Badge, Tone
from gongkai.law import instruments
from gongkai.records.domain import stages
from gongkai.records.domain.catalogue import AgencyNode
from gongkai.records.models import ReviewScheme


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


@dataclass(frozen=True)
class SchemeLine:
    """One version of the scheme in words."""

    version: int
    chain: str
    distinct_persons: int
    valid_from: object
    is_current: bool


def catalogue_page(nodes: Sequence[AgencyNode], counts: Mapping[str, int], seat: Seat) -> CataloguePage:
    lines = tuple(_line(node, counts.get(node.code, 0), seat) for node in nodes)
    return CataloguePage(lines, sum(not node.is_visible for node in nodes))


def scheme_lines(schemes: Sequence[ReviewScheme]) -> tuple[SchemeLine, ...]:
    return tuple(
        SchemeLine(
            version=row.version,
            chain=" → ".join(("起草", *(f"{stage['label']}" for stage in row.stages))),
            distinct_persons=row.distinct_persons,
            valid_from=row.valid_from,
            is_current=place == 0,
        )
        for place, row in enumerate(schemes)
    )


def scheme_initial(schemes: Sequence[ReviewScheme]) -> dict[str, object]:
    """The scheme in force as the form shows it."""
    rows = schemes[0].stages if schemes else stages.DEFAULT.as_rows()
    persons = schemes[0].distinct_persons if schemes else stages.DEFAULT.distinct_persons
    return {"stages": [row["code"] for row in rows[:-1]], "distinct_persons": persons}


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
