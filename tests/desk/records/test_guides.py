"""The screen of guide and rules."""

from datetime import date

import pytest
from django.test import Client

from gongkai.agencies.models import Agency
from gongkai.records.domain.guide import REQUIRED
from gongkai.records.services import looking_over
from tests import cast as casting
from tests.cast import AT, Cast
from tests.desk import screens
from tests.factories import records

pytestmark = pytest.mark.django_db
URL = "/desk/jia-ju/records/guide/"


def test_a_guide_is_written_from_the_institution_data(client: Client, cast: Cast) -> None:
    Agency.objects.filter(pk=cast.agency.pk).update(phone="0123-4567890")
    casting.sign_in(client, cast.li)
    page = screens.tree(client.get(f"{URL}write/"))
    assert page.xpath('//input[@name="phone"]/@value') == ["0123-4567890"]
    assert "请填写信息的分类。" in screens.errors(client.post(f"{URL}write/", {"phone": "1"}))
    answer = client.post(f"{URL}write/", dict.fromkeys(REQUIRED, "有"), follow=True)
    assert "指南已写好，请核对后提交审核。" in screens.notices(answer)
    assert "甲局政府信息公开指南" in screens.text(answer)


def test_the_keeper_is_reminded_and_says_that_it_still_holds(client: Client, cast: Cast) -> None:
    written_on = {"created_on": date(2024, 1, 2), "document_number": ""}
    records.published(cast, column_code="guide", title="指南", at=AT.replace(year=2024), **written_on)
    looking_over.look_over(at=AT)
    casting.sign_in(client, cast.chen)
    assert "请核对指南" in screens.text(client.get("/desk/"))
    answer = client.post(f"{URL}check/", {"what": "guide"}, follow=True)
    assert "已记录：指南核对无误。" in screens.notices(answer)
    assert "请核对指南" not in screens.text(client.get("/desk/"))


def test_a_drafter_writes_but_does_not_check(client: Client, cast: Cast) -> None:
    casting.sign_in(client, cast.li)
    assert client.post(f"{URL}check/", {"what": "guide"}).status_code == 403
    casting.sign_in(client, cast.chen)
    assert client.get(f"{URL}write/").status_code == 403
    casting.sign_in(client, cast.wang)
    assert client.get(URL).status_code == 403
