"""What people do at the desk and on the portal, in their own words: roles and labels, never markup."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Locator, Page, expect

PASSWORD = "correct-horse-battery-7"
CREATED_ON = (datetime.now(tz=UTC) - timedelta(days=1)).date().isoformat()
COLUMN = "其他文件"


def sign_in(page: Page, name: str, *, agency: str = "jia-ju", password: str = PASSWORD, code: str = "") -> None:
    """Signs a person of the cast in; they end up where the desk puts them."""
    page.goto("/desk/sign-in/")
    page.get_by_label("用户名").fill(f"{agency}-{name}")
    page.get_by_label("密码").fill(password)
    page.get_by_label("动态口令").fill(code)
    page.get_by_role("button", name="登录").click()


def at_desk(new_page: Callable[..., Page], name: str, *, scripts: bool = True, **where: str) -> Page:
    """A desk of one's own: a fresh browser, signed in, at the first screen."""
    page: Page = new_page(scripts=scripts)
    sign_in(page, name, **where)
    expect(page.get_by_role("heading", name="今天需要我做什么")).to_be_visible()
    return page


def draft(page: Page, title: str, *, body: str = "", paste_from: str = "", column: str = COLUMN) -> None:
    """Begins a record from the first screen and saves it; ``paste_from`` is a page of HTML to copy from."""
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="信息").click()
    page.get_by_role("link", name="新建").first.click()
    fill_in(page, title, column=column)
    if paste_from:
        paste(page, paste_from)
    elif body:
        editor(page).fill(body)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="草稿已保存")).to_be_visible()


def fill_in(page: Page, title: str, *, column: str = COLUMN) -> None:
    """The fields without which nothing can be submitted."""
    page.get_by_label("标题", exact=False).first.fill(title)
    page.get_by_label("成文日期").fill(CREATED_ON)
    page.get_by_label("公开栏目").select_option(label=_option(page, column))


def _option(page: Page, words: str) -> str:
    """The choice that carries these words; deeper columns are set in by blanks."""
    options = page.get_by_label("公开栏目").get_by_role("option").all_text_contents()
    return next(option for option in options if option.strip("　 ") == words)


def editor(page: Page) -> Locator:
    """Where the text is written, with the editor or without scripts."""
    return page.get_by_role("textbox", name="正文")


def paste(page: Page, html: str) -> None:
    """Copies everything from a page of its own and pastes it into the text."""
    source = page.context.new_page()
    source.set_content(html)
    source.keyboard.press("Control+A")
    source.keyboard.press("Control+C")
    source.close()
    editor(page).click()
    with page.expect_response(lambda answer: answer.url.endswith("/clean/")):
        page.keyboard.press("Control+V")


def attach(page: Page, name: str, content: bytes) -> None:
    """Adds a file to the saved draft."""
    chooser = page.get_by_label("文件").and_(page.get_by_role("button"))
    chooser.set_input_files({"name": name, "mimeType": "", "buffer": content})
    page.get_by_role("button", name="添加附件").click()
    expect(page.get_by_role("listitem").filter(has_text=name.partition(".")[0])).to_be_visible()


def submit(page: Page) -> None:
    """Saves and hands in."""
    page.get_by_role("button", name="保存并提交审核").click()
    expect(page.get_by_role("status").filter(has_text="已提交审核")).to_be_visible()


def take_up(page: Page, title: str) -> None:
    """Opens what waits on the first screen."""
    page.goto("/desk/")
    page.get_by_role("main").get_by_role("link", name=title).first.click()


def approve(page: Page, title: str, *, opinion: str = "", verb: str = "审核通过") -> None:
    """Decides the stage that waits for this person."""
    take_up(page, title)
    page.get_by_label("意见").fill(opinion)
    page.get_by_role("button", name=verb).click()
    expect(page.get_by_role("status").filter(has_text=title)).to_be_visible()


def clear(page: Page, title: str) -> None:
    """Concludes that the record may be public."""
    take_up(page, title)
    if page.get_by_role("link", name="保密审查").count():
        page.get_by_role("link", name="保密审查").click()
    page.get_by_label("可以公开").check()
    page.get_by_role("button", name="作出结论").click()
    expect(page.get_by_role("status").filter(has_text=title)).to_be_visible()


def publish(page: Page, title: str) -> str:
    """Publishes what waits, and gives the public address."""
    take_up(page, title)
    page.get_by_role("link", name="公开发布").click()
    page.get_by_role("button", name="公开发布").click()
    expect(page.get_by_role("status").filter(has_text="已公开发布")).to_be_visible()
    address = page.get_by_role("link", name="查看公开页面").get_attribute("href")
    assert address is not None
    return address


def act(page: Page, name: str) -> None:
    """Chooses one of the less usual acts of a case."""
    page.get_by_text("其他操作").click()
    page.get_by_role("link", name=name, exact=True).click()


def search_until(page: Page, words: str, title: str, *, is_found: bool = True, seconds: float = 30) -> Locator:
    """Asks the portal again until the index has caught up; gives the hit."""
    deadline = time.monotonic() + seconds
    while True:
        page.goto("/search/")
        page.get_by_role("searchbox", name="要找的词").fill(words)
        page.get_by_role("button", name="搜索").click()
        hit = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=title))
        if bool(hit.count()) is is_found:
            return hit
        assert time.monotonic() < deadline, f"{title!r} is {'not ' * is_found}found by {words!r} within {seconds} s"
        page.wait_for_timeout(300)
