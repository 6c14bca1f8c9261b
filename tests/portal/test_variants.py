"""长者模式 is an address, and the portal can stand under a path of an existing site."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import set_script_prefix
from pytest_django.fixtures import Settings

from gongkai.agencies.models import Agency
from tests.integration.published import building


def _local_links(html: str) -> set[str]:
    return {
        address
        for address in re.findall(r'(?:href|src|action)="([^"#]+)"', html)
        if address.startswith("/") and "static/" not in address
    }


def test_a_page_in_large_type_is_the_same_page_and_keeps_to_its_variant(client: Client, bureau: Agency) -> None:
    entry = building.entry(bureau.pk, title="同一条通知", node_code="plans")
    for path in ("", "latest/", "agencies/jyj/", "agencies/jyj/columns/plans/", f"entries/{entry.pk}/"):
        html = client.get(f"/elder/{path}").content.decode()
        assert 'class="elder"' in html
        assert "同一条通知" in html
        plain = {f"/{path}", "/"} & _local_links(html)
        others = _local_links(html) - {f"/{path}"}
        assert all(address.startswith("/elder/") for address in others), others
        assert plain == {f"/{path}"}, "the way out of the variant"


def test_the_plain_page_leads_to_the_large_one_with_its_query(client: Client, bureau: Agency) -> None:
    html = client.get("/latest/?year=2026").content.decode()
    assert 'href="/elder/latest/?year=2026"' in html
    html = client.get("/elder/latest/?year=2026").content.decode()
    assert 'href="/latest/?year=2026"' in html


def test_search_engines_see_one_page_only(client: Client, bureau: Agency) -> None:
    entry = building.entry(bureau.pk)
    html = client.get(f"/elder/entries/{entry.pk}/").content.decode()
    assert f'<link rel="canonical" href="http://testserver/entries/{entry.pk}/">' in html
    assert '<meta name="robots" content="noindex">' in html


def test_static_files_have_one_address_in_both_variants(client: Client, bureau: Agency) -> None:
    style = re.search(r'href="([^"]+portal\.css)"', client.get("/elder/").content.decode())
    plain = re.search(r'href="([^"]+portal\.css)"', client.get("/").content.decode())
    assert style
    assert plain
    assert style[1] == plain[1] == "/static/portal/portal.css"


def test_the_desk_has_no_variant(client: Client, bureau: Agency) -> None:
    assert client.get("/elder/desk/sign-in/").status_code == 404


class TestUnderAPath:
    @pytest.fixture(autouse=True)
    def mounted(self, settings: Settings) -> Iterator[None]:
        settings.FORCE_SCRIPT_NAME = "/zwgk"
        settings.PUBLIC_BASE_URL = "https://www.qingjiang.example/zwgk"
        yield
        set_script_prefix("/")

    def _html(self, client: Client, path: str) -> str:
        # What the real entry does before each request, and Django's test client does not.
        set_script_prefix("/zwgk/")
        response = client.get(path)
        return b"".join(iter(response)).decode()

    def test_every_link_stays_below_the_path(self, client: Client, bureau: Agency) -> None:
        entry = building.entry(bureau.pk, node_code="plans")
        for path in ("/", "/latest/", "/agencies/jyj/", f"/entries/{entry.pk}/", "/site-map/", "/search/"):
            links = _local_links(self._html(client, path))
            assert len(links) > 8
            assert all(address.startswith("/zwgk/") for address in links), path

    def test_the_large_variant_stands_below_the_path(self, client: Client, bureau: Agency) -> None:
        entry = building.entry(bureau.pk)
        html = self._html(client, f"/elder/entries/{entry.pk}/")
        way_out = f"/zwgk/entries/{entry.pk}/"
        assert way_out in _local_links(html)
        assert all(address.startswith("/zwgk/elder/") for address in _local_links(html) - {way_out})
        assert f'href="https://www.qingjiang.example/zwgk/entries/{entry.pk}/"' in html
        assert 'content="www.qingjiang.example"' in html

    def test_feeds_site_maps_and_interface_name_the_public_address(self, client: Client, bureau: Agency) -> None:
        entry = building.entry(bureau.pk)
        address = f"https://www.qingjiang.example/zwgk/entries/{entry.pk}/"
        assert address in self._html(client, "/feed.xml")
        assert address in self._html(client, "/sitemap-1.xml")
        assert address in self._html(client, "/api/public/v1/catalogue.json")
        assert "https://www.qingjiang.example/zwgk/sitemap.xml" in self._html(client, "/robots.txt")
