"""Dropping files on the desk: the door, what the clerk sees and changes, and drafts for all that is complete."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings
from tools import papers
from tools.papers import Paper

from gongkai.groundwork import scoping
from gongkai.imports import selectors
from gongkai.imports.domain.dropping import State
from gongkai.imports.models import DroppedBatch
from gongkai.records.models import Record
from tests import cast as casting
from tests.cast import Cast
from tests.desk import screens
from tests.factories import drops, records

pytestmark = pytest.mark.django_db
GOOD = papers.docx(Paper())


@pytest.fixture(autouse=True)
def _own_store(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def cast() -> Cast:
    return casting.assemble()


def url(name: str, cast: Cast, *arguments: int) -> str:
    return reverse(f"imports:{name}", args=[cast.agency.code, *arguments])


def other(number: int, **values: str) -> bytes:
    return papers.docx(Paper(number=f"甲政办发〔2026〕{number}号", **values))  # type: ignore[arg-type]


def press(client: Client, cast: Cast, batch: DroppedBatch, act: str, **values: str) -> HttpResponse:
    """Sends the page as it stands, changed by ``values``."""
    page = screens.tree(client.get(url("drop", cast, batch.pk)))
    sent = {}
    for field in page.xpath('//main//form[@method="post"]//*[@name and (self::input or self::select)]'):
        sent[field.get("name")] = field.value or ""
    data = sent | values | {"act": act}
    return client.post(url("drop", cast, batch.pk), data, follow=True)  # type: ignore[return-value]


class TestTheDoor:
    def test_files_come_in_and_the_batch_shows_how_far_it_is(self, client: Client, cast: Cast) -> None:
        casting.sign_in(client, cast.li)
        files = [SimpleUploadedFile("一.docx", GOOD), SimpleUploadedFile("二.exe", b"MZ")]
        answer = client.post(url("drop_new", cast), {"documents": files}, follow=True)
        text = screens.text(answer)
        assert "读取进度：已完成 1 / 2" in text
        assert "不接收这种格式" in text

    @pytest.mark.parametrize(
        ("files", "words"),
        [
            ([], "请选择要起草的文件"),
            ([("坏.docx", b"no")], "格式与扩展名不符"),
            ([(f"{number}.docx", GOOD) for number in range(51)], "一次最多50份文件，这次有51份"),
        ],
    )
    def test_what_cannot_come_in_is_said_beside_the_field(
        self, client: Client, cast: Cast, files: list[tuple[str, bytes]], words: str
    ) -> None:
        casting.sign_in(client, cast.li)
        sent = [SimpleUploadedFile(name, content) for name, content in files]
        assert words in screens.text(client.post(url("drop_new", cast), {"documents": sent} if sent else {}))

    def test_only_drafters_may_and_the_menu_says_so(self, client: Client, cast: Cast) -> None:
        casting.sign_in(client, cast.zhao)
        assert client.get(url("drops", cast)).status_code == 403
        assert url("drops", cast) not in client.get("/desk/").content.decode()
        casting.sign_in(client, cast.li)
        assert url("drops", cast) in client.get("/desk/").content.decode()


class TestTheBatch:
    def test_it_shows_what_was_read_where_and_what_wants_a_look(self, client: Client, cast: Cast) -> None:
        files = drops.read(cast, {"一.docx": GOOD, "二.docx": other(13, written="2025年1月5日", note="")})
        casting.sign_in(client, cast.li)
        text = screens.text(client.get(url("drop", cast, files[0].batch_id)))
        assert "读自版头" in text
        assert "主送机关 各科室、各直属单位" in text
        assert "请核对：成文日期、公开属性、发文字号" in text
        assert "落款写的是“2025-01-05”。文号年份2026与成文日期的年份2025不一致" in text
        assert "确认全部读准的（1份）" in text

    def test_all_complete_ones_become_drafts_the_others_stay(self, client: Client, cast: Cast) -> None:
        files = drops.read(cast, {"一.docx": GOOD, "二.docx": other(13, note=""), "三.docx": other(14)})
        casting.sign_in(client, cast.li)
        text = screens.text(press(client, cast, files[0].batch, "all"))
        assert "已生成2份草稿" in text
        states = [file.state for file in drops.files_of(cast, files[0].batch)]
        assert states == [State.DRAFTED, State.READY, State.DRAFTED]

    def test_one_is_put_right_and_confirmed_and_the_others_keep_what_was_written(
        self, client: Client, cast: Cast
    ) -> None:
        first, second = drops.read(cast, {"一.docx": other(13, note=""), "二.docx": other(14)})
        casting.sign_in(client, cast.li)
        written = {f"{first.pk}-attribute": "proactive", f"{second.pk}-title": "改过的标题"}
        press(client, cast, first.batch, f"confirm-{first.pk}", **written)
        done, kept = drops.files_of(cast, first.batch)
        assert (done.state, done.record.attribute if done.record else "") == (State.DRAFTED, "proactive")
        assert (kept.state, kept.values["title"]) == (State.READY, "改过的标题")

    def test_what_cannot_be_kept_is_said_at_its_file_and_nothing_is_confirmed(self, client: Client, cast: Cast) -> None:
        first, second = drops.read(cast, {"一.docx": other(13), "二.docx": other(14)})
        casting.sign_in(client, cast.li)
        answer = press(client, cast, first.batch, "all", **{f"{first.pk}-created_on": "昨天"})
        assert "请按“2026-01-31”的样式填写日期" in screens.text(answer)
        with scoping.narrow_to([cast.agency.pk]):
            assert not Record.objects.exists()
        assert second.state == State.READY

    def test_one_that_fails_does_not_stop_the_rest(self, client: Client, cast: Cast) -> None:
        first, _ = drops.read(cast, {"一.docx": other(13), "二.docx": other(14)})
        records.draft(cast, document_number="甲政办发〔2026〕13号")
        casting.sign_in(client, cast.li)
        text = screens.text(press(client, cast, first.batch, "all"))
        assert "“一.docx”没有成为草稿：文号相同的信息已有" in text
        assert "已生成1份草稿" in text

    def test_a_duplicate_leads_to_what_is_there(self, client: Client, cast: Cast) -> None:
        record = records.draft(cast, title="早先的通知")
        (file,) = drops.read(cast, {"一.docx": GOOD})
        casting.sign_in(client, cast.li)
        page = client.get(url("drop", cast, file.batch_id))
        assert "文号相同的信息已有：“早先的通知”" in screens.text(page)
        assert f"/records/{record.pk}/" in page.content.decode()

    def test_setting_aside(self, client: Client, cast: Cast) -> None:
        (file,) = drops.read(cast, {"一.docx": GOOD})
        casting.sign_in(client, cast.li)
        assert "已搁置" in screens.text(press(client, cast, file.batch, f"aside-{file.pk}"))

    def test_the_original_is_handed_out_to_the_own_agency_only(self, client: Client, cast: Cast) -> None:
        (file,) = drops.read(cast, {"一.docx": GOOD})
        casting.sign_in(client, cast.li)
        answer = client.get(url("drop_original", cast, file.pk))
        assert b"".join(answer.streaming_content) == GOOD  # type: ignore[attr-defined]
        casting.sign_in(client, cast.zhou)
        foreign = reverse("imports:drop_original", args=[cast.other_agency.code, file.pk])
        assert client.get(foreign).status_code == 404

    def test_fifty_files_cost_as_many_queries_as_two(
        self, client: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        files = drops.read(cast, {f"{number}.docx": other(number) for number in range(20, 40)})
        casting.sign_in(client, cast.li)
        with django_assert_max_num_queries(17):
            client.get(url("drop", cast, files[0].batch_id))

    def test_the_bar_asks_for_the_page_when_all_is_read(self, client: Client, cast: Cast) -> None:
        batch = drops.dropped(cast, {"一.docx": GOOD})
        casting.sign_in(client, cast.li)
        assert "HX-Refresh" not in client.get(url("drop_progress", cast, batch.pk)).headers
        (file,) = drops.read(cast, {"二.docx": other(14)})
        assert client.get(url("drop_progress", cast, file.batch_id)).headers["HX-Refresh"] == "true"


def test_the_first_screen_says_what_waits_to_be_confirmed(cast: Cast) -> None:
    drops.read(cast, {"一.docx": GOOD, "二.docx": other(14)})
    drops.dropped(cast, {"三.docx": other(15)})
    (item,) = selectors.work_waiting(cast.li.viewer, today=casting.AT.date())
    assert "2份待确认" in item.title
    assert selectors.work_counts(cast.li.viewer, today=casting.AT.date()) == (1, 0)
    assert selectors.work_waiting(cast.wang.viewer, today=casting.AT.date()) == []
