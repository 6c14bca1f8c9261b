"""Review as offices do it: a superior in between, a leader on the phone, a paper; and what cannot wait."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.integration.files import material
from tests.journeys import exhibits, walking
from tests.journeys.conftest import PHONE, scrolls_sideways

pytestmark = pytest.mark.journey
_BELOW = "bing-suo"


def test_from_the_clerk_over_the_superior_and_the_leaders_phone_to_a_paper_and_the_public(
    new_page: Callable[..., Page],
) -> None:
    title = "关于疏通排水沟的公告"
    clerk = walking.at_desk(new_page, "苏", agency=_BELOW)
    walking.draft(clerk, title, body="每户清理门前排水沟。")
    walking.submit(clerk)

    superior = walking.at_desk(new_page, "洪", agency=exhibits.CODE)
    walking.approve(superior, title, opinion="已核对。")
    superior.goto(f"/desk/{_BELOW}/records/")
    expect(superior.get_by_role("heading", name="没有找到这个页面")).to_be_visible()

    _signs_on_the_phone(new_page, title)
    office = walking.at_desk(new_page, "苗", agency=_BELOW)
    _enters_the_paper(office, title)
    address = walking.publish(office, title)
    for words in ("洪（丙局政府信息公开工作机构人员）", "纸质签批"):
        expect(office.get_by_role("main").get_by_text(words).first).to_be_visible()
    office.get_by_role("link", name="保密审查单").click()
    expect(office.get_by_text("☑可以公开")).to_be_visible()
    expect(office.get_by_text("苗于").first).to_be_visible()

    reader = new_page()
    reader.goto(address)
    expect(reader.get_by_text("每户清理门前排水沟。")).to_be_visible()


def test_what_cannot_wait_goes_out_and_the_missing_review_follows(new_page: Callable[..., Page]) -> None:
    title = "关于紧急停水的通告"
    clerk, office, leader, head = (walking.at_desk(new_page, name) for name in ("李", "陈", "赵", "王"))
    walking.draft(clerk, title, body="今日十八时停水。")
    walking.submit(clerk)
    walking.take_up(office, title)
    if office.get_by_role("link", name="信息", exact=True).count() and "/clearance/" in office.url:
        office.goto(office.url.replace("clearance/", ""))
    walking.act(office, "紧急发布")
    office.get_by_label("紧急发布的理由").fill("主管爆裂，须立即告知")
    office.get_by_role("button", name="标注紧急发布").click()
    expect(office.get_by_text("紧急发布（陈标注）：主管爆裂，须立即告知")).to_be_visible()

    walking.approve(leader, title, opinion="同意", verb="签发")
    walking.clear(office, title)
    walking.publish(office, title)
    expect(office.get_by_text("略过的“科室负责人审核”")).to_be_visible()

    walking.take_up(head, title)
    head.get_by_label("意见").fill("情况属实")
    head.get_by_role("button", name="补审通过").click()
    expect(head.get_by_role("status").filter(has_text="已补审")).to_be_visible()
    office.reload()
    expect(office.get_by_text("补办科室负责人审核：通过")).to_be_visible()


def _signs_on_the_phone(new_page: Callable[..., Page], title: str) -> None:
    """Three taps: what waits, the signature, and back to the list of what waits."""
    phone: Page = new_page(viewport=PHONE)
    walking.sign_in(phone, "邱", agency=_BELOW)
    phone.get_by_role("main").get_by_role("link", name=title).click()
    sign = phone.get_by_role("button", name="签发")
    expect(sign).to_be_in_viewport()
    box = sign.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert not scrolls_sideways(phone)
    sign.click()
    expect(phone.get_by_role("status").filter(has_text=title)).to_be_visible()


def _enters_the_paper(page: Page, title: str) -> None:
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="信息", exact=True).click()
    page.get_by_role("link", name=title).click()
    walking.act(page, "录入纸质保密审查")
    page.get_by_label("可以公开").check()
    page.get_by_label("其他人").check()
    page.get_by_label("其他签批人的姓名").fill("孙")
    scan = {"name": "保密审查单.png", "mimeType": "image/png", "buffer": material.png()}
    page.get_by_label("签批件扫描件").set_input_files(files=[scan])  # type: ignore[list-item]
    page.get_by_role("button", name="录入").click()
    expect(page.get_by_role("status").filter(has_text="已录入")).to_be_visible()
