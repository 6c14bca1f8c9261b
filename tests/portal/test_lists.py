"""Agency and column pages, the newest of all, and paging through them."""

import datetime
import re
from urllib.parse import unquote

import pytest
from django.test import Client

from gongkai.accounts.viewer import SYSTEM
from gongkai.agencies.models import Agency
from gongkai.published.services import withdrawing
from tests.integration.published import building


def _html(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def _link(html: str, label: str) -> str:
    found = re.search(rf'href="([^"]+)"[^>]*>{label}</a>', html)
    assert found, label
    return unquote(found[1]).replace("&amp;", "&")


def _many(agency_id: int, count: int, **values: object) -> None:
    for number in range(count):
        building.entry(
            agency_id,
            title=f"第{number:02}号通知",
            published_at=building.AT + datetime.timedelta(hours=number),
            **values,
        )


def test_paging_reaches_every_entry_once(client: Client, bureau: Agency) -> None:
    _many(bureau.pk, 45)
    html = _html(client, "/agencies/jyj/")
    seen = re.findall(r"第(\d\d)号通知", html)
    while "下一页</a>" in html:
        html = _html(client, "/agencies/jyj/" + _link(html, "下一页").partition("/agencies/jyj/")[2])
        seen += re.findall(r"第(\d\d)号通知", html)
    assert seen == [f"{number:02}" for number in reversed(range(45))]
    last = re.findall(r"第(\d\d)号通知", _html(client, _link(_html(client, "/agencies/jyj/"), "末页")))
    assert last[-1] == "00"
    assert "第44号通知" in _html(client, _link(html, "首页"))


def test_a_year_can_be_chosen(client: Client, bureau: Agency) -> None:
    building.entry(bureau.pk, title="去年的", published_at=building.AT - datetime.timedelta(days=365))
    building.entry(bureau.pk, title="今年的")
    html = _html(client, "/latest/?year=2025")
    assert "去年的" in html
    assert "今年的" not in html
    assert "没有公开的信息" in _html(client, "/latest/?year=1999")


def test_a_column_shows_what_stands_in_it_and_below_it(client: Client, bureau: Agency) -> None:
    building.entry(bureau.pk, title="总体规划", node_code="plans")
    building.entry(bureau.pk, title="五年规划纲要", node_code="plans.five")
    building.entry(bureau.pk, title="收费标准", node_code="charges")
    html = _html(client, "/agencies/jyj/columns/plans/")
    assert "总体规划" in html
    assert "五年规划纲要" in html
    assert "收费标准" not in html
    assert "共 2 条" in html


def test_an_empty_column_says_why_it_is_empty(client: Client, bureau: Agency) -> None:
    assert "本机关没有收费项目。" in _html(client, "/agencies/jyj/columns/charges/")
    assert "本栏目暂无公开的信息。" in _html(client, "/agencies/jyj/columns/plans/")


def test_the_tree_marks_the_present_column_and_opens_the_branch_to_it(client: Client, bureau: Agency) -> None:
    html = _html(client, "/agencies/jyj/columns/plans.five/")
    assert re.search(r'columns/plans\.five/" aria-current="page"', html)
    assert "<details open>" in html


def test_the_four_blocks_and_the_request_entry_stand_on_the_agency_page(client: Client, bureau: Agency) -> None:
    building.entry(bureau.pk)
    html = _html(client, "/agencies/jyj/")
    for title in ("政府信息公开指南", "法定主动公开内容", "政府信息公开年报", "依申请公开"):
        assert f"{title}</a>" in html
    for head in ("索引号", "信息名称", "文号", "发布日期"):
        assert re.search(rf"<th[^>]*>{head}</th>", html)


def test_the_guide_is_read_on_its_own_page(client: Client, bureau: Agency) -> None:
    building.entry(bureau.pk, title="公开指南", node_code="guide", body_html="<p>如何获取信息</p>")
    html = _html(client, "/agencies/jyj/columns/guide/")
    assert "如何获取信息" in html
    assert "市教育局办公室" in html


def test_a_merged_agency_says_who_came_after_it(client: Client, bureau: Agency, city: Agency) -> None:
    Agency.objects.filter(pk=bureau.pk).update(valid_until=datetime.date(2025, 3, 1), successor=city)
    html = _html(client, "/agencies/jyj/")
    assert "本机关已于2025年3月1日撤并" in html
    assert 'href="/agencies/city/"' in html


def test_a_withdrawn_entry_leaves_the_list(client: Client, bureau: Agency) -> None:
    entry = building.entry(bureau.pk, title="将要撤下的", node_code="plans")
    withdrawing.withdraw(entry_id=entry.pk, ground="依据", actor=SYSTEM, at=building.AT)
    for path in ("/", "/latest/", "/agencies/jyj/", "/agencies/jyj/columns/plans/", "/feed.xml"):
        assert "将要撤下的" not in _html(client, path), path


def test_hostile_titles_are_shown_as_text(client: Client, bureau: Agency) -> None:
    entry = building.entry(bureau.pk, title="<script>alert(1)</script>通知", node_code="plans")
    for path in ("/", "/latest/", "/agencies/jyj/", f"/entries/{entry.pk}/", "/feed.xml"):
        assert "<script>alert" not in _html(client, path), path


@pytest.mark.parametrize(
    "query",
    [
        "older=abc",
        "older=1-",
        "newer=1%27%20OR%201=1",
        "year=abc",
        "year=99999",
        "last=2",
        "older=%00",
        "year=１９９９",
    ],
)
def test_an_address_that_was_tampered_with_is_refused(client: Client, bureau: Agency, query: str) -> None:
    response = client.get(f"/latest/?{query}")
    assert response.status_code == 400
    assert "请求不正确" in response.content.decode()


@pytest.mark.parametrize(
    "path",
    ["/agencies/nobody/", "/agencies/jyj/columns/nothing/", "/agencies/../etc/", "/entries/0/", "/entries/999999/",
     "/entries/99999999999999999999/", "/agencies/jyj/columns/%2e%2e/", "/agencies/jyj/feed.xml/x"],
)  # fmt: skip
def test_what_does_not_exist_is_a_404_that_helps(client: Client, bureau: Agency, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    html = response.content.decode()
    assert 'action="/search/"' in html
    assert "各机关政府信息公开目录" in html


def test_an_agency_is_found_by_a_part_of_its_name(client: Client, bureau: Agency, city: Agency) -> None:
    html = _html(client, "/agencies/?name=教育")
    assert 'href="/agencies/jyj/"' in html
    assert 'href="/agencies/city/"' not in html
    assert "没有名称中含“气象”的机关" in _html(client, "/agencies/?name=气象")


def test_an_address_without_its_last_slash_leads_on(client: Client, bureau: Agency) -> None:
    response = client.get("/agencies/jyj")
    assert (response.status_code, response.headers["Location"]) == (301, "/agencies/jyj/")


def test_the_home_page_leads_to_the_four_answers(client: Client, bureau: Agency) -> None:
    building.entry(bureau.pk, title="最新的通知", in_library=True)
    html = _html(client, "/")
    for address in ("/library/", "/agencies/", "/requests/", "/annual-reports/", "/latest/"):
        assert f'href="{address}"' in html
    assert html.count("最新的通知") == 2


def test_an_agency_page_leads_to_every_other_agency_by_kind(client: Client, bureau: Agency, city: Agency) -> None:
    panel = _html(client, "/agencies/jyj/").partition('class="switch"')[2].partition("</details>")[0]
    assert re.search(r'<p>人民政府</p><ul><li><a href="/agencies/city/"', panel)
    assert 'action="/agencies/"' in panel
    assert 'href="/elder/agencies/city/"' in _html(client, "/elder/agencies/jyj/")
