"""Five files are dropped, one is put right, drafts are submitted in a batch, the reviewer approves them in a batch."""

from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, expect
from tools import papers
from tools.papers import Paper

from tests.factories import records
from tests.journeys import walking

pytestmark = pytest.mark.journey

_TITLES = ("关于清淤排涝的通知", "关于古井修缮的通知", "关于集市搬迁的通知", "关于渡口停航的通知", "关于林区防火的通知")


def _files() -> list[FilePayload]:
    makers = ((papers.docx, "docx"), (papers.pdf, "pdf"), (papers.ofd, "ofd"))
    files: list[FilePayload] = []
    for number, title in enumerate(_TITLES):
        make, ending = makers[number % 3]
        note = "" if number == 1 else "（此件公开发布）"
        paper = Paper(
            number=f"三镇发〔2026〕{number + 51}号", title=(title,), head="三人镇文件", signature=("三人镇",), note=note
        )
        files.append({"name": f"{title}.{ending}", "mimeType": "application/octet-stream", "buffer": make(paper)})
    return files


def test_five_files_become_records_under_review(new_page: Callable[..., Page]) -> None:
    clerk, reviewer = (walking.at_desk(new_page, name, agency="san-ren-zhen") for name in ("钱", "孙"))
    _drops(clerk)
    _puts_right_and_confirms(clerk)
    _submits_in_a_batch(clerk)
    _approves_in_a_batch(reviewer)


def _drops(page: Page) -> None:
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="批量起草").click()
    page.get_by_role("link", name="放入文件").first.click()
    page.locator("input[type=file]").set_input_files(_files())
    expect(page.get_by_text("已选 5 个文件")).to_be_visible()
    page.get_by_label("公开栏目").select_option(records.COLUMN)
    page.get_by_role("button", name="放入并读取").click()
    expect(page.get_by_role("button", name="确认全部读准的（4份）")).to_be_visible(timeout=60_000)


def _puts_right_and_confirms(page: Page) -> None:
    doubtful = page.get_by_role("group", name=_TITLES[1])
    doubtful.get_by_label("公开属性").select_option(label="主动公开")
    doubtful.get_by_role("button", name="确认为草稿").click()
    expect(page.get_by_text("已生成1份草稿。")).to_be_visible()
    page.get_by_role("button", name="确认全部读准的（4份）").click()
    expect(page.get_by_text("已生成4份草稿。")).to_be_visible()


def _submits_in_a_batch(page: Page) -> None:
    page.get_by_role("link", name="到信息列表成批提交").click()
    for title in _TITLES:
        page.get_by_role("checkbox", name=f"选择：{title}").check()
    page.get_by_role("button", name="成批提交审核").click()
    expect(page.get_by_text("选中5条，可以办理5条")).to_be_visible()
    page.get_by_role("button", name="提交审核", exact=True).click()
    expect(page.get_by_text("共5条，已办理5条")).to_be_visible()


def _approves_in_a_batch(page: Page) -> None:
    page.goto("/desk/san-ren-zhen/records/?state=in_review")
    for title in _TITLES:
        page.get_by_role("checkbox", name=f"选择：{title}").check()
    page.get_by_role("button", name="成批审核通过").click()
    page.get_by_role("textbox", name="意见").fill("同意")
    page.get_by_role("button", name="审核通过（签发）", exact=True).click()
    expect(page.get_by_text("共5条，已办理5条")).to_be_visible()
