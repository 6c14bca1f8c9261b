"""A town whose three people hold every post: the work gets done, and nobody passes their own text."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import walking

pytestmark = pytest.mark.journey

_TOWN = "san-ren-zhen"
_TITLE = "关于镇区集中供水的公告"


def test_three_people_publish_a_record_together(new_page: Callable[..., Page]) -> None:
    qian, sun, feng = (walking.at_desk(new_page, name, agency=_TOWN) for name in ("钱", "孙", "冯"))
    walking.draft(qian, _TITLE, body="每日六时至二十二时供水。")
    walking.submit(qian)
    _is_offered_no_decision(qian)

    walking.approve(sun, _TITLE)
    _is_offered_no_decision(qian)
    walking.approve(feng, _TITLE, verb="签发")
    _is_offered_no_decision(qian)
    walking.clear(sun, _TITLE)
    address = walking.publish(feng, _TITLE)

    reader = new_page()
    reader.goto(address)
    expect(reader.get_by_role("heading", level=1, name=_TITLE)).to_be_visible()
    expect(reader.get_by_text("每日六时至二十二时供水。")).to_be_visible()


def _is_offered_no_decision(drafter: Page) -> None:
    """Neither on the first screen nor on the case, and the pages behind refuse."""
    drafter.goto("/desk/")
    expect(drafter.get_by_role("main").get_by_role("link", name=_TITLE)).to_have_count(0)
    drafter.get_by_role("navigation", name="主菜单").get_by_role("link", name="信息").click()
    drafter.get_by_role("link", name=_TITLE).click()
    for name in ("签发", "审核", "保密审查"):
        expect(drafter.get_by_role("link", name=name, exact=True)).to_have_count(0)
    case = drafter.url
    drafter.goto(f"{case}clearance/")
    drafter.get_by_label("可以公开").check()
    drafter.get_by_role("button", name="作出结论").click()
    expect(drafter.get_by_role("alert")).to_contain_text("起草")
