"""The day of a catalogue keeper: blank columns dealt with, a standard table brought before the public."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.integration.imports import standard_books as books
from tests.journeys import walking

pytestmark = pytest.mark.journey

_TOWN = "san-ren-zhen"
_TITLE = "三人镇社会救助领域基层政务公开标准目录"
_ROWS = [books.row(1, "临时救助", "行政事业性收费项目"), books.row(2, "最低生活保障", "完全没有对应的事项")]


def test_the_keeper_empties_the_lists_and_brings_a_table_before_the_public(new_page: Callable[..., Page]) -> None:
    qian, sun, feng = (walking.at_desk(new_page, name, agency=_TOWN) for name in ("钱", "孙", "冯"))
    _hides_one_and_explains_two(qian)
    table = _imports(qian)
    sun.goto(table)
    sun.get_by_role("button", name="保密审查：可以公开").click()
    expect(sun.get_by_role("status").first).to_be_visible()
    _approves(feng, table)
    _links(qian, table)
    reader = new_page()
    reader.goto(f"/agencies/{_TOWN}/standards/social_assistance/")
    expect(reader.get_by_role("heading", name=_TITLE)).to_be_visible()
    expect(reader.get_by_role("row").filter(has_text="行政事业性收费项目")).to_contain_text("行政事业性收费")


def test_the_lists_work_without_scripts_and_by_keyboard(new_page: Callable[..., Page]) -> None:
    feng = walking.at_desk(new_page, "冯", scripts=False, agency=_TOWN)
    feng.goto(f"/desk/{_TOWN}/records/upkeep/")
    row = feng.get_by_role("row").filter(has_text="规划计划")
    row.get_by_role("checkbox").focus()
    feng.keyboard.press("Space")
    words = feng.get_by_label("或者另写说明")
    words.focus()
    feng.keyboard.type("由市政府统一公开。")
    feng.keyboard.press("Enter")  # must not press the button of the first row
    expect(feng.get_by_role("status")).to_have_count(0)
    button = feng.get_by_role("button", name="写上说明")
    button.focus()
    feng.keyboard.press("Enter")
    expect(feng.get_by_role("status").first).to_contain_text("已为1个栏目写上说明")


def _hides_one_and_explains_two(page: Page) -> None:
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="目录维护").click()
    page.get_by_label("隐藏的理由").select_option("由上级机关统一公开")
    page.get_by_role("row").filter(has_text="公务员招考").get_by_role("button", name="隐藏").click()
    expect(page.get_by_role("status").first).to_contain_text("已隐藏1个栏目")
    expect(page.get_by_role("row").filter(has_text="公务员招考")).to_have_count(0)
    for title in ("政府采购", "重大建设项目"):
        page.get_by_role("checkbox", name=title).check()
    page.get_by_role("button", name="写上说明").click()
    expect(page.get_by_role("status").first).to_contain_text("已为2个栏目写上说明")


def _imports(page: Page) -> str:
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="标准目录").click()
    page.get_by_role("link", name="导入目录").first.click()
    page.get_by_label("领域").select_option(label="社会救助")
    chooser = page.get_by_label("文件").and_(page.get_by_role("button"))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    chooser.set_input_files({"name": "目录.xlsx", "mimeType": kind, "buffer": books.book(_ROWS, title=_TITLE)})
    page.get_by_role("button", name="上传并检查").click()
    expect(page.get_by_role("heading", level=1, name=_TITLE)).to_be_visible()
    return page.url


def _approves(page: Page, table: str) -> None:
    page.goto(table)
    page.get_by_role("link", name="批准并公布").click()
    page.get_by_label("批准的机关或者会议").fill("镇政务公开领导小组")
    page.get_by_label("批准日期").fill(walking.CREATED_ON)
    page.get_by_role("button", name="批准并公布").click()
    expect(page.get_by_role("status").first).to_contain_text("已批准")


def _links(page: Page, table: str) -> None:
    """What was guessed is saved; the other matter stays on the list."""
    page.goto(table)
    page.get_by_role("link", name="关联栏目").click()
    page.get_by_role("button", name="保存关联").click()
    expect(page.get_by_role("status").first).to_contain_text("关联已保存")
    expect(page.get_by_role("row").filter(has_text="完全没有对应的事项")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="行政事业性收费项目")).to_have_count(0)
