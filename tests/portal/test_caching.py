"""A shared cache may keep a page for a minute and ask whether it changed."""

import datetime

import pytest
from django.test import Client
from django.utils.http import parse_http_date

from gongkai.accounts.viewer import SYSTEM
from gongkai.agencies.models import Agency
from gongkai.published.services import releasing
from tests.integration.published import building


@pytest.mark.parametrize("path", ["/", "/latest/", "/agencies/jyj/", "/entries/{}/", "/feed.xml", "/sitemap.xml"])
def test_a_page_says_how_long_it_may_be_kept_and_knows_itself_again(client: Client, bureau: Agency, path: str) -> None:
    path = path.format(building.entry(bureau.pk, node_code="plans").pk)
    first = client.get(path)
    assert first.headers["Cache-Control"] == "max-age=0, s-maxage=50, must-revalidate"
    again = client.get(path, HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]


def test_an_entry_says_when_it_changed_and_answers_to_it(client: Client, bureau: Agency) -> None:
    entry = building.entry(bureau.pk)
    first = client.get(f"/entries/{entry.pk}/")
    assert parse_http_date(first.headers["Last-Modified"]) == int(entry.updated_at.timestamp())
    later = client.get(f"/entries/{entry.pk}/", HTTP_IF_MODIFIED_SINCE=first.headers["Last-Modified"])
    assert later.status_code == 304


def test_a_corrected_entry_is_sent_anew(client: Client, bureau: Agency) -> None:
    entry = building.entry(bureau.pk)
    tag = client.get(f"/entries/{entry.pk}/").headers["ETag"]
    releasing.release_correction(
        entry_id=entry.pk,
        content=building.content(bureau.pk, title="改过的标题"),
        reason="笔误",
        actor=SYSTEM,
        at=building.AT + datetime.timedelta(days=9),
    )
    again = client.get(f"/entries/{entry.pk}/", HTTP_IF_NONE_MATCH=tag)
    assert again.status_code == 200
    assert "改过的标题" in again.content.decode()


def test_an_error_page_is_not_kept(client: Client, bureau: Agency) -> None:
    assert "s-maxage" not in client.get("/nowhere/").headers.get("Cache-Control", "")


def test_a_head_request_has_the_headers_without_the_page(client: Client, bureau: Agency) -> None:
    response = client.head("/latest/")
    assert response.status_code == 200
    assert response.headers["ETag"] == client.get("/latest/").headers["ETag"]
    assert response.content == b""
