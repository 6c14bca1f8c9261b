"""The screens of a handover: look first, then act, then print."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.accounts.domain.posts import Post
from gongkai.groundwork import scoping
from gongkai.records.models import Record
from gongkai.workbench.models import Handover
from tests import cast as casting
from tests.cast import Cast, Person
from tests.factories import records

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Iterator[Cast]:
    assembled = casting.assemble()
    with scoping.narrow_to([assembled.agency.pk]):
        yield assembled


@pytest.fixture
def hui(cast: Cast) -> Person:
    return Person(casting.person("惠", post=Post.DRAFTER, agency=cast.agency), cast.agency)


def signed_in(person: Person) -> Client:
    client = Client()
    casting.sign_in(client, person)
    return client


def url(cast: Cast, name: str, **values: object) -> str:
    return reverse(f"workbench:{name}", kwargs={"agency_code": cast.agency.code, **values})


def post(cast: Cast, client: Client, to: Person, *, step: str) -> str:
    values = {"from_id": cast.li.user.pk, "to_id": to.user.pk, "reason": "调离", "step": step}
    return client.post(url(cast, "handover_new"), values, follow=True).content.decode()


def test_the_preview_shows_what_would_go_and_changes_nothing(cast: Cast, hui: Person) -> None:
    record = records.draft(cast)
    page = post(cast, signed_in(cast.chen), hui, step="preview")
    assert record.title in page
    assert "将移交1件" in page
    assert not Handover.objects.exists()


def test_the_confirmed_one_shows_its_list_for_print(cast: Cast, hui: Person) -> None:
    record = records.draft(cast)
    page = post(cast, signed_in(cast.chen), hui, step="confirm")
    assert record.title in page
    assert "工作交接清单" in page
    assert Record.objects.get(pk=record.pk).drafter_name == "惠"


def test_a_drafter_is_offered_the_own_work_only(cast: Cast, hui: Person) -> None:
    records.draft(cast)
    answer = signed_in(hui).get(url(cast, "handover_new"))
    assert [label for _, label in answer.context["form"].fields["from_id"].choices] == ["请选择", "惠"]


def test_a_party_sees_the_list_and_a_third_drafter_does_not(cast: Cast, hui: Person) -> None:
    records.draft(cast)
    post(cast, signed_in(cast.chen), hui, step="confirm")
    place = url(cast, "handover", handover_id=Handover.objects.get().pk)
    third = Person(casting.person("路", post=Post.DRAFTER, agency=cast.agency), cast.agency)
    assert [signed_in(person).get(place).status_code for person in (cast.li, hui, third)] == [200, 200, 404]


def test_the_list_of_handovers_asks_no_more_for_more(
    cast: Cast, hui: Person, django_assert_max_num_queries: object
) -> None:
    client = signed_in(cast.chen)
    for _ in range(3):
        records.draft(cast)
        post(cast, client, hui, step="confirm")
    with django_assert_max_num_queries(22):  # type: ignore[operator]
        assert client.get(url(cast, "handovers")).status_code == 200
