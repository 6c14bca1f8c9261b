"""Findings on the screens: in the text, beside it, set aside with a reason, read by eye."""

import io

import pytest
from django.test import Client

from gongkai.accounts.domain.duties import Duty
from gongkai.records.services import attachments
from tests import cast as casting
from tests.cast import AT, Cast, Person
from tests.desk import screens
from tests.factories import records
from tests.integration.files import material

pytestmark = pytest.mark.django_db
URL = "/desk/jia-ju/records/"


def _as(client: Client, person: Person) -> Client:
    casting.sign_in(client, person)
    return client


def test_a_reviewer_sees_the_place_in_the_text_and_comes_back_to_the_line(client: Client, cast: Cast) -> None:
    record = records.submitted(cast, body_html="<p>各单位要<strong>统一布</strong>署，抓好落实。</p>")
    page = screens.tree(_as(client, cast.wang).get(f"{URL}{record.pk}/review/"))
    (first, second) = page.xpath('//div[@class="document"]//a[contains(@class, "found")]')
    assert (first.text, second.text) == ("布", "署")
    (line,) = page.xpath(f'//li[@id="{first.get("href")[1:]}"]')
    assert "布署" in screens.words(line)
    assert "部署" in screens.words(line)
    assert line.xpath(f'.//a[@href="#{first.get("id")}"]')


def test_the_writing_page_leads_to_the_field(client: Client, cast: Cast) -> None:
    record = records.draft(cast, summary="联系13800138000", body_html="<p>统一布署。</p>")
    page = screens.tree(_as(client, cast.li).get(f"{URL}{record.pk}/edit/"))
    assert page.xpath('//aside//a[@href="#id_summary"]')
    assert page.xpath('//aside//a[@href="#id_body_html"]')


def test_what_is_kept_while_writing_comes_back_with_its_findings(client: Client, cast: Cast) -> None:
    record = records.draft(cast)
    values = {"title": "关于供暖的通知", "attribute": "proactive", "lock_version": record.lock_version}
    answer = _as(client, cast.li).post(f"{URL}{record.pk}/autosave/", {**values, "body_html": "<p>统一布署。</p>"})
    assert "布署" in answer.json()["findings"]


def test_a_finding_is_set_aside_with_a_reason_that_stays_to_be_read(client: Client, cast: Cast) -> None:
    record = records.draft(cast, body_html="<p>统一布署。</p>")
    li = _as(client, cast.li)
    (link,) = screens.tree(li.get(f"{URL}{record.pk}/")).xpath('//a[@class="finding-dismiss"]/@href')
    assert screens.errors(li.post(link, {"reason": ""})) == ["请填写理由。"]
    assert li.post(link, {"reason": "原文如此"})["Location"] == f"{URL}{record.pk}/"
    text = screens.text(li.get(f"{URL}{record.pk}/"))
    assert "已忽略 1 项" in text
    assert "原文如此" in text
    assert li.get(link).status_code == 404


def test_a_submission_that_is_refused_says_what_is_wrong(client: Client, cast: Cast) -> None:
    record = records.draft(cast, body_html="<p>身份证号：11010519491231002X。</p>")
    answer = _as(client, cast.li).post(f"{URL}{record.pk}/submit/", follow=True)
    assert "还不能提交：发布前检查没有通过" in screens.text(answer)
    assert "11010519491231002X" not in "".join(screens.notices(answer))


def test_a_reviewer_answers_for_a_scan(client: Client, cast: Cast) -> None:
    record = records.draft(cast)
    upload = attachments.Upload(stream=io.BytesIO(material.pdf()), file_name="扫描件.pdf")
    actor = cast.li.acting(Duty.DRAFT_RECORDS)
    attachments.attach(record_id=record.pk, upload=upload, actor=actor, at=AT)
    wang = _as(client, cast.wang)
    (link,) = screens.tree(wang.get(f"{URL}{record.pk}/")).xpath('//a[@class="finding-dismiss"]/@href')
    form = screens.tree(wang.get(link))
    (digest,) = form.xpath('//input[@name="digest"]/@value')
    assert screens.errors(wang.post(link, {"digest": digest})) == ["请先打开附件逐页阅看，再勾选确认。"]
    wang.post(link, {"digest": digest, "is_read": "on"})
    assert "没有文字层" not in screens.text(wang.get(f"{URL}{record.pk}/"))


def test_a_drafter_does_not_answer_for_a_scan(client: Client, cast: Cast) -> None:
    record = records.draft(cast)
    upload = attachments.Upload(stream=io.BytesIO(material.pdf()), file_name="扫描件.pdf")
    file = attachments.attach(record_id=record.pk, upload=upload, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=AT)
    assert _as(client, cast.li).get(f"{URL}{record.pk}/files/{file.pk}/read/").status_code == 403
