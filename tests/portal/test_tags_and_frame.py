"""Mandatory tags and footer of 政府网站发展指引, and what every page of the portal keeps to."""

import re

import pytest
from django.test import Client

from gongkai.agencies.models import Agency
from tests.integration.published import building

SITE = {"SiteName", "SiteDomain", "SiteIDCode"}
COLUMN = {"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"}
ARTICLE = {"ArticleTitle", "PubDate", "ContentSource"}


def _tags(html: str) -> dict[str, str]:
    return dict(re.findall(r'<meta name="(\w+)" content="([^"]*)">', html))


def _get(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_the_home_page_has_the_three_tags_of_the_site(client: Client, city: Agency) -> None:
    tags = _tags(_get(client, "/"))
    assert tags["SiteName"] == "清江市政府信息公开平台"
    assert tags["SiteDomain"] == "testserver"
    assert tags["SiteIDCode"] == "4305000009"
    assert not (COLUMN | ARTICLE) & tags.keys()


@pytest.mark.parametrize(
    "path",
    ["/latest/", "/agencies/", "/agencies/jyj/", "/agencies/jyj/columns/plans/", "/library/", "/search/", "/requests/"],
)
def test_a_list_page_has_seven_tags(client: Client, bureau: Agency, no_index: None, path: str) -> None:
    tags = _tags(_get(client, path))
    assert tags.keys() >= SITE | COLUMN
    assert not ARTICLE & tags.keys()
    assert all(tags[name] for name in COLUMN)


def test_a_column_is_named_as_the_agency_names_it(client: Client, bureau: Agency) -> None:
    tags = _tags(_get(client, "/agencies/jyj/columns/plans/"))
    assert (tags["ColumnName"], tags["ColumnDescription"]) == ("规划计划", "规划和计划")


def test_an_entry_page_has_ten_tags_and_those_of_its_main_column(client: Client, bureau: Agency) -> None:
    entry = building.entry(
        bureau.pk, title="五年规划", node_code="plans", summary="未来五年", keywords="规划", published_at=building.AT
    )
    tags = _tags(_get(client, f"/entries/{entry.pk}/"))
    assert tags.keys() >= SITE | COLUMN | ARTICLE
    assert tags["ColumnName"] == "规划计划"
    assert tags["ArticleTitle"] == "五年规划"
    assert tags["PubDate"] == "2026-03-02 10:00"
    assert tags["ContentSource"] == "清江市教育局"
    assert tags["Description"] == "未来五年"
    assert tags["Keywords"] == "规划"
    assert tags["Url"] == f"http://testserver/entries/{entry.pk}/"


def test_the_footer_names_who_runs_the_site(client: Client, city: Agency) -> None:
    footer = _get(client, "/").partition("<footer")[2]
    for words in ("主办单位：清江市人民政府", "0990-1234567", "4305000009", "清ICP备00000001号", "网站地图", "找错"):
        assert words in footer


def test_what_is_not_configured_is_left_out(client: Client, db: None) -> None:
    building.agency("city", name="清江市人民政府", kind="government")
    html = _get(client, "/")
    for words in ("SiteIDCode", "网站标识码", "ICP", "公网安备", "找错", "联系电话"):
        assert words not in html


def test_an_invented_site_code_is_not_reported_to_the_national_site(client: Client, db: None) -> None:
    building.agency("city", name="清江市人民政府", kind="government", site_code="9901000001")
    html = _get(client, "/")
    assert "9901000001" in html
    assert "找错" not in html


def test_a_portal_without_any_agency_still_answers(client: Client, db: None) -> None:
    for path in ("/", "/latest/", "/agencies/", "/requests/", "/annual-reports/", "/site-map/", "/sitemap.xml"):
        assert client.get(path).status_code == 200, path


@pytest.mark.parametrize("path", ["/", "/latest/", "/agencies/jyj/", "/search/?q=规划", "/nowhere/", "/elder/"])
def test_no_page_sets_a_cookie_or_carries_a_token(client: Client, bureau: Agency, path: str) -> None:
    response = client.get(path, HTTP_COOKIE="gongkai_desk=abc; csrftoken=x")
    assert not response.cookies
    assert "csrf" not in response.content.decode()
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("path", ["/", "/agencies/jyj/", "/library/"])
def test_only_reading_is_possible(client: Client, bureau: Agency, path: str) -> None:
    assert client.post(path).status_code in {403, 405}
    assert client.put(path).status_code in {403, 405}


def test_a_request_for_a_strange_host_is_refused_politely(client: Client, city: Agency) -> None:
    response = client.get("/latest/", HTTP_HOST="evil.example")
    assert response.status_code == 400
    assert "请求不正确" in response.content.decode()
    assert "evil.example" not in response.content.decode()
