"""Absences and substitutes on the screen: one's own, those of the office, and appointments."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.domain.posts import Post
from gongkai.accounts.models import Absence, PostHolding, Substitute
from gongkai.groundwork import scoping
from tests import cast as casting
from tests.cast import Cast
from tests.desk import screens

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
DAYS = {"first_day": TODAY.isoformat(), "last_day": (TODAY + timedelta(days=2)).isoformat()}


@pytest.fixture
def cast() -> Iterator[Cast]:
    assembled = casting.assemble()
    with scoping.narrow_to([assembled.agency.pk]):
        yield assembled


def signed_in(person: casting.Person) -> Client:
    client = Client()
    casting.sign_in(client, person)
    return client


def away_url(cast: Cast, name: str = "away", **values: object) -> str:
    return reverse(f"accounts:{name}", kwargs={"agency_code": cast.agency.code, **values})


class TestOwnAbsence:
    def test_it_is_announced_and_shown_in_the_account(self, cast: Cast) -> None:
        client = signed_in(cast.li)
        client.post(reverse("accounts:absence_new"), DAYS)
        assert "外出中" in client.get(reverse("accounts:account")).content.decode()

    def test_wrong_days_are_told_and_nothing_is_kept(self, cast: Cast) -> None:
        answer = signed_in(cast.li).post(reverse("accounts:absence_new"), DAYS | {"last_day": "2020-01-01"})
        assert "早于" in answer.content.decode()
        assert not Absence.objects.exists()

    def test_a_colleague_s_absence_cannot_be_taken_back_from_the_account(self, cast: Cast) -> None:
        signed_in(cast.li).post(reverse("accounts:absence_new"), DAYS)
        url = reverse("accounts:absence_cancel", args=[Absence.objects.get().pk])
        assert signed_in(cast.wang).post(url).status_code == 404

    def test_the_substitute_is_told_on_the_first_screen(self, cast: Cast) -> None:
        holding = PostHolding.objects.get(user=cast.wang.user)
        Substitute.objects.create(holding=holding, person=cast.zhao.user, valid_from=TODAY)
        signed_in(cast.wang).post(reverse("accounts:absence_new"), DAYS)
        page = signed_in(cast.zhao).get(reverse("workbench:today")).content.decode()
        assert "王外出，您代行甲局承办科室负责人职责。" in page


class TestAbsencesOfTheOffice:
    def test_the_officer_enters_and_takes_back_a_colleague_s(self, cast: Cast) -> None:
        client = signed_in(cast.chen)
        client.post(away_url(cast, "away_new"), DAYS | {"person_id": str(cast.li.user.pk)})
        assert "李" in " ".join(screens.rows(client.get(away_url(cast))))
        client.post(away_url(cast, "away_cancel", absence_id=Absence.objects.get().pk))
        assert Absence.objects.get().cancelled_at is not None

    def test_somebody_of_another_office_is_no_choice(self, cast: Cast) -> None:
        answer = signed_in(cast.chen).post(away_url(cast, "away_new"), DAYS | {"person_id": str(cast.zhou.user.pk)})
        assert answer.status_code == 200
        assert not Absence.objects.exists()

    def test_a_drafter_may_not_see_it(self, cast: Cast) -> None:
        assert signed_in(cast.li).get(away_url(cast)).status_code == 403

    def test_posts_without_a_substitute_are_pointed_out(self, cast: Cast) -> None:
        assert "有5个岗位还没有B角" in signed_in(cast.chen).get(away_url(cast)).content.decode()

    def test_the_number_of_queries_does_not_grow_with_the_staff(
        self, cast: Cast, django_assert_max_num_queries: object
    ) -> None:
        for number in range(20):
            casting.person(f"同事{number}", post=Post.DRAFTER, agency=cast.agency)
        client = signed_in(cast.chen)
        with django_assert_max_num_queries(25):  # type: ignore[operator]
            client.get(away_url(cast))


class TestSubstitutes:
    def test_the_security_administrator_appoints_and_ends(self, cast: Cast) -> None:
        security = casting.person("孔", post=Post.SECURITY_ADMIN, agency=cast.agency)
        client = Client()
        casting.sign_in(client, security)
        holding = PostHolding.objects.get(user=cast.wang.user)
        values = {"person_id": cast.zhao.user.pk, "valid_from": TODAY.isoformat()}
        client.post(reverse("accounts:substitute_new", args=[holding.pk]), values)
        page = client.get(reverse("accounts:person", args=[cast.wang.user.pk]))
        assert "赵 终止" in " ".join(screens.rows(page))
        client.post(reverse("accounts:substitute_end", args=[Substitute.objects.get().pk]))
        assert Substitute.objects.get().valid_until == TODAY

    def test_the_system_administrator_may_not(self, cast: Cast) -> None:
        client = Client()
        casting.sign_in(client, casting.person("郑", post=Post.SYSTEM_ADMIN, agency=cast.agency))
        holding = PostHolding.objects.get(user=cast.wang.user)
        assert client.get(reverse("accounts:substitute_new", args=[holding.pk])).status_code == 403
