"""The portal in a browser: nothing for axe-core to find, usable by keyboard, on a phone and without scripts."""

import json
import subprocess
import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import conftest
from tests.journeys.conftest import Site

pytestmark = pytest.mark.journey

PAGES = (
    "/",
    "/latest/",
    "/latest/?year=abc",
    "/agencies/",
    "/agencies/shi-zhengfu/",
    "/agencies/shi-zhengfu/columns/guide/",
    "/agencies/shi-zhengfu/columns/request_entry/",
    "/agencies/shi-zhengfu/columns/art20_08_charges/",
    "/library/?topic=教育",
    "/search/?q=校车",
    "/search/?q=没有这个词",
    "/requests/",
    "/annual-reports/",
    "/open-data/",
    "/accessibility/",
    "/site-map/",
    "/entries/{repealed}/",
    "/entries/{valid}/",
    "/entries/{stone}/",
    "/nowhere/",
)


@pytest.fixture(scope="module")
def entries(site: Site) -> dict[str, int]:
    """Ids by what became of the entry."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.portal_seed"], env=site.environment, check=True, capture_output=True
    )
    found: dict[str, int] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("variant", ["", "/elder"])
@pytest.mark.parametrize("viewport", [conftest.DESKTOP, conftest.PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_and_no_page_scrolls_sideways(
    new_page: Callable[..., Page], entries: dict[str, int], viewport: dict[str, int], variant: str
) -> None:
    page = new_page(viewport=viewport)
    wrong = {}
    for address in PAGES:
        page.goto(variant + address.format(**entries))
        found = conftest.problems_found_by_axe(page)
        if conftest.scrolls_sideways(page):
            found.append("scrolls sideways")
        if found:
            wrong[address] = found
    assert wrong == {}


def test_the_first_tab_leads_past_the_menus(new_page: Callable[..., Page], entries: dict[str, int]) -> None:
    page = new_page()
    page.goto(f"/entries/{entries['valid']}/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.querySelector('main').contains(document.activeElement)")


def test_a_document_is_found_without_scripts(
    new_page: Callable[..., Page], site: Site, entries: dict[str, int]
) -> None:
    page = new_page(scripts=False)
    found = page.get_by_role("link", name="关于校车安全的通知(第2号)")
    for _ in range(60):  # the worker needs a moment to bring new entries into the index
        page.goto("/")
        page.get_by_label("搜索公开信息").fill("校车安全 第2号")
        page.get_by_role("button", name="搜索").click()
        if found.count():
            break
        page.wait_for_timeout(500)
    found.first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("第2号")
    expect(page.get_by_role("button", name="打印")).to_have_count(0)


def test_a_repealed_document_leads_to_the_one_that_holds(
    new_page: Callable[..., Page], entries: dict[str, int]
) -> None:
    page = new_page()
    page.goto(f"/entries/{entries['repealed']}/")
    page.get_by_role("note").get_by_role("link").click()
    expect(page).to_have_url(f"/entries/{entries['valid']}/")


def test_the_tree_is_a_sheet_on_a_phone(new_page: Callable[..., Page], entries: dict[str, int]) -> None:
    page = new_page(viewport=conftest.PHONE)
    page.goto("/agencies/shi-zhengfu/")
    tree = page.get_by_role("navigation", name="公开目录")
    expect(tree).to_be_hidden()
    page.get_by_role("link", name="公开目录", exact=True).click()
    expect(tree).to_be_visible()
    page.keyboard.press("Escape")
    expect(tree).to_be_hidden()
    page.get_by_role("link", name="公开目录", exact=True).click()
    tree.get_by_role("link", name="规划计划").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("规划计划")


def test_large_type_is_offered_again_without_a_cookie(new_page: Callable[..., Page], entries: dict[str, int]) -> None:
    page = new_page()
    page.goto("/latest/")
    page.get_by_role("link", name="长者模式", exact=True).click()
    expect(page).to_have_url("/elder/latest/")
    page.goto("/agencies/")
    page.get_by_role("link", name="用长者模式打开").click()
    expect(page).to_have_url("/elder/agencies/")
    page.get_by_role("link", name="退出长者模式").click()
    expect(page.get_by_role("link", name="用长者模式打开")).to_have_count(0)
    assert page.context.cookies() == []


def test_the_size_of_the_text_is_kept_by_the_browser(new_page: Callable[..., Page], entries: dict[str, int]) -> None:
    page = new_page()
    page.goto(f"/entries/{entries['valid']}/")
    size = "() => getComputedStyle(document.querySelector('.body')).fontSize"
    before = page.evaluate(size)
    page.get_by_role("button", name="大", exact=True).click()
    page.reload()
    assert float(page.evaluate(size).removesuffix("px")) > float(before.removesuffix("px"))
    expect(page.get_by_role("button", name="大", exact=True)).to_have_attribute("aria-pressed", "true")


def test_a_page_weighs_little(new_page: Callable[..., Page], site: Site, entries: dict[str, int]) -> None:
    page = new_page()
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(len(response.body())) if response.ok else None)
    page.goto("/agencies/shi-zhengfu/", wait_until="networkidle")
    assert len(sizes) >= 3
    assert sum(sizes) < 100_000, "even before compression"
