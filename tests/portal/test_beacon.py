"""The page tells that it is read: a line in a file, no cookie, no database, nobody in it."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from gongkai.agencies.models import Agency
from gongkai.portal import beacon
from tests.integration.published import building

pytestmark = pytest.mark.django_db
_AGENT = "Mozilla/5.0 (Windows NT 10.0) Chrome/86.0"


@pytest.fixture
def file(settings: Settings, tmp_path: Path) -> Path:
    settings.VIEWS_ROOT = tmp_path
    settings.VIEWS_FROM = "beacon"
    return tmp_path / "views.log"


def _tell(client: Client, body: str = "entry=12&file=0", **headers: str) -> int:
    sent = {"User-Agent": _AGENT, "Sec-Fetch-Site": "same-origin", **headers}
    answer = client.post("/reading/", body, content_type="application/x-www-form-urlencoded", headers=sent)
    assert not answer.cookies
    return answer.status_code


def test_a_line_is_added_without_a_query(
    client: Client, file: Path, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert _tell(client) == 204
        assert _tell(client, "entry=12&file=3") == 204
    lines = file.read_text().splitlines()
    assert [line.rsplit(" ", 1)[0] for line in lines] == ["12 0", "12 3"]
    assert all(len(line.split(" ")) == 3 for line in lines), "entry, file and day; nothing of the reader"


@pytest.mark.parametrize(
    "headers",
    [
        {"DNT": "1"},
        {"Sec-GPC": "1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://elsewhere.example"},
        {"User-Agent": "Googlebot/2.1"},
        {"User-Agent": ""},
    ],
)
def test_who_does_not_want_it_and_who_is_no_reader_is_not_counted(
    client: Client, file: Path, headers: dict[str, str]
) -> None:
    assert _tell(client, **headers) == 204
    assert not file.exists()


@pytest.mark.parametrize("body", ["", "entry=x", "entry=12&file=-1", "entry=" + "9" * 19, "entry=１２"])
def test_what_names_no_entry_is_not_counted(client: Client, file: Path, body: str) -> None:
    assert _tell(client, body) in {204, 413}
    assert not file.exists()


def test_it_is_small_and_it_is_not_read_by_get(client: Client, file: Path) -> None:
    assert _tell(client, "entry=12&more=" + "x" * 100) == 413
    assert client.get("/reading/").status_code == 405


def test_a_flood_and_a_full_file_are_let_pass(client: Client, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beacon, "_MOST_A_SECOND", 0)
    assert _tell(client) == 204
    assert not file.exists()
    monkeypatch.setattr(beacon, "_MOST_A_SECOND", 100)
    monkeypatch.setattr(beacon, "_LARGEST_FILE", 10)
    file.write_text("x" * 11)
    assert _tell(client) == 204
    assert file.stat().st_size == 11


def test_switched_off_there_is_nothing(client: Client, file: Path, settings: Settings, bureau: Agency) -> None:
    entry = building.entry(bureau.pk)
    assert 'data-tell="/reading/"' in client.get(f"/entries/{entry.pk}/").content.decode()
    settings.VIEWS_FROM = "log"
    assert _tell(client) == 404
    assert "data-tell" not in client.get(f"/entries/{entry.pk}/").content.decode()
