"""Key areas on the desk and on the public pages."""

import pytest
from django.test import Client

from gongkai.published.selectors import remembered
from tests import cast as casting
from tests.cast import Cast
from tests.desk import screens
from tests.factories import records

pytestmark = pytest.mark.django_db
URL = "/desk/jia-ju/records/key-areas/"


def test_columns_are_ticked_and_the_numbers_follow(client: Client, cast: Cast) -> None:
    record = records.published(cast, column_code="art20_04_statistics")
    casting.sign_in(client, cast.chen)
    assert "没有指定栏目" in screens.text(client.get(URL))
    answer = client.post(f"{URL}finance.debt/", {"columns": ["art20_04_statistics"]}, follow=True)
    assert "已保存，公开页面随之更新。" in screens.notices(answer)
    row = next(row for row in screens.rows(answer) if "地方政府债务" in row)
    assert "统计信息 1" in row
    assert "统计信息 0" not in "".join(screens.rows(client.get(f"{URL}?year=2026")))
    remembered.forget_everything()
    assert "地方政府债务" in client.get("/key-areas/").content.decode()
    assert record.title in client.get("/key-areas/finance.debt/").content.decode()
    assert "还没有公开的信息" in client.get("/key-areas/finance.budget/").content.decode()


@pytest.mark.parametrize("place", ["finance/", "nowhere/"])
def test_what_is_no_part_is_not_found(client: Client, cast: Cast, place: str) -> None:
    casting.sign_in(client, cast.chen)
    assert client.get(f"{URL}{place}").status_code == 404
    assert client.get(f"/key-areas/{place}").status_code == 404


def test_only_the_keeper_enters(client: Client, cast: Cast) -> None:
    casting.sign_in(client, cast.li)
    assert client.get(URL).status_code == 403
