"""What programs read: Atom feeds, site maps, robots.txt."""

import datetime

import pytest
from django.test import Client
from lxml import etree

from gongkai.accounts.viewer import SYSTEM
from gongkai.agencies.models import Agency
from gongkai.portal import sitemaps
from gongkai.published.services import withdrawing
from tests.integration.published import building

ATOM = {"a": "http://www.w3.org/2005/Atom"}
MAP = {"m": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def _xml(client: Client, path: str) -> etree._Element:
    response = client.get(path)
    assert response.status_code == 200, path
    return etree.fromstring(response.content)


@pytest.mark.parametrize("path", ["/feed.xml", "/agencies/jyj/feed.xml", "/agencies/jyj/columns/statutory/feed.xml"])
def test_a_feed_tells_the_newest_with_address_and_times(client: Client, bureau: Agency, path: str) -> None:
    building.entry(bureau.pk, title="旧的", node_code="plans")
    entry = building.entry(
        bureau.pk,
        title="新的 & <重要>\x0b",
        node_code="plans.five",
        published_at=building.AT + datetime.timedelta(days=1),
    )
    feed = _xml(client, path)
    assert feed.xpath("a:entry/a:title/text()", namespaces=ATOM)[0] == "新的 & <重要>"
    assert feed.xpath("a:entry/a:id/text()", namespaces=ATOM)[0] == f"http://testserver/entries/{entry.pk}/"
    assert feed.xpath("a:entry/a:author/a:name/text()", namespaces=ATOM)[0] == "清江市教育局"
    assert feed.xpath("a:updated/text()", namespaces=ATOM)[0].startswith("2026-03-03T")


def test_an_empty_feed_is_a_feed(client: Client, bureau: Agency) -> None:
    assert _xml(client, "/agencies/jyj/feed.xml").xpath("count(a:entry)", namespaces=ATOM) == 0


def test_the_site_map_leads_to_every_listed_entry_and_agency(client: Client, bureau: Agency) -> None:
    kept, gone = building.entry(bureau.pk), building.entry(bureau.pk)
    withdrawing.withdraw(entry_id=gone.pk, ground="依据", actor=SYSTEM, at=building.AT)
    places: list[str] = []
    for part in _xml(client, "/sitemap.xml").xpath("m:sitemap/m:loc/text()", namespaces=MAP):
        inner = _xml(client, part.removeprefix("http://testserver"))
        places += inner.xpath("m:url/m:loc/text()", namespaces=MAP)
    assert f"http://testserver/entries/{kept.pk}/" in places
    assert f"http://testserver/entries/{gone.pk}/" not in places
    assert "http://testserver/agencies/jyj/" in places


def test_a_part_of_the_site_map_holds_no_more_than_it_may(
    client: Client, bureau: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "PER_PART", 2)
    for _ in range(5):
        building.entry(bureau.pk)
    parts = _xml(client, "/sitemap.xml").xpath("m:sitemap/m:loc/text()", namespaces=MAP)[1:]
    sizes = [
        int(_xml(client, part.removeprefix("http://testserver")).xpath("count(m:url)", namespaces=MAP))
        for part in parts
    ]
    assert sum(sizes) == 5
    assert max(sizes) <= 2
    assert client.get("/sitemap-999.xml").status_code == 404


def test_robots_are_kept_from_the_desk(client: Client, bureau: Agency) -> None:
    response = client.get("/robots.txt")
    assert "Disallow: /desk/" in response.content.decode()
    assert response.headers["Content-Type"].startswith("text/plain")
