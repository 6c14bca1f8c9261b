"""Old papers come in by a table: looked through, cleared and confirmed by two others, then public and found."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import walking

pytestmark = pytest.mark.journey

_FILE = "历史文件.csv"
_GOOD = "关于修缮古城墙的通知"
_TABLE = f"""编号,标题,发布日期,正文
1,{_GOOD},2021-05-06,城墙垛口和马道的修缮安排。
2,关于开放护城河步道的公告,2022-03-04,步道每日开放。
3,,2022-03-05,没有标题的一行。
"""


def test_a_table_of_old_papers_becomes_public(new_page: Callable[..., Page]) -> None:
    qian, sun, feng = (walking.at_desk(new_page, name, agency="san-ren-zhen") for name in ("钱", "孙", "冯"))
    case = _uploads(qian)
    _sees_the_preview(qian)
    for button in ("保密审查：可以公开", "确认导入并公开"):
        expect(qian.get_by_role("button", name=button)).to_have_count(0)

    _decides(sun, case, "保密审查：可以公开")
    expect(sun.get_by_role("button", name="确认导入并公开")).to_have_count(0)
    _decides(feng, case, "确认导入并公开")
    _sees_the_result(qian, case)

    hit = walking.search_until(new_page(), "垛口", _GOOD)
    expect(hit).to_contain_text("三人镇")


def _uploads(page: Page) -> str:
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="批量导入").click()
    page.get_by_role("link", name="上传文件").first.click()
    page.get_by_label("本单位历史文件清单").check()
    chooser = page.get_by_label("文件").and_(page.get_by_role("button"))
    chooser.set_input_files({"name": _FILE, "mimeType": "text/csv", "buffer": _TABLE.encode()})
    page.get_by_role("button", name="上传并检查").click()
    expect(page.get_by_role("heading", level=1, name=_FILE)).to_be_visible()
    return page.url


def _sees_the_preview(page: Page) -> None:
    """The page renews itself while the worker looks through the file."""
    preview = page.get_by_role("table", name="预览")
    expect(preview).to_be_visible(timeout=30_000)
    expect(preview.get_by_role("row").filter(has_text=_GOOD)).to_be_visible()
    expect(page.get_by_role("table", name="检查发现").get_by_role("row").filter(has_text="标题")).to_be_visible()


def _decides(page: Page, case: str, button: str) -> None:
    page.goto("/desk/")
    page.get_by_role("main").get_by_role("link", name=_FILE).click()
    assert page.url == case
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("status").first).to_be_visible()


def _sees_the_result(page: Page, case: str) -> None:
    page.goto(case)
    result = page.get_by_role("region", name="导入结果")
    expect(result).to_be_visible(timeout=30_000)
    expect(result.get_by_role("definition").filter(has_text="2")).to_be_visible()
    with page.expect_download() as coming:
        page.get_by_role("link", name="下载退回的行及原因").click()
    assert "标题" in coming.value.path().read_text("utf-8-sig")
