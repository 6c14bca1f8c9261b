"""Bodies on the screens of the system administrator."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.accounts.domain.posts import Post
from gongkai.agencies.domain.kinds import AgencyKind
from gongkai.agencies.models import Agency
from tests import cast
from tests.desk import screens
from tests.integration.accounts.building import city, holder
from tests.integration.agencies.building import agency

pytestmark = pytest.mark.django_db

LIST = "/desk/system/agencies/"


@pytest.fixture
def root() -> Agency:
    return city()


@pytest.fixture
def system(client: Client, root: Agency) -> Client:
    cast.sign_in(client, holder("system", Post.SYSTEM_ADMIN, root))
    return client


def _url(name: str, body: Agency) -> str:
    return reverse(f"system:{name}", kwargs={"agency_id": body.pk})


def _form(**changes: Any) -> dict[str, Any]:
    usual = {
        "name": "数据局",
        "code": "data",
        "kind": "department",
        "valid_from": "2024-01-01",
        "in_city_sum": "unknown",
    }
    return usual | changes


def test_the_tree_shows_bodies_below_their_superior(system: Client, root: Agency) -> None:
    agency("data", name="数据局", parent_id=root.pk)
    agency("plate", name="大数据中心", staffed_by_id=root.pk)
    shown = screens.rows(system.get(LIST))
    assert shown[0].startswith("云溪市人民政府 city")
    assert shown[1].startswith("数据局 data 政府部门")
    assert "与云溪市人民政府合署" in shown[2]


@pytest.mark.parametrize(
    ("query", "count"), [("kind=town", 1), ("q=镇", 1), ("q=town", 1), ("state=ended", 1), ("q=无", 0)]
)
def test_the_tree_is_narrowed_by_kind_words_and_state(system: Client, query: str, count: int) -> None:
    agency("town", name="柳溪镇", kind=AgencyKind.TOWN)
    cast.agency("gone", "旧局", valid_until=date(2025, 1, 1))
    assert len(screens.rows(system.get(f"{LIST}?{query}"))) == count


def test_its_cost_does_not_grow_with_the_bodies(system: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(20):
        agency(f"body{number}")
    with django_assert_max_num_queries(16):
        system.get(LIST)


def test_a_body_is_entered_with_what_is_usual(system: Client) -> None:
    system.post(f"{LIST}new/", _form())
    made = Agency.objects.get(code="data")
    assert (made.short_name, made.in_city_sum, made.index_number_template) == ("数据局", True, "{org9}/{yyyy}-{seq:5}")


def test_a_wrong_identifier_is_refused_beside_its_field(system: Client) -> None:
    answer = system.post(f"{LIST}new/", _form(credit_code="111", site_code="12", index_number_template="{org9}"))
    assert len(screens.errors(answer)) == 3
    assert not Agency.objects.filter(code="data").exists()


def test_the_code_stays_whatever_is_sent(system: Client) -> None:
    body = agency("data")
    system.post(_url("agency_change", body), _form(code="other", name="大数据局"))
    body.refresh_from_db()
    assert (body.code, body.name) == ("data", "大数据局")


def test_a_merger_is_done_and_shown(system: Client, root: Agency) -> None:
    old = agency("old", name="粮食局")
    system.post(_url("agency_merge", old), {"into_id": root.pk, "on": "2026-01-01"})
    old.refresh_from_db()
    assert (old.successor, old.valid_until) == (root, date(2025, 12, 31))
    assert "并入云溪市人民政府" in screens.rows(system.get(f"{LIST}?state=ended"))[0]


def test_a_merger_before_the_body_began_is_refused_in_words(system: Client, root: Agency) -> None:
    answer = system.post(_url("agency_merge", agency("old")), {"into_id": root.pk, "on": "2001-01-01"})
    assert screens.errors(answer) == ["终止日期早于设立日期。"]


def test_a_body_with_others_below_it_does_not_end(system: Client, root: Agency) -> None:
    agency("data", parent_id=root.pk)
    answer = system.post(_url("agency_end", root), {"last_day": "2026-01-01"})
    assert "下级机构" in screens.errors(answer)[0]


@pytest.mark.parametrize("post", [Post.DISCLOSURE_OFFICER, Post.SECURITY_ADMIN, Post.AUDIT_ADMIN])
def test_nobody_else_keeps_bodies(client: Client, root: Agency, post: Post) -> None:
    cast.sign_in(client, holder("someone", post, root))
    assert client.get(LIST).status_code == 403
    assert client.post(_url("agency_end", root), {"last_day": "2026-01-01"}).status_code == 403
    root.refresh_from_db()
    assert root.valid_until is None
