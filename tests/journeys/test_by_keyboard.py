"""The whole day without a mouse: every stop shows where the keyboard is."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys import walking

pytestmark = pytest.mark.journey

# The picture of a date field is a stop of its own inside the field; the browser itself draws its ring.
_SHOWS_FOCUS = """() => {
  const at = document.activeElement, style = getComputedStyle(at);
  const isRing = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return isRing || at === document.body || (at.type === "date" && !at.matches(":focus-visible"));
}"""


def _tab_to(page: Page, target: Locator, *, most: int = 90) -> None:
    """Presses Tab until the target has the keyboard; no stop on the way may hide it."""
    target.wait_for()
    for _ in range(most):
        page.keyboard.press("Tab")
        assert page.evaluate(_SHOWS_FOCUS), page.evaluate("document.activeElement.outerHTML")[:200]
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{most} times Tab never came to {target}")


def _go(page: Page, target: Locator) -> None:
    _tab_to(page, target)
    page.keyboard.press("Enter")


def _press_with_alt(page: Page, letter: str) -> None:
    """An access key. The driver's own key presses leave out the plain letter, by which the browser knows it."""
    key = {"key": letter, "unmodifiedText": letter, "windowsVirtualKeyCode": ord(letter.upper()), "modifiers": 1}
    protocol = page.context.new_cdp_session(page)
    for kind in ("keyDown", "keyUp"):
        protocol.send("Input.dispatchKeyEvent", {"type": kind, **key})
    protocol.detach()


def _signed_in(page: Page, name: str) -> Page:
    page.goto("/desk/sign-in/")
    expect(page.get_by_label("用户名")).to_be_focused()
    page.keyboard.type(f"jia-ju-{name}")
    page.keyboard.press("Tab")
    page.keyboard.type(walking.PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="今天需要我做什么")).to_be_visible()
    return page


def test_a_record_is_drafted_submitted_and_approved_with_keys_alone(new_page: Callable[..., Page]) -> None:
    title = "关于设置老年人助餐点的通知"
    li = _signed_in(new_page(), "李")
    _go(li, li.get_by_role("navigation", name="主菜单").get_by_role("link", name="信息"))
    _go(li, li.get_by_role("link", name="新建").first)
    _writes(li, title)
    _go(li, li.get_by_role("button", name="保存并提交审核"))
    expect(li.get_by_role("status").filter(has_text="已提交审核")).to_be_visible()
    _opens_and_closes_the_menu(li)

    wang = _signed_in(new_page(), "王")
    _go(wang, wang.get_by_role("main").get_by_role("link", name=title))
    _tab_to(wang, wang.get_by_label("意见"))
    wang.keyboard.type("同意。")
    _press_with_alt(wang, "a")
    expect(wang.get_by_role("status").filter(has_text=f"“{title}”已审核通过")).to_be_visible()


def _writes(li: Page, title: str) -> None:
    _tab_to(li, li.get_by_label("标题", exact=False).first)
    li.keyboard.type(title)
    _tab_to(li, li.get_by_label("成文日期"))
    for _ in ("year", "month", "day"):  # in whatever order the browser shows them
        li.keyboard.press("ArrowUp")
        li.keyboard.press("ArrowRight")
    expect(li.get_by_label("成文日期")).to_have_value(re.compile(r"^20\d\d-\d\d-\d\d$"))
    columns = li.get_by_label("公开栏目")
    _tab_to(li, columns)
    for _ in range(5):
        li.keyboard.press("ArrowDown")
    assert columns.input_value()
    _tab_to(li, walking.editor(li))
    li.keyboard.type("每个街道设置两处助餐点。")
    _go(li, li.get_by_role("button", name="保存", exact=True))
    expect(li.get_by_role("status").filter(has_text="草稿已保存")).to_be_visible()
    expect(walking.editor(li)).to_have_text("每个街道设置两处助餐点。")


def _opens_and_closes_the_menu(li: Page) -> None:
    opener = li.get_by_text("其他操作")
    _go(li, opener)
    _tab_to(li, li.get_by_role("link", name="撤回修改"), most=1)
    li.keyboard.press("Escape")
    expect(li.get_by_role("link", name="撤回修改")).to_be_hidden()
    expect(opener).to_be_focused()


def test_the_keyboard_goes_to_what_is_wrong(new_page: Callable[..., Page]) -> None:
    li = _signed_in(new_page(), "李")
    li.goto("/desk/jia-ju/records/new/")
    _go(li, li.get_by_role("button", name="保存", exact=True))
    expect(li.get_by_role("alert").filter(has_text="请填写标题")).to_be_focused()
    _go(li, li.get_by_role("alert").get_by_role("link", name="标题"))
    expect(li.get_by_label("标题", exact=False).first).to_be_focused()


@pytest.mark.parametrize("address", ["/", "/search/?q=通知", "/desk/sign-in/"])
def test_the_first_tab_leads_past_the_menus(new_page: Callable[..., Page], address: str) -> None:
    page = new_page()
    page.goto(address)
    page.evaluate("document.activeElement.blur()")  # the sign-in begins in its first field
    skip = page.get_by_role("link", name="跳到正文")
    _tab_to(page, skip, most=40)
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_the_portal_is_searched_and_read_with_keys_alone(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/")
    box = page.get_by_role("searchbox").first
    _tab_to(page, box)
    page.keyboard.type("没有这样的词语")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("没有找到")
    _go(page, page.get_by_role("main").get_by_role("link", name="各机关的公开目录"))
    _go(page, page.get_by_role("main").get_by_role("link", name="甲局").first)
    branch = page.get_by_role("navigation", name="公开目录").get_by_role("link", name="法规文件")
    _go(page, branch)
    expect(page.get_by_role("heading", level=1, name="法规文件")).to_be_visible()
