"""With JavaScript off the portal is whole, and the desk's main tasks can be done."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import exhibits, walking
from tests.journeys.conftest import PHONE, Site

pytestmark = pytest.mark.journey

_SNOW = "积雪"


@pytest.fixture
def reader(new_page: Callable[..., Page]) -> Page:
    """A citizen's browser without scripts."""
    page: Page = new_page(scripts=False)
    return page


def test_the_portal_is_searched_filtered_and_sorted(reader: Page) -> None:
    walking.search_until(reader, _SNOW, "关于清扫积雪的规定")
    filters = reader.get_by_role("navigation", name="筛选")
    before = reader.get_by_role("status").inner_text()
    filters.get_by_role("link", name="废止").click()
    expect(reader.get_by_role("heading", name="关于清扫积雪的暂行规定")).to_be_visible()
    expect(reader.get_by_role("status")).not_to_have_text(before)
    reader.get_by_role("list", name="已选条件").get_by_role("link").first.click()
    expect(reader.get_by_role("status")).to_have_text(before)
    reader.get_by_role("list", name="排序").get_by_role("link", name="发布时间").click()
    expect(reader.get_by_role("link", name="发布时间")).to_have_attribute("aria-current", "true")
    reader.get_by_label("只搜索标题").check()
    reader.get_by_role("button", name="搜索").click()
    expect(reader.get_by_role("heading", name="关于清扫积雪的规定")).to_be_visible()


def test_the_tree_and_the_list_are_leafed_through(reader: Page) -> None:
    reader.goto("/")
    reader.get_by_role("main").get_by_role("link", name="丙局").click()
    tree = reader.get_by_role("navigation", name="公开目录")
    tree.get_by_label("展开“法规文件”的下级栏目").click()
    tree.get_by_role("link", name="规范性文件").click()
    expect(reader.get_by_role("heading", level=1, name="规范性文件")).to_be_visible()
    expect(reader.get_by_role("searchbox", name="在目录中查找")).to_be_hidden()
    expect(reader.get_by_role("table").get_by_role("link").first).to_be_visible()


@pytest.mark.parametrize(
    "address",
    ["/latest/", "/search/?q=空气", "/library/", "/agencies/bing-ju/columns/art20_01_normative.normative/"],
)
def test_a_list_has_a_second_page(reader: Page, address: str) -> None:
    walking.search_until(reader, "空气 第1期", "空气质量通报（第1期）")
    reader.goto(address)
    pager = reader.get_by_role("navigation", name="翻页")
    first = _entries(reader)
    pager.get_by_role("link", name="下一页").click()
    assert _entries(reader).isdisjoint(first)
    pager.get_by_role("link", name="上一页").click()
    assert _entries(reader) == first


def _entries(reader: Page) -> set[str]:
    """The addresses of the entries on the page."""
    links = reader.get_by_role("main").get_by_role("link").all()
    addresses = {link.get_attribute("href") or "" for link in links}
    found = {address for address in addresses if address.startswith("/entries/")}
    assert found
    return found


def test_an_entry_is_read_and_followed_to_its_successor(reader: Page, site: Site) -> None:
    reader.goto(f"/entries/{exhibits.read(site.home)['entry_ended']}/")
    expect(reader.get_by_role("button", name="打印")).to_be_hidden()
    reader.get_by_role("note").get_by_role("link", name="关于清扫积雪的规定").click()
    expect(reader.get_by_role("cell", name="槐荫路")).to_be_visible()
    with reader.expect_download():
        reader.get_by_role("link", name="名单").click()


def test_large_type_stays_from_page_to_page(reader: Page) -> None:
    reader.goto("/")
    reader.get_by_role("link", name="长者模式").click()
    reader.get_by_role("main").get_by_role("link", name="丙局").click()
    assert "/elder/" in reader.url
    reader.get_by_role("link", name="退出长者模式").click()
    assert "/elder/" not in reader.url
    expect(reader.get_by_role("heading", level=1, name="丙局")).to_be_visible()


def test_the_sheets_of_a_phone_open(new_page: Callable[..., Page]) -> None:
    phone = new_page(scripts=False, viewport=PHONE)
    phone.goto("/agencies/bing-ju/")
    tree = phone.get_by_role("navigation", name="公开目录")
    expect(tree.get_by_role("link", name="法规文件")).to_be_hidden()
    phone.get_by_role("link", name="公开目录", exact=True).click()
    expect(tree.get_by_role("link", name="法规文件")).to_be_visible()
    tree.get_by_role("link", name="关闭目录").click()
    expect(tree.get_by_role("link", name="法规文件")).to_be_hidden()


def test_the_office_works(new_page: Callable[..., Page]) -> None:
    title = "关于公共自行车调度的通知"
    li, wang, zhao, chen = (walking.at_desk(new_page, name, scripts=False) for name in ("李", "王", "赵", "陈"))
    walking.draft(li, title, body="每日两次调度。\n\n高峰时增加一次。")
    walking.attach(li, "站点.txt", "鼓楼站、钟楼站".encode())
    li.get_by_role("button", name="移除 站点").click()
    expect(li.get_by_text("还没有附件。")).to_be_visible()
    walking.submit(li)
    walking.approve(wang, title)
    walking.approve(zhao, title, verb="签发")
    walking.clear(chen, title)
    address = walking.publish(chen, title)
    reader = new_page(scripts=False)
    reader.goto(address)
    expect(reader.get_by_role("paragraph").filter(has_text="高峰时增加一次。")).to_be_visible()
    walking.act(chen, "撤下")
    chen.get_by_label("撤下依据").fill("依据第三十六条，重复发布。")
    chen.get_by_role("button", name="撤下").click()
    expect(chen.get_by_role("status").filter(has_text="已撤下")).to_be_visible()
