"""A drafter checks an annual report: uploads it, reads what is wrong where it stands, and reads one cell herself."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.factories import reports
from tests.factories.reports import RECEIVED
from tests.journeys import walking
from tests.journeys.conftest import problems_found_by_axe

pytestmark = pytest.mark.journey


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "年报.html"
    path.write_bytes(reports.content(changes={RECEIVED: "9999"}))
    return path


def upload(page: Page, path: Path) -> None:
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="报告检查").click()
    page.get_by_role("link", name="上传报告").first.click()
    page.get_by_role("main").get_by_label("年度报告").first.set_input_files(path)
    page.get_by_role("button", name="上传并检查").click()


def test_from_the_upload_to_the_corrected_cell(new_page: Callable[..., Page], report: Path) -> None:
    page = walking.at_desk(new_page, "李")
    upload(page, report)
    findings = page.get_by_role("region", name="发现的问题")
    expect(findings).to_be_visible(timeout=30_000)  # the worker's turn; the page asks for itself
    first = findings.get_by_role("listitem").first
    expect(first).to_contain_text("错误")
    expect(first).to_contain_text("9999")
    first.get_by_role("link", name="查看原文").click()
    expect(page.locator("td.error", has_text="9999")).to_be_in_viewport()
    assert problems_found_by_axe(page) == []

    page.get_by_role("link", name="对照原文更正数值").click()
    page.get_by_label("表三 第1行“本年新收政府信息公开申请数量”自然人列").fill(str(reports.number(RECEIVED)))
    page.get_by_role("button", name="保存并重新检查").click()
    expect(page.get_by_role("status").filter(has_text="已保存 1 格")).to_be_visible()
    expect(page.get_by_text("确认 1 格数值")).to_be_visible()
    expect(page.get_by_text("处错误")).to_have_count(0, timeout=30_000)


def test_without_scripts_the_result_comes_with_a_reload(new_page: Callable[..., Page], report: Path) -> None:
    page = new_page(scripts=False)
    walking.sign_in(page, "李")
    upload(page, report)
    expect(page.get_by_text("正在检查，请稍候")).to_be_visible()
    for _ in range(30):
        page.wait_for_timeout(1_000)
        page.reload()
        if page.get_by_role("region", name="发现的问题").count():
            break
    expect(page.get_by_role("region", name="发现的问题")).to_contain_text("9999")
