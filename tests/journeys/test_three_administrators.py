"""三员: one opens the account, one grants the post, one reads what both did; none of them does casework."""

from collections.abc import Callable

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.journeys import walking

pytestmark = pytest.mark.journey

_CITY = "shi-zhengfu"
_OWN_PASSWORD = "Gongkai-journey-2026"


def test_a_new_colleague_comes_to_work_and_the_trail_shows_how(new_page: Callable[..., Page]) -> None:
    initial = _opens_the_account(walking.at_desk(new_page, "郑", agency=_CITY))
    _grants_the_post(walking.at_desk(new_page, "孔", agency=_CITY))
    secret = _takes_the_account_over(new_page(), initial)
    _signs_in_with_the_second_factor(new_page(), secret)
    _reads_the_trail(walking.at_desk(new_page, "曹", agency=_CITY))


def _opens_the_account(system: Page) -> str:
    system.get_by_role("link", name="人员", exact=True).click()
    system.get_by_role("link", name="新建人员").click()
    system.get_by_label("用户名").fill("jia-ju-he")
    system.get_by_label("姓名").fill("何")
    system.get_by_role("button", name="新建").click()
    expect(system.get_by_role("heading", name="何的初始密码")).to_be_visible()
    initial = system.get_by_role("main").get_by_role("code").inner_text()
    system.get_by_role("link", name="已记下，继续").click()
    expect(system.get_by_role("link", name="设置岗位")).to_have_count(0)
    return initial


def _grants_the_post(security: Page) -> None:
    security.get_by_role("link", name="岗位", exact=True).click()
    expect(security.get_by_role("link", name="新建人员")).to_have_count(0)
    security.get_by_role("searchbox").fill("何")
    security.get_by_role("button", name="查找").click()
    security.get_by_role("table").get_by_role("link", name="何").click()
    security.get_by_role("link", name="设置岗位").click()
    security.get_by_label("单位").select_option(label="甲局")
    security.get_by_label("岗位").select_option(label="承办人")
    security.get_by_role("button", name="设置岗位").click()
    expect(security.get_by_role("cell", name="承办人", exact=True)).to_be_visible()


def _takes_the_account_over(he: Page, initial: str) -> str:
    walking.sign_in(he, "he", password=initial)
    expect(he.get_by_role("heading", name="修改密码")).to_be_visible()
    he.goto("/desk/jia-ju/records/")
    expect(he.get_by_role("heading", name="修改密码")).to_be_visible()
    he.get_by_label("原密码").fill(initial)
    he.get_by_label("新密码", exact=False).first.fill(_OWN_PASSWORD)
    he.get_by_label("再输入一次新密码").fill(_OWN_PASSWORD)
    he.get_by_role("button", name="修改密码").click()
    expect(he.get_by_role("status").filter(has_text="密码已修改")).to_be_visible()
    he.get_by_role("link", name="启用", exact=True).click()
    secret = "".join(he.get_by_role("main").get_by_role("code").inner_text().split())
    he.get_by_label("动态口令").fill(pyotp.TOTP(secret).now())
    he.get_by_role("button", name="启用").click()
    expect(he.get_by_role("status").filter(has_text="动态口令已启用")).to_be_visible()
    return secret


def _signs_in_with_the_second_factor(he: Page, secret: str) -> None:
    walking.sign_in(he, "he", password=_OWN_PASSWORD)
    expect(he.get_by_role("alert").filter(has_text="动态口令不正确")).to_be_visible()
    totp = pyotp.TOTP(secret)
    following = totp.at(int(he.evaluate("Date.now()")) // 1000 + totp.interval)  # the code before was used up
    walking.sign_in(he, "he", password=_OWN_PASSWORD, code=following)
    expect(he.get_by_role("link", name="起草一条信息")).to_be_visible()


def _reads_the_trail(audit: Page) -> None:
    audit.get_by_role("main").get_by_role("link", name="审计记录").click()
    for who, what in (("郑", "新建人员"), ("孔", "设置岗位"), ("何", "修改密码"), ("何", "启用动态口令")):
        audit.get_by_role("textbox", name="人员").fill(who)
        audit.get_by_label("事项").select_option(label=what)
        audit.get_by_role("button", name="筛选").click()
        row = audit.get_by_role("row").filter(has=audit.get_by_role("cell", name=what, exact=True)).first
        expect(row).to_contain_text(who)
    audit.get_by_role("link", name="校验完整性").click()
    audit.get_by_role("button", name="开始校验").click()
    expect(audit.get_by_role("status").filter(has_text="首尾相连")).to_be_visible()


@pytest.mark.parametrize("name", ["郑", "孔", "曹"])
def test_an_administrator_opens_no_casework(new_page: Callable[..., Page], name: str) -> None:
    page = walking.at_desk(new_page, name, agency=_CITY)
    expect(page.get_by_role("navigation", name="主菜单").get_by_role("link", name="信息")).to_have_count(0)
    for address in ("records/", "records/new/", "records/catalogue/", "imports/"):
        for agency, status in ((_CITY, 403), ("jia-ju", 404)):
            answer = page.goto(f"/desk/{agency}/{address}")
            assert answer is not None
            assert answer.status == status
