"""Ticking rows of the list, looking at the preview, and the result."""

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongkai.groundwork import scoping
from gongkai.records.domain.batches import BatchAct
from gongkai.records.models import BatchRun, Record
from tests import cast as casting
from tests.cast import Cast
from tests.desk import screens
from tests.factories import batches, records

pytestmark = pytest.mark.django_db
LIST = "/desk/jia-ju/records/"
NEW = f"{LIST}batches/new/"


def items(answer: HttpResponse) -> list[str]:
    return [str(value) for value in screens.tree(answer).xpath('//input[@name="item"]/@value')]


def states(cast: Cast) -> list[str]:
    with scoping.narrow_to([cast.agency.pk]):
        return list(Record.objects.order_by("id").values_list("state", flat=True))


def test_rows_can_be_ticked_by_who_may_do_something_with_many(client: Client, cast: Cast) -> None:
    record = records.draft(cast)
    casting.sign_in(client, cast.li)
    page = client.get(LIST)
    assert screens.tree(page).xpath('//input[@name="id"]/@value') == [str(record.pk)]
    assert screens.tree(page).xpath('//button[@name="act"]/@value') == ["submit"]
    casting.sign_in(client, cast.chen)
    assert screens.tree(client.get(LIST)).xpath('//button[@name="act"]/@value') == ["approve", "return", "publish"]


def test_the_preview_says_what_goes_and_why_not(client: Client, cast: Cast) -> None:
    good, bare = records.draft(cast, title="好的"), records.draft(cast, title="缺日期的", created_on=None)
    casting.sign_in(client, cast.li)
    answer = client.get(NEW, {"act": "submit", "id": [good.pk, bare.pk]})
    text = screens.text(answer)
    assert "选中2条，可以办理1条" in text
    assert "请填写成文日期" in text
    assert items(answer) == [f"{good.pk}:v0"]
    assert states(cast) == ["draft", "draft"]


def test_what_is_ticked_is_done_and_the_result_names_each(client: Client, cast: Cast) -> None:
    first, second = records.draft(cast, title="第一件"), records.draft(cast, title="第二件")
    casting.sign_in(client, cast.li)
    data = {"act": "submit", "item": [f"{first.pk}:v0", f"{second.pk}:v7"]}
    text = screens.text(client.post(NEW, data, follow=True))
    assert "共2条，已办理1条，没有办理1条" in text
    assert "内容在预览以后有改动" in text
    assert states(cast) == ["in_review", "draft"]


def test_all_in_the_filter_means_those_whose_state_fits(client: Client, cast: Cast) -> None:
    records.draft(cast, title="供暖一")
    records.draft(cast, title="供暖二")
    records.draft(cast, title="别的")
    records.submitted(cast, title="供暖三")
    casting.sign_in(client, cast.li)
    assert len(items(client.get(NEW, {"act": "submit", "all": "1", "q": "供暖"}))) == 2


def test_without_an_opinion_the_page_comes_back_with_what_was_chosen(client: Client, cast: Cast) -> None:
    record = records.submitted(cast)
    casting.sign_in(client, cast.wang)
    data = {"act": "approve", "item": [f"{record.pk}:{record.digest}"], "opinion": ""}
    answer = client.post(NEW, data)
    assert answer.status_code == 422
    assert "请填写意见" in screens.text(answer)
    assert len(items(answer)) == 1
    client.post(NEW, data | {"opinion": "同意"})
    with scoping.narrow_to([cast.agency.pk]):
        assert Record.objects.get(pk=record.pk).stage == "sign_off"


def test_nothing_ticked_is_said(client: Client, cast: Cast) -> None:
    casting.sign_in(client, cast.li)
    assert "没有选中的信息" in screens.text(client.get(NEW, {"act": "submit"}))


@pytest.mark.parametrize(("act", "status"), [("publish", 403), ("clear", 404), ("", 404)])
def test_an_act_of_others_or_none_at_all(client: Client, cast: Cast, act: str, status: int) -> None:
    casting.sign_in(client, cast.li)
    assert client.get(NEW, {"act": act}).status_code == status


def test_a_record_of_another_agency_is_not_there(client: Client, cast: Cast) -> None:
    record = records.draft(cast)
    casting.sign_in(client, cast.zhou)
    foreign = "/desk/yi-ju/records/batches/new/"
    assert items(client.get(foreign, {"act": "submit", "id": record.pk})) == []
    assert client.post(foreign, {"act": "submit", "item": f"{record.pk}:v0"}).status_code == 404
    assert states(cast) == ["draft"]


def test_the_result_is_the_own_agencys(client: Client, cast: Cast) -> None:
    run = batches.run(cast.li, BatchAct.SUBMIT, [records.draft(cast)])
    casting.sign_in(client, cast.zhou)
    assert client.get(f"/desk/yi-ju/records/batches/{run.pk}/").status_code == 404


def test_the_bar_until_the_worker_is_done(client: Client, cast: Cast) -> None:
    found = [records.draft(cast, title=f"第{number}件") for number in range(21)]
    run = batches.run(cast.li, BatchAct.SUBMIT, found)
    casting.sign_in(client, cast.li)
    answer = client.get(f"{LIST}batches/{run.pk}/progress/")
    assert "已完成 0 / 21" in answer.content.decode()
    assert "HX-Refresh" not in answer.headers


def test_the_result_of_many_costs_as_much_as_of_one(
    client: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    run: BatchRun = batches.run(cast.li, BatchAct.SUBMIT, [records.draft(cast) for _ in range(20)])
    casting.sign_in(client, cast.li)
    with django_assert_max_num_queries(15):
        client.get(f"{LIST}batches/{run.pk}/")
