"""Writing on the desk: with and without the editor, errors at their fields, files, paste."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork import scoping
from gongkai.groundwork.files.models import StoredFile
from gongkai.records.models import Attachment, Record
from gongkai.records.services import review
from tests import cast as casting
from tests.cast import Cast
from tests.factories import records

pytestmark = pytest.mark.django_db
URL = "/desk/jia-ju/records/"
FORM = {
    "title": "关于开放体育场馆的通知",
    "issuer": "甲局",
    "attribute": "proactive",
    "created_on": "2026-11-16",
    "column_code": records.COLUMN,
    "body_html": "<p>每周六向市民免费开放。</p>",
}


@pytest.fixture
def li(client: Client, cast: Cast) -> Client:
    casting.sign_in(client, cast.li)
    return client


def _only(cast: Cast) -> Record:
    with scoping.narrow_to([cast.agency.pk]):
        return Record.objects.get()


class TestNew:
    def test_saves_a_draft_and_goes_on_writing(self, li: Client, cast: Cast) -> None:
        answer = li.post(f"{URL}new/", FORM)
        record = _only(cast)
        assert (answer.status_code, answer["Location"]) == (302, f"{URL}{record.pk}/edit/")
        assert (record.title, record.drafter_name) == ("关于开放体育场馆的通知", "李")

    def test_everything_of_the_standard_can_be_filled_in(self, li: Client, cast: Cast) -> None:
        more = {
            "service_object": "企业",
            "is_major_decision": "on",
            "publication_forms": ["网站", "公报"],
            "carriers": ["电子终端"],
            "scope": "面向社会",
            "time_limit": "长期公开",
            "procedure": "经审核后公开",
        }
        li.post(f"{URL}new/", FORM | more)
        record = _only(cast)
        assert (record.publication_forms, record.carriers) == (["网站", "公报"], ["电子终端"])
        assert (record.service_object, record.scope, record.is_major_decision) == ("企业", "面向社会", True)
        page = li.get(f"{URL}{record.pk}/edit/").content.decode()
        assert len(re.findall(r'value="(?:网站|公报|电子终端)"[^>]*checked', page)) == 3
        facts = li.get(f"{URL}{record.pk}/").content.decode()
        assert all(words in facts for words in ("网站、公报", "电子终端", "长期公开", "重大决策草案"))

    def test_a_word_that_an_import_brought_stays_a_choice(self, li: Client, cast: Cast) -> None:
        record = records.draft(cast, publication_forms=("公示栏",), service_object="残疾人")
        li.post(f"{URL}{record.pk}/edit/", FORM | {"publication_forms": ["公示栏"], "service_object": "残疾人"})
        assert (_only(cast).publication_forms, _only(cast).service_object) == (["公示栏"], "残疾人")

    def test_text_typed_without_the_editor_becomes_paragraphs(self, li: Client, cast: Cast) -> None:
        li.post(f"{URL}new/", FORM | {"body_html": "第一段 & 其他\n\n第二段"})
        assert _only(cast).body_html == "<p>第一段 &amp; 其他</p><p>第二段</p>"

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"title": ""}, "请填写标题"),
            ({"title": "机密★10年"}, "国家秘密标志"),
            ({"body_html": "<p>秘密★长期</p>"}, "国家秘密标志"),
            ({"created_on": "去年"}, "2026-01-31"),
            ({"column_code": "nowhere"}, "有效的?选项"),
            ({"attribute": "secret"}, "有效的?选项"),
        ],
    )
    def test_an_error_stands_at_its_field_and_nothing_is_lost(
        self, li: Client, cast: Cast, change: dict[str, str], words: str
    ) -> None:
        answer = li.post(f"{URL}new/", FORM | {"keywords": "体育 开放"} | change)
        text = answer.content.decode()
        assert answer.status_code == 200
        assert re.search(f'class="field-error"[^>]*>[^<]*{words}', text), text[-3000:]
        assert "体育 开放" in text
        with scoping.narrow_to([cast.agency.pk]):
            assert Record.objects.count() == 0

    def test_the_page_warns_of_secrets_at_the_text(self, li: Client) -> None:
        assert "严禁上传涉密信息" in li.get(f"{URL}new/").content.decode()

    def test_only_open_columns_are_offered(self, li: Client) -> None:
        text = li.get(f"{URL}new/").content.decode()
        assert 'value="art21_city_public_order"' in text
        assert 'value="statutory"' not in text
        assert 'value="art21_town_homesteads"' not in text


class TestEdit:
    def test_saves_and_submits_in_one_step(self, li: Client, cast: Cast) -> None:
        record = records.draft(cast)
        answer = li.post(f"{URL}{record.pk}/edit/", FORM | {"lock_version": 0, "submit": "1"})
        assert answer["Location"] == f"{URL}{record.pk}/"
        assert (_only(cast).state, _only(cast).title) == ("in_review", FORM["title"])

    def test_what_is_missing_is_said_and_the_draft_is_kept(self, li: Client, cast: Cast) -> None:
        record = records.draft(cast)
        answer = li.post(
            f"{URL}{record.pk}/edit/", FORM | {"lock_version": 0, "submit": "1", "created_on": ""}, follow=True
        )
        text = answer.content.decode()
        assert "还不能提交：请填写成文日期" in text
        assert 'href="#id_created_on"' in text
        assert (_only(cast).state, _only(cast).title) == ("draft", FORM["title"])

    def test_a_newer_version_is_not_overwritten_and_the_words_stay(self, li: Client, cast: Cast) -> None:
        record = records.draft(cast)
        li.post(f"{URL}{record.pk}/edit/", FORM | {"lock_version": 0})
        answer = li.post(f"{URL}{record.pk}/edit/", FORM | {"lock_version": 0, "title": "我的另一种写法"})
        text = answer.content.decode()
        assert "其他同志修改过" in text
        assert "我的另一种写法" in text
        assert _only(cast).title == FORM["title"]

    def test_why_it_came_back_stands_above_the_form(self, li: Client, cast: Cast) -> None:
        record = records.returned(cast)
        assert "请补充联系人。" in li.get(f"{URL}{record.pk}/edit/").content.decode()

    def test_a_record_under_review_is_not_changed(self, li: Client, cast: Cast) -> None:
        record = records.submitted(cast)
        text = li.post(f"{URL}{record.pk}/edit/", FORM | {"lock_version": 0}).content.decode()
        assert "状态下不能“修改”" in text
        assert _only(cast).title == records.content().title


class TestAutosave:
    def test_what_is_written_is_kept_and_the_form_learns_its_version(self, li: Client, cast: Cast) -> None:
        record = records.draft(cast)
        answer = li.post(f"{URL}{record.pk}/autosave/", FORM | {"lock_version": 0})
        assert answer.json()["lock_version"] == 1
        assert _only(cast).title == FORM["title"]

    @pytest.mark.parametrize(
        ("change", "words"),
        [({"lock_version": 7}, "其他同志"), ({"title": "机密★10年"}, "国家秘密标志"), ({"title": ""}, "请填写标题")],
    )
    def test_a_refusal_is_said_and_nothing_is_kept(
        self, li: Client, cast: Cast, change: dict[str, object], words: str
    ) -> None:
        record = records.draft(cast)
        answer = li.post(f"{URL}{record.pk}/autosave/", FORM | {"lock_version": 0} | change)
        assert answer.status_code == 422
        assert words in answer.json()["refused"]
        assert _only(cast).title == records.content().title


class TestFiles:
    def _send(self, li: Client, record: Record, content: str, name: str = "名单.txt") -> object:
        return li.post(f"{URL}{record.pk}/files/", {"file": SimpleUploadedFile(name, content.encode()), "title": ""})

    def test_a_file_is_added_moved_downloaded_and_removed(self, li: Client, cast: Cast) -> None:
        record = records.draft(cast)
        for name in ("甲.txt", "乙.txt"):
            assert self._send(li, record, f"内容{name}", name).status_code == 302  # type: ignore[attr-defined]
        with scoping.narrow_to([cast.agency.pk]):
            first, second = Attachment.objects.all()
        li.post(f"{URL}files/{second.pk}/up/")
        with scoping.narrow_to([cast.agency.pk]):
            assert [file.title for file in Attachment.objects.all()] == ["乙", "甲"]
        answer = li.get(f"{URL}files/{first.pk}/")
        assert b"".join(answer.streaming_content) == "内容甲.txt".encode()
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
        li.post(f"{URL}files/{first.pk}/remove/")
        with scoping.narrow_to([cast.agency.pk]):
            assert [file.title for file in Attachment.objects.all()] == ["乙"]

    @pytest.mark.parametrize(
        ("content", "name", "words", "status"),
        [
            ("机密★10年", "名单.txt", "涉密", 422),
            ("MZ", "程序.exe", "未保存", 415),
            ("", "空.txt", "空", 422),
        ],
    )
    def test_a_refused_file_is_explained_on_the_same_page(
        self, li: Client, cast: Cast, content: str, name: str, words: str, status: int
    ) -> None:
        record = records.draft(cast)
        answer = self._send(li, record, content, name)
        assert answer.status_code == status  # type: ignore[attr-defined]
        assert re.search(f'class="field-error"[^>]*>[^<]*{words}', answer.content.decode())  # type: ignore[attr-defined]
        assert StoredFile.objects.count() == 0

    def test_the_upload_says_that_secrets_are_forbidden(self, li: Client, cast: Cast) -> None:
        text = li.get(f"{URL}{records.draft(cast).pk}/edit/").content.decode()
        upload = text.split('enctype="multipart/form-data"')[1].split("</form>")[0]
        assert "严禁上传涉密信息" in upload


class TestPaste:
    def test_what_is_pasted_comes_back_as_it_would_be_stored(self, li: Client) -> None:
        pasted = '<p class="MsoHeading2" style="mso-outline-level:1">一、总则</p><p onclick=x>文<o:p></o:p></p>'
        assert li.post(f"{URL}clean/", {"html": pasted}).json() == {"html": "<h2>一、总则</h2><p>文</p>"}

    def test_a_secret_mark_is_refused_before_it_gets_into_the_text(self, li: Client) -> None:
        answer = li.post(f"{URL}clean/", {"html": "<p>机密<b>★</b>10年</p>"})
        assert answer.status_code == 422
        assert "严禁" in answer.json()["refused"]
        assert "html" not in answer.json()


def test_a_reviewer_does_not_write(client: Client, cast: Cast) -> None:
    record = records.draft(cast)
    casting.sign_in(client, cast.zhao)
    for path in ("new/", f"{record.pk}/edit/", f"{record.pk}/submit/", "clean/"):
        assert client.post(URL + path).status_code == 403
    assert cast.li.acting(Duty.DRAFT_RECORDS).post == "drafter"
    assert review.submit(record_id=record.pk, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=casting.AT)
