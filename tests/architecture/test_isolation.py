"""The isolation crawler: every desk URL as the wrong agency, as nobody, and with a foreign id at one's own agency.

The objects belong to agency A. 周 holds every casework post at agency B and must meet 404 wherever A's code or one
of A's ids stands in the URL, whatever the method. Nobody is sent to the sign-in page and learns nothing.
"""

import io
import zipfile

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from gongkai.accounts.domain import posts
from tests import cast
from tests.architecture import doors
from tests.factories import crawl

pytestmark = pytest.mark.django_db

SECRET_WORD = "只属于甲局的标题"


def _url(url: doors.DeskUrl, values: dict[str, object]) -> str:
    missing = [name for name in url.arguments if name not in values]
    assert not missing, f"tests/factories/crawl.py provides no value for {missing} of {url}"
    return reverse(url.name, kwargs={name: values[name] for name in url.arguments})


def test_the_wrong_agency_finds_nothing(client: Client) -> None:
    world = crawl.world(title=SECRET_WORD)
    cast.sign_in(client, world.stranger)
    visited = 0
    for url in doors.desk_urls():
        if not url.is_of_an_agency:
            continue
        for method in ("get", "post"):
            answer = getattr(client, method)(_url(url, world.values))
            assert answer.status_code == 404, f"{method} {url}: {answer.status_code}"
            assert SECRET_WORD not in answer.content.decode()
            visited += 1
    assert visited >= 10


def test_a_foreign_id_at_the_own_agency_finds_nothing(client: Client) -> None:
    world = crawl.world(title=SECRET_WORD)
    cast.sign_in(client, world.stranger)
    values = world.values | {"agency_code": world.stranger_agency.code}
    visited = 0
    for url in doors.desk_urls():
        foreign_ids = set(url.arguments) & crawl.OBJECT_ARGUMENTS
        if not url.is_of_an_agency or not foreign_ids:
            continue
        for method in ("get", "post"):
            answer = getattr(client, method)(_url(url, values))
            assert answer.status_code in {404, 405}, f"{method} {url}: {answer.status_code}"
            assert SECRET_WORD not in answer.content.decode()
            visited += 1
    assert visited >= 10


def test_lists_at_the_own_agency_show_nothing_of_another(client: Client) -> None:
    world = crawl.world(title=SECRET_WORD)
    cast.sign_in(client, world.stranger)
    values = world.values | {"agency_code": world.stranger_agency.code}
    for url in doors.desk_urls():
        if set(url.arguments) <= {"agency_code"}:
            answer = client.get(_url(url, values))
            assert SECRET_WORD not in _words(answer), str(url)


def _words(answer: HttpResponseBase) -> str:
    """What a page says, or the parts of a workbook that it hands out."""
    content: bytes = answer.getvalue()  # type: ignore[attr-defined]
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


def test_nobody_is_sent_to_the_sign_in_page(client: Client) -> None:
    world = crawl.world(title=SECRET_WORD)
    for url in doors.desk_urls():
        if url.access == "anyone":
            continue
        for method in ("get", "post"):
            answer = getattr(client, method)(_url(url, world.values))
            assert answer.status_code == 302, f"{method} {url}: {answer.status_code}"
            assert answer["Location"].startswith(reverse("accounts:sign_in"))


@pytest.mark.parametrize("post", sorted(posts.ADMINISTRATORS))
def test_an_administrator_opens_no_casework(client: Client, post: posts.Post) -> None:
    world = crawl.world(title=SECRET_WORD)
    cast.sign_in(client, cast.person("管理员", post=post, agency=world.agency))
    for url in doors.desk_urls():
        if url.is_of_an_agency:
            answer = client.get(_url(url, world.values))
            assert answer.status_code in {403, 404}, str(url)
            assert SECRET_WORD not in answer.content.decode()
