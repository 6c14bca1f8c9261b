"""The common tree and what an agency makes of it."""

from dataclasses import dataclass

import pytest

from gongkai.law import vocabulary
from gongkai.published.domain import blocks
from gongkai.records.domain import statutory_tree
from gongkai.records.domain.catalogue import tree_for

pytestmark = pytest.mark.pure


@dataclass
class Wish:
    code: str
    parent_code: str = ""
    title: str = ""
    is_hidden: bool = False
    reason: str = ""
    empty_note: str = ""
    keeper: str = ""
    update_period_days: int | None = None


def test_every_item_of_the_law_is_a_column_and_codes_are_unique() -> None:
    codes = [column.code for column in statutory_tree.COLUMNS]
    assert len(set(codes)) == len(codes)
    assert set(vocabulary.catalogue()) <= set(codes)
    assert set(blocks.BLOCKS) <= set(codes)
    assert all(len(code) <= 60 for code in codes)


def test_a_parent_comes_before_its_children() -> None:
    seen = {""}
    for column in statutory_tree.COLUMNS:
        assert column.parent in seen, column
        seen.add(column.code)


def test_a_town_has_its_own_list_and_a_department_the_one_of_the_city() -> None:
    town = {node.code for node in tree_for("town", [])}
    department = {node.code for node in tree_for("department", [])}
    assert town & department == {code for code in town if not code.startswith("art21")}
    assert "art21_town_homesteads" in town - department
    assert "art21_city_public_order" in department - town


def test_headings_and_the_request_block_take_no_records() -> None:
    closed = {node.code for node in tree_for("department", []) if not node.takes_records}
    assert closed == {"statutory", "request_entry", "art21_city"}


def test_a_renamed_column_keeps_its_code_and_its_common_title() -> None:
    (node,) = [node for node in tree_for("department", [Wish("art20_04_statistics", title="统计数据")])
               if node.code == "art20_04_statistics"]  # fmt: skip
    assert (node.title, node.common_title) == ("统计数据", "统计信息")


def test_hiding_a_column_hides_what_is_below_it() -> None:
    nodes = {node.code: node for node in tree_for("department", [Wish("art20_07_budget", is_hidden=True, reason="无")])}
    assert not nodes["art20_07_budget"].is_visible
    assert not nodes["art20_07_budget.budget"].is_visible
    assert not nodes["art20_07_budget.budget"].is_hidden
    assert nodes["art20_08_charges"].is_visible


def test_an_own_column_stands_behind_the_common_ones_of_its_parent() -> None:
    nodes = tree_for("department", [Wish("own.a", parent_code="art20_07_budget", title="三公经费")])
    below = [node.code for node in nodes if node.parent_code == "art20_07_budget"]
    assert below == ["art20_07_budget.budget", "art20_07_budget.final_accounts", "own.a"]
    assert next(node.depth for node in nodes if node.code == "own.a") == 2


def test_descendants_are_found_at_every_depth() -> None:
    pairs = [(node.code, node.parent_code) for node in tree_for("department", [])]
    found = statutory_tree.descendants("statutory", pairs)
    assert "art20_07_budget.budget" in found
    assert "guide" not in found
    assert statutory_tree.descendants("guide", pairs) == {"guide"}


def test_the_budget_has_a_period_of_its_own() -> None:
    assert statutory_tree.publication_category("art20_07_budget.final_accounts") == "budget"
    assert statutory_tree.publication_category("art20_08_charges") == "general"
    assert statutory_tree.publication_category("own.x") == "general"
