"""Matters by their names, what a version changes, the days that a table names, and the guess of a column."""

from datetime import date

import pytest

from gongkai.records.domain import standard_tables, suggesting
from gongkai.records.domain.catalogue import tree_for
from tests.factories.standards import matter
from tests.unit.records.test_catalogue import Wish

pytestmark = pytest.mark.pure


def test_a_matter_is_known_by_its_two_names_whatever_blanks_and_marks_they_carry() -> None:
    assert matter("最低生活 保障", "政策、法规").key == matter("最低生活保障", "政策法规").key
    assert matter("最低生活保障", "政策").key != matter("最低生活保障", "标准").key
    assert matter("甲", "乙丙").key == matter("甲", "乙丙", content="别的", seq="9").key


def test_a_difference_names_what_came_went_and_changed() -> None:
    kept, gone, moved = matter(l2="不变"), matter(l2="删去"), matter(l2="改时限")
    after = [matter(l2="新增"), matter(l2="改时限", time_limit="7个工作日内"), matter(l2="不变", seq="7")]
    found = standard_tables.difference([kept, gone, moved], after)
    assert [each.matter_l2 for each in found.added] == ["新增"]
    assert [each.matter_l2 for each in found.removed] == ["删去"]
    ((before, now, names),) = found.changed
    assert (before.time_limit, now.time_limit, names) == (moved.time_limit, "7个工作日内", ("time_limit",))
    assert standard_tables.difference([kept], [kept]).is_empty


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("自信息形成或者变更之日起20个工作日内", date(2026, 3, 30)),
        ("7 个工作日", date(2026, 3, 11)),
        ("收到后10日内", date(2026, 3, 12)),
        ("长期公开", None),
        ("及时", None),
    ],
)
def test_a_limit_is_read_from_the_words_of_the_table(words: str, until: date | None) -> None:
    assert standard_tables.limit_on(words, date(2026, 3, 2)) == until


def test_digest_and_words_cover_every_column() -> None:
    one = matter(channels=("website", "other"), channel_note="12345热线", level=("county", "town"))
    words = standard_tables.cells(one)
    assert words["channels"] == "政府网站、其他（12345热线）"
    assert (words["audience"], words["mode"], words["level"]) == ("全社会", "主动", "县级、乡级")
    assert standard_tables.digest("甲", [one]) != standard_tables.digest("甲", [matter(content="别的")])
    assert standard_tables.digest("甲", [one]) != standard_tables.digest("乙", [one])


@pytest.mark.parametrize(
    ("l1", "l2", "code"),
    [
        ("临时救助", "行政事业性收费项目", "art20_08_charges"),
        ("社会救助", "审批结果", "art21_city_social_assistance"),
        ("预算", "部门预算", "art20_07_budget.budget"),
        ("完全不沾边", "某某", ""),
    ],
)
def test_a_column_is_suggested_by_shared_words(l1: str, l2: str, code: str) -> None:
    assert suggesting.column_for(matter(l1, l2), tree_for("department", [])) == code


def test_a_hidden_column_is_never_suggested() -> None:
    nodes = tree_for("department", [Wish("art20_08_charges", is_hidden=True, reason="无此职权")])
    assert suggesting.column_for(matter("收费", "行政事业性收费"), nodes) == ""
