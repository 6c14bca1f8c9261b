"""Blank, stale, rightly empty, fresh: a column by what it holds and by its period."""

from datetime import date

import pytest

from gongkai.records.domain import freshness
from gongkai.records.domain.catalogue import AgencyNode, tree_for
from gongkai.records.domain.freshness import Content, Health
from tests.unit.records.test_catalogue import Wish

pytestmark = pytest.mark.pure
TODAY = date(2026, 11, 20)
STATISTICS = "art20_04_statistics"


def _health(code: str, content: Content | None, *wishes: Wish) -> Health | None:
    contents = {} if content is None else {code: content}
    found = freshness.standings(tree_for("department", wishes), contents, today=TODAY)
    return next((standing.health for standing in found if standing.node.code == code), None)


@pytest.mark.parametrize(
    ("code", "content", "wish", "health"),
    [
        (STATISTICS, None, {}, Health.BLANK),
        (STATISTICS, None, {"empty_note": "暂无。"}, Health.NOTED),
        (STATISTICS, Content(3, date(2026, 11, 1)), {}, Health.FRESH),
        (STATISTICS, Content(3, date(2025, 11, 20)), {}, Health.FRESH),
        (STATISTICS, Content(3, date(2025, 11, 19)), {}, Health.STALE),
        (STATISTICS, Content(3, date(2026, 10, 20)), {"update_period_days": 31}, Health.FRESH),
        (STATISTICS, Content(3, date(2026, 10, 19)), {"update_period_days": 31}, Health.STALE),
        (STATISTICS, None, {"is_hidden": True, "reason": "无此职权"}, None),
        ("art20_01_normative.normative", Content(1, date(2026, 5, 20)), {}, Health.STALE),
        ("art20_01_normative.normative", Content(1, date(2026, 5, 21)), {}, Health.FRESH),
        ("art20_07_budget.budget", Content(1, date(2025, 10, 20)), {}, Health.FRESH),
        ("rules", Content(1, date(2009, 1, 1)), {}, Health.FRESH),
        ("rules", Content(1, date(2009, 1, 1)), {"update_period_days": 365}, Health.STALE),
    ],
)
def test_a_column_stands_by_its_content_and_its_period(
    code: str, content: Content | None, wish: dict[str, object], health: Health | None
) -> None:
    assert _health(code, content, Wish(code, **wish)) is health  # type: ignore[arg-type]


def test_headings_and_what_has_columns_below_are_not_asked() -> None:
    codes = {standing.node.code for standing in freshness.standings(tree_for("town", []), {}, today=TODAY)}
    assert not codes & {"statutory", "request_entry", "art21_town", "art20_07_budget"}
    assert {"guide", "rules", "art20_07_budget.budget", "art21_town_homesteads"} <= codes


def test_a_parent_whose_columns_are_all_hidden_is_asked_itself() -> None:
    hidden = [
        Wish(f"art20_07_budget.{part}", is_hidden=True, reason="并入上级栏目") for part in ("budget", "final_accounts")
    ]
    assert _health("art20_07_budget", None, *hidden) is Health.BLANK


def test_a_stale_column_says_since_when() -> None:
    node = next(node for node in tree_for("department", []) if node.code == STATISTICS)
    assert isinstance(node, AgencyNode)
    (standing,) = [
        standing
        for standing in freshness.standings([node], {STATISTICS: Content(1, date(2025, 1, 1))}, today=TODAY)
        if standing.node.code == STATISTICS
    ]
    assert standing.stale_since == date(2026, 1, 1)
