"""The tree of an agency's columns, as the blocks of the agency page show it."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.published.models import CatalogueNode
from gongkai.published.selectors.remembered import Remembered


@dataclass(frozen=True, slots=True)
class Column:
    """One column with those below it."""

    code: str
    title: str
    description: str
    empty_note: str
    parent_code: str
    children: "tuple[Column, ...]"

    def branch(self) -> "Iterator[Column]":
        """The column itself and everything below it."""
        yield self
        for child in self.children:
            yield from child.branch()

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(column.code for column in self.branch())


@dataclass(frozen=True, slots=True)
class Tree:
    """All columns of one agency."""

    roots: tuple[Column, ...]
    by_code: dict[str, Column]

    def line(self, code: str) -> tuple[Column, ...]:
        """The columns from the first level down to this one."""
        column = self.by_code.get(code)
        above: list[Column] = []
        while column is not None and column not in above:
            above.append(column)
            column = self.by_code.get(column.parent_code)
        return tuple(reversed(above))


def tree(agency_id: int) -> Tree:
    """The tree as it was at most half a minute ago."""
    return _trees(agency_id)


def _read(agency_id: int) -> Tree:
    nodes = list(CatalogueNode.objects.filter(agency_id=agency_id).order_by("position", "code"))
    below: dict[str, list[CatalogueNode]] = {}
    for node in nodes:
        below.setdefault(node.parent_code, []).append(node)
    by_code: dict[str, Column] = {}

    def build(node: CatalogueNode) -> Column:
        column = Column(
            node.code,
            node.title,
            node.description,
            node.empty_note,
            node.parent_code,
            tuple(build(child) for child in below.get(node.code, ())),
        )
        by_code[node.code] = column
        return column

    return Tree(tuple(build(node) for node in below.get("", ())), by_code)


_trees = Remembered(_read, seconds=30)
