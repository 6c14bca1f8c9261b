"""The page of cuts: marked text, reasons, taking back; files with cuts say so in their title."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.groundwork import scoping
from gongkai.records.models import Attachment, Record
from tests import cast as casting
from tests.cast import Cast
from tests.factories import records

pytestmark = pytest.mark.django_db
URL = "/desk/jia-ju/records/"
BODY = "<p>联系人：欧阳修远。</p>"


@pytest.fixture
def li(client: Client, cast: Cast) -> Client:
    casting.sign_in(client, cast.li)
    return client


def _again(cast: Cast, record: Record) -> Record:
    with scoping.narrow_to([cast.agency.pk]):
        return Record.objects.get(pk=record.pk)


def _form(record: Record, **values: str) -> dict[str, str]:
    filled = {"text": "欧阳修远", "ground": "third_party_privacy", "note": "", "lock_version": f"{record.lock_version}"}
    return filled | values


def test_a_passage_is_cut_and_given_back(li: Client, cast: Cast) -> None:
    record = records.draft(cast, body_html=BODY)
    answer = li.post(f"{URL}{record.pk}/cuts/", _form(record), follow=True)
    text = answer.content.decode()
    assert "已删减1处" in text
    assert "〔删减：涉及个人隐私" in text
    assert "现有1处" in li.get(f"{URL}{record.pk}/edit/").content.decode()
    assert "删减1处" in li.get(f"{URL}{record.pk}/").content.decode()
    changed = _again(cast, record)
    li.post(f"{URL}{record.pk}/cuts/1/restore/", {"lock_version": f"{changed.lock_version}"})
    assert _again(cast, record).body_html == BODY


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"text": "没有的话"}, "没有这段文字"),
        ({"ground": ""}, "请选择理由"),
        ({"ground": "state_secret"}, "有效的?选项|选择一个有效"),
        ({"lock_version": "99"}, "刚刚被其他同志修改"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    li: Client, cast: Cast, values: dict[str, str], words: str
) -> None:
    record = records.draft(cast, body_html=BODY)
    answer = li.post(f"{URL}{record.pk}/cuts/", _form(record, **values))
    assert answer.status_code == 200
    assert any(word in answer.content.decode() for word in words.split("|"))
    assert _again(cast, record).body_html == BODY


def test_reviewers_read_the_words_and_why_they_are_kept_back(client: Client, cast: Cast) -> None:
    body = '<p>联系人：<mark data-ground="third_party_privacy">欧阳修远</mark>。</p>'
    record = records.submitted(cast, body_html=body)
    casting.sign_in(client, cast.wang)
    page = client.get(f"{URL}{record.pk}/review/").content.decode()
    assert "欧阳修远</mark>" in page
    assert "〔删减：涉及个人隐私" in page
    assert "欧阳修远" not in client.get(f"{URL}{record.pk}/versions/1/").content.decode()


def test_a_record_under_review_has_no_form(li: Client, cast: Cast) -> None:
    record = records.submitted(cast, body_html=BODY)
    page = li.get(f"{URL}{record.pk}/cuts/").content.decode()
    assert "现在不能修改" in page
    assert "要删减的文字" not in page


def test_a_file_with_cuts_says_why_in_its_title(li: Client, cast: Cast) -> None:
    record = records.draft(cast)
    sent = SimpleUploadedFile("名单.txt", "第一名：某某".encode())
    li.post(f"{URL}{record.pk}/files/", {"file": sent, "cut_ground": "third_party_privacy"})
    with scoping.narrow_to([cast.agency.pk]):
        title = Attachment.objects.get().title
    assert title == "名单（有删减，理由：涉及个人隐私，公开会损害第三方合法权益）"
