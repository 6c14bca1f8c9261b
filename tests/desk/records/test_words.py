"""The screens of the word lists."""

import pytest
from django.test import Client

from gongkai.accounts.domain.posts import Post
from tests import cast as casting
from tests.cast import Cast, Person
from tests.desk import screens

pytestmark = pytest.mark.django_db
URL = "/desk/jia-ju/records/"


def _as(client: Client, person: Person) -> Client:
    casting.sign_in(client, person)
    return client


def test_words_are_pasted_sought_and_taken_off(client: Client, cast: Cast) -> None:
    chen = _as(client, cast.chen)
    assert chen.post(f"{URL}words/", {"words": "供热处\t能源科\t错误\n老城区"})["Location"] == f"{URL}words/"
    assert len(screens.rows(chen.get(f"{URL}words/"))) == 2
    page = chen.get(f"{URL}words/?q=供热")
    assert "供热处 能源科 错误" in screens.rows(page)[0]
    (remove,) = screens.tree(page).xpath("//tbody//form/@action")
    chen.post(remove)
    assert "老城区" in screens.rows(chen.get(f"{URL}words/"))[0]


def test_a_line_that_does_not_fit_is_named_beside_the_field(client: Client, cast: Cast) -> None:
    assert screens.errors(_as(client, cast.chen).post(f"{URL}words/", {"words": "甲乙\n丙"})) == [
        "第2行：词语应为2至60个字。"
    ]


def test_only_the_supervisor_keeps_the_list_for_all(client: Client, cast: Cast) -> None:
    assert _as(client, cast.chen).get(f"{URL}platform-words/").status_code == 403
    above = Person(casting.person("督", post=Post.SUPERVISOR, agency=cast.agency), cast.agency)
    supervisor = _as(client, above)
    supervisor.post(f"{URL}platform-words/", {"words": "残次品"})
    assert "残次品" in screens.rows(supervisor.get(f"{URL}platform-words/"))[0]
