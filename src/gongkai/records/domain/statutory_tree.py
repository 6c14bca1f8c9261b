"""The common catalogue: the fixed blocks of an agency's page and the items of articles 20 and 21 as one tree.

Codes stay for ever, since published entries carry them. An agency hides, renames and adds; it never renumbers.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gongkai.agencies.domain.kinds import AgencyKind
from gongkai.law import vocabulary
from gongkai.published.domain import blocks


class Column(NamedTuple):
    """One node. ``article`` is where the duty comes from; ``takes_records`` is False for mere headings and links."""

    code: str
    title: str
    parent: str = ""
    description: str = ""
    article: str = ""
    takes_records: bool = True


# Parts below an item that most agencies need; the law does not name them.
_PARTS: dict[str, tuple[tuple[str, str], ...]] = {
    "art20_01_normative": (("normative", "规范性文件"), ("other_documents", "其他文件")),
    "art20_02_institution": (("functions", "机构概况"), ("leaders", "负责人"), ("sections", "内设机构")),
    "art20_07_budget": (("budget", "预算"), ("final_accounts", "决算")),
}
CITY, TOWN = "art21_city", "art21_town"
_GROUPS = {"city": (CITY, "市县公开事项"), "town": (TOWN, "乡镇公开事项")}


def _blocks() -> Iterator[Column]:
    for code, title in blocks.BLOCKS.items():
        yield Column(code, title, takes_records=code not in {blocks.STATUTORY, blocks.REQUESTS})


def _items() -> Iterator[Column]:
    items = vocabulary.catalogue().values()
    for item in items:
        if item.binds == "all":
            yield Column(item.id, item.label, blocks.STATUTORY, item.content, item.bases[-1][1])
            for part, label in _PARTS.get(item.id, ()):
                yield Column(f"{item.id}.{part}", label, item.id)
    for binds, (group, title) in _GROUPS.items():
        yield Column(group, title, blocks.STATUTORY, article="oigr-2019/21", takes_records=False)
        for item in items:
            if item.binds == binds:
                yield Column(item.id, item.label, group, item.content)


COLUMNS: tuple[Column, ...] = (*_blocks(), *_items())
BY_CODE = {column.code: column for column in COLUMNS}


def applies(column: Column, kind: str) -> bool:
    """Whether the article behind the column binds bodies of this kind: towns and cities have lists of their own."""
    if column.code == TOWN or column.parent == TOWN:
        return kind == AgencyKind.TOWN
    if column.code == CITY or column.parent == CITY:
        return kind != AgencyKind.TOWN
    return True


def publication_category(code: str) -> str:
    """The kind of information, for its publication period, that the column says by itself."""
    item = vocabulary.catalogue().get(code.partition(".")[0])
    return item.period if item else "general"


def descendants(code: str, parents: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The code and everything below it, given pairs of code and parent in which parents come first."""
    found = {code}
    for child, parent in parents:
        if parent in found:
            found.add(child)
    return frozenset(found)
