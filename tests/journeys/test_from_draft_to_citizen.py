"""The whole way of a record: drafted, checked, signed, cleared, public, found, corrected, withdrawn."""

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.integration.files import material
from tests.journeys import walking

pytestmark = pytest.mark.journey

_FROM_WORD = """
<h2 class="MsoHeading2" style="mso-outline-level:2">一、适用范围</h2>
<p class="MsoNormal"><span style="font-family:仿宋">在本市购置轮椅坡道器材的家庭，可以申领补贴。</span></p>
<table class="MsoTableGrid" border="1"><tbody><tr><th>档次</th><th>补贴标准</th></tr>
<tr><td>一档</td><td>每户三百元</td></tr></tbody></table>
"""
_ANNEX = material.docx("附件所列的琥珀街道办事处受理申请。")


def test_a_record_goes_from_the_draft_to_a_citizen_and_back(new_page: Callable[..., Page]) -> None:
    title = "关于发放家庭无障碍改造补贴的通知"
    li, wang, zhao, chen = (walking.at_desk(new_page, name) for name in ("李", "王", "赵", "陈"))

    walking.draft(li, title, paste_from=_FROM_WORD)
    expect(walking.editor(li).get_by_role("table")).to_be_visible()
    walking.attach(li, "受理点名单.docx", _ANNEX)
    expect(li.get_by_role("heading", name="发布前检查")).to_be_visible()
    walking.submit(li)

    walking.approve(wang, title, opinion="同意。")
    walking.clear(chen, title)
    walking.approve(zhao, title, verb="签发")
    address = walking.publish(chen, title)

    wu = new_page()
    _finds_and_reads(wu, title)
    assert wu.url.endswith(address)
    _is_corrected(li, (wang, chen, zhao), title, "原通知中的标准有误。")
    _sees_the_correction(wu, address)
    _is_withdrawn(chen, title, "依据第三十六条，内容已整合到新文件。")
    walking.search_until(wu, "坡道", title, is_found=False)
    answer = wu.goto(address)
    assert answer is not None
    assert answer.status == 410
    expect(wu.get_by_text("依据第三十六条，内容已整合到新文件。")).to_be_visible()
    expect(wu.get_by_text("轮椅坡道")).to_have_count(0)


def _finds_and_reads(wu: Page, title: str) -> None:
    in_annex = walking.search_until(wu, "琥珀", title)
    expect(in_annex.locator("mark").first).to_have_text("琥珀")
    in_text = walking.search_until(wu, "坡道", title)
    expect(in_text.locator("mark").first).to_have_text("坡道")
    in_text.get_by_role("link", name=title).click()
    expect(wu.get_by_role("heading", level=1, name=title)).to_be_visible()
    for name, value in {"发文机关": "甲局", "成文日期": walking.CREATED_ON, "索引号": "012345678"}.items():
        expect(wu.get_by_role("term").filter(has_text=re.compile(f"^{name}"))).to_be_visible()
        expect(wu.get_by_role("definition").filter(has_text=value).first).to_be_visible()
    expect(wu.get_by_role("heading", name="一、适用范围")).to_be_visible()
    expect(wu.get_by_role("cell", name="每户三百元")).to_be_visible()
    with wu.expect_download() as coming:
        wu.get_by_role("link", name="受理点名单").click()
    # The public copy has lost its traces; what is said in it is the same.
    with zipfile.ZipFile(coming.value.path()) as copy, zipfile.ZipFile(io.BytesIO(_ANNEX)) as original:
        assert copy.read("word/document.xml") == original.read("word/document.xml")


def _is_corrected(li: Page, others: tuple[Page, Page, Page], title: str, reason: str) -> None:
    wang, chen, zhao = others
    li.reload()
    walking.act(li, "更正")
    li.get_by_label("更正原因").fill(reason)
    li.get_by_role("button", name="开始更正").click()
    li.get_by_role("link", name="修改", exact=True).click()
    walking.editor(li).get_by_role("cell", name="每户三百元").fill("每户四百元")
    walking.submit(li)
    walking.approve(wang, title)
    walking.approve(zhao, title, verb="签发")
    walking.clear(chen, title)
    walking.publish(chen, title)


def _sees_the_correction(wu: Page, address: str) -> None:
    wu.goto(address)
    expect(wu.get_by_text("每户四百元")).to_be_visible()
    expect(wu.get_by_text("原通知中的标准有误。")).to_be_visible()


def _is_withdrawn(chen: Page, title: str, ground: str) -> None:
    chen.reload()
    walking.act(chen, "撤下")
    chen.get_by_label("撤下依据").fill(ground)
    chen.get_by_role("button", name="撤下").click()
    expect(chen.get_by_role("status").filter(has_text="已撤下")).to_be_visible()


def test_what_is_edited_after_clearance_is_cleared_again(new_page: Callable[..., Page]) -> None:
    title = "关于公布夜间照明检修安排的通知"
    li, wang, zhao, chen = (walking.at_desk(new_page, name) for name in ("李", "王", "赵", "陈"))
    walking.draft(li, title, body="每月第一周检修路灯。")
    walking.submit(li)
    walking.approve(wang, title)
    walking.clear(chen, title)

    li.reload()
    walking.act(li, "撤回修改")
    li.get_by_role("button", name="撤回修改").click()
    li.get_by_role("link", name="修改", exact=True).click()
    walking.editor(li).fill("每月第二周检修路灯。")
    walking.submit(li)
    walking.approve(wang, title)
    walking.approve(zhao, title, verb="签发")
    walking.take_up(chen, title)
    expect(chen.get_by_role("link", name="公开发布")).to_have_count(0)
    walking.clear(chen, title)
    walking.publish(chen, title)
