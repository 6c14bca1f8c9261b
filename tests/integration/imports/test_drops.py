"""Dropped files: what comes in, what is read, what becomes a draft, and that nothing is lost or doubled."""

from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings
from tools import papers
from tools.papers import Paper

from gongkai.groundwork import events, scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.groundwork.files import store
from gongkai.groundwork.files.models import StoredFile
from gongkai.imports.domain import dropping
from gongkai.imports.domain.dropping import State
from gongkai.imports.models import DroppedBatch, DroppedFile
from gongkai.imports.services.drops import confirming, reading, receiving
from gongkai.imports.services.drops.receiving import Upload
from gongkai.records.events import RecordPurged
from gongkai.records.models import Attachment, Record
from tests import cast as casting
from tests.cast import Cast
from tests.factories import drops, records, registers
from tests.integration.files import material

pytestmark = pytest.mark.django_db
GOOD = papers.docx(Paper())
MARKED = papers.docx(Paper(top=("机密★10年",), title=("关于某件事的通知",)))


@pytest.fixture(autouse=True)
def _own_store(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def cast() -> Cast:
    return casting.assemble()


def the_records(cast: Cast) -> list[Record]:
    with scoping.narrow_to([cast.agency.pk]):
        return list(Record.objects.order_by("id"))


def confirm(cast: Cast, file: DroppedFile, **values: str) -> Record:
    written = {name: str(file.values.get(name, "")) for name in dropping.EDITABLE} | values
    return confirming.confirm(file_id=file.pk, values=written, actor=drops.clerk(cast), at=casting.later())


class TestReceiving:
    def test_a_refused_file_is_named_and_the_rest_comes_in(self, cast: Cast) -> None:
        batch = drops.dropped(cast, {"好.docx": GOOD, "坏.docx": b"PK\x03\x04 broken", "程序.exe": b"MZ"})
        states = [(file.file_name, file.state) for file in drops.files_of(cast, batch)]
        assert states == [("好.docx", State.WAITING), ("坏.docx", State.REFUSED), ("程序.exe", State.REFUSED)]
        assert StoredFile.objects.count() == 1
        assert DBTaskResult.objects.get().args_kwargs["args"] == [batch.pk]
        line = AuditEvent.objects.get(action="dropped.drop")
        assert (line.actor_name, line.detail["refused"]) == ("李", 2)

    def test_of_a_marked_file_nothing_is_kept_not_even_its_name(self, cast: Cast) -> None:
        batch = drops.dropped(cast, {"好.docx": GOOD, "机密事项.docx": MARKED})
        refused = drops.files_of(cast, batch)[1]
        assert (refused.state, refused.file_name, refused.file) == (State.REFUSED, "（名称不显示）", None)
        assert "国家秘密标志" in refused.reason
        assert StoredFile.objects.count() == 1

    def test_a_zip_is_opened_and_its_marked_file_refused_alone(self, cast: Cast, settings: Settings) -> None:
        bundle = papers.gbk_archive({"通知/好.docx": GOOD, "通知/标密的文件.docx": MARKED})
        batch = drops.dropped(cast, {"一批.zip": bundle})
        assert [file.state for file in drops.files_of(cast, batch)] == [State.WAITING, State.REFUSED]
        assert drops.files_of(cast, batch)[0].file_name == "好.docx"
        assert not list(Path(settings.FILES_ROOT, "incoming").iterdir())

    @pytest.mark.parametrize(
        ("files", "words"),
        [
            ({f"{number}.docx": b"x" for number in range(51)}, "一次最多50份文件，这次有51份"),
            ({"坏.docx": b"no"}, "格式与扩展名不符"),
            ({"坏.zip": b"PK\x03\x04 no"}, "已损坏"),
            ({"嵌套.zip": material.archive({"里面.zip": b"PK"})}, "嵌套了压缩包"),
            ({}, "没有收到文件"),
        ],
    )
    def test_when_nothing_can_come_in_nothing_is_kept(self, cast: Cast, files: dict[str, bytes], words: str) -> None:
        with pytest.raises(receiving.CannotDrop) as refused:
            drops.dropped(cast, files)
        assert words in refused.value.reason
        assert not StoredFile.objects.exists()
        with scoping.narrow_to([cast.agency.pk]):
            assert not DroppedBatch.objects.exists()

    def test_more_bytes_than_allowed_are_refused_together(self, cast: Cast) -> None:
        upload = Upload(stream=SimpleUploadedFile("大.pdf", b"x"), file_name="大.pdf", size=201 << 20)
        with pytest.raises(receiving.CannotDrop, match="超过200MB"):
            receiving.receive(uploads=[upload], actor=drops.clerk(cast), at=casting.AT)


class TestReading:
    @pytest.mark.parametrize(("name", "make"), [("a.docx", papers.docx), ("a.pdf", papers.pdf), ("a.ofd", papers.ofd)])
    def test_every_format_gives_the_same(self, cast: Cast, name: str, make: object) -> None:
        (file,) = drops.read(cast, {name: make(Paper())})  # type: ignore[operator]
        assert file.state == State.READY
        assert file.values == {
            "title": "关于做好冬季供暖工作的通知",
            "document_number": "甲政办发〔2026〕12号",
            "issuer": "甲局",
            "created_on": "2026-11-16",
            "attribute": "proactive",
            "genre": "通知",
        }
        assert file.body_html.startswith("<p>各科室、各直属单位：</p><p>为做好今年冬季供暖工作")
        assert "抄送" not in file.body_html
        assert file.first_lines.startswith("甲局文件")

    def test_what_is_in_doubt_is_left_out_and_said(self, cast: Cast) -> None:
        (file,) = drops.read(cast, {"a.docx": papers.docx(Paper(written="2025年1月5日", printed=("", ""), note=""))})
        assert "created_on" not in file.values
        assert "attribute" not in file.values
        assert "不一致" in file.readings["created_on"]["doubt"]
        assert dropping.missing(file.values, file.readings) == ["成文日期", "公开属性", "发文字号"]

    def test_a_scan_keeps_its_name_as_title_and_asks_for_reading(self, cast: Cast) -> None:
        (file,) = drops.read(cast, {"关于防汛的通知.pdf": material.pdf()})
        assert file.values == {"title": "关于防汛的通知"}
        assert "扫描件" in file.notes[0]
        assert confirm(cast, file, attribute="proactive").remarks == "由没有文字层的文件起草，正文待录入。"

    def test_a_second_worker_finds_nothing_to_do_and_a_killed_one_is_followed(self, cast: Cast) -> None:
        batch = drops.dropped(cast, {"a.docx": GOOD, "b.pdf": papers.pdf(Paper(number="甲政办发〔2026〕13号"))})
        with scoping.narrow_to([cast.agency.pk]):
            DroppedFile.objects.filter(batch=batch, position=1).update(state=State.READING)
        reading.read(batch_id=batch.pk, at=casting.later())
        first = drops.files_of(cast, batch)
        assert [file.state for file in first] == [State.READY, State.READY]
        confirming.change(
            file_id=first[0].pk, values={"title": "改过的标题"}, actor=drops.clerk(cast), at=casting.later()
        )
        reading.read(batch_id=batch.pk, at=casting.later(2))
        assert drops.files_of(cast, batch)[0].values["title"] == "改过的标题"

    def test_the_list_wins_and_what_differs_is_said(self, cast: Cast) -> None:
        table = material.xlsx(
            ("发文目录", "", "", "", ""),
            ("文件名称", "标题", "发文日期", "公开方式", "拟稿科室"),
            ("好", "关于冬季供暖的通知", "2026-11-16", "依申请公开", "运行科"),
            ("没有的.docx", "另一份", "", "", ""),
        )
        bundle = material.archive({"目录.xlsx": table, "好.docx": GOOD, "多余.pdf": papers.pdf(Paper(number=""))})
        file, extra = drops.read(cast, {"一批.zip": bundle})
        assert file.values["title"] == "关于冬季供暖的通知"
        assert file.values["attribute"] == "on_request"
        assert file.values["responsible_unit"] == "运行科"
        assert any("标题以清单为准" in note for note in file.notes)
        assert any("公开属性以清单为准：清单是“依申请公开”，文件中是“主动公开”" in note for note in file.notes)
        assert "清单中没有这份文件。" in extra.notes
        assert file.batch.problems == ["清单第4行“没有的.docx”没有对应的文件。"]

    def test_a_list_without_known_columns_is_said_and_the_files_are_read(self, cast: Cast) -> None:
        file, *_ = drops.read(cast, {"好.docx": GOOD, "目录.xlsx": material.xlsx(("甲", "乙"), ("1", "2"))})
        assert file.state == State.READY
        assert "没有使用这份清单" in file.batch.problems[0]


class TestAgainstTheRegister:
    def test_what_the_register_says_otherwise_is_said(self, cast: Cast) -> None:
        registers.registered(cast, registers.issued(12, title="另一个标题", attribute="on_request"))
        (file,) = drops.read(cast, {"a.docx": GOOD})
        assert "发文登记中这个文号的标题是“另一个标题”，请核对。" in file.notes
        assert "发文登记中的公开属性是“依申请公开”，请核对。" in file.notes
        assert file.values["attribute"] == "proactive"

    def test_an_attribute_that_the_document_does_not_state_comes_from_the_register(self, cast: Cast) -> None:
        registers.registered(cast, registers.issued(12, title="关于做好冬季供暖工作的通知"))
        (file,) = drops.read(cast, {"a.docx": papers.docx(Paper(note=""))})
        assert file.values["attribute"] == "proactive"
        assert file.notes == ["公开属性取自发文登记，请核对。"]


class TestDuplicates:
    def test_the_same_bytes_and_the_same_number_are_found(self, cast: Cast) -> None:
        record = records.draft(cast, document_number="甲政办发〔2026〕40号")
        other = papers.docx(Paper(number="甲政办发〔2026〕40号"))
        first, same, numbered = drops.read(cast, {"a.docx": GOOD, "b.docx": GOOD, "c.docx": other})
        assert (first.state, same.state, numbered.state) == (State.READY, State.DUPLICATE, State.DUPLICATE)
        assert "同一文件" in same.reason
        assert numbered.record_id == record.pk
        with pytest.raises(confirming.CannotConfirm, match="没有重复起草"):
            confirm(cast, numbered)

    def test_another_number_makes_it_ready(self, cast: Cast) -> None:
        records.draft(cast, document_number="甲政办发〔2026〕12号")
        (file,) = drops.read(cast, {"a.docx": GOOD})
        assert confirm(cast, file, document_number="甲政办发〔2026〕99号").document_number == "甲政办发〔2026〕99号"

    def test_what_became_a_draft_meanwhile_is_not_drafted_again(self, cast: Cast) -> None:
        (file,) = drops.read(cast, {"a.docx": GOOD})
        records.draft(cast, document_number="甲政办发〔2026〕12号")
        with pytest.raises(confirming.CannotConfirm):
            confirming.confirm(file_id=file.pk, actor=drops.clerk(cast), at=casting.later())

    def test_a_discarded_draft_does_not_stand_in_the_way(self, cast: Cast) -> None:
        records.discarded(cast, document_number="甲政办发〔2026〕12号")
        (file,) = drops.read(cast, {"a.docx": GOOD})
        assert file.state == State.READY


class TestForgetting:
    def test_a_purge_of_the_record_empties_the_file_and_its_duplicates(self, cast: Cast) -> None:
        (file,) = drops.read(cast, {"关于某人的通知.docx": GOOD})
        record = confirm(cast, file)
        (again,) = drops.read(cast, {"再来一次.docx": GOOD})
        assert again.record_id == record.pk
        purged = RecordPurged(record_id=record.pk, agency_id=cast.agency.pk, scope="everything", at=casting.later())
        events.emit(purged)
        first, second = drops.files_of(cast, file.batch)[0], drops.files_of(cast, again.batch)[0]
        assert (first.state, second.state) == (State.DRAFTED, State.SET_ASIDE)
        for left in (first, second):
            assert (left.file_name, left.file, left.values, left.body_html) == ("（已清除）", None, {}, "")


class TestConfirming:
    def test_the_draft_has_all_that_was_read_with_the_original(self, cast: Cast) -> None:
        (file,) = drops.read(cast, {"通知.pdf": papers.pdf(Paper())}, column_code=records.COLUMN)
        record = confirm(cast, file)
        assert (record.title, record.document_number, record.issuer, record.genre) == (
            "关于做好冬季供暖工作的通知",
            "甲政办发〔2026〕12号",
            "甲局",
            "通知",
        )
        assert (record.created_on, record.attribute, record.column_code) == (
            date(2026, 11, 16),
            "proactive",
            records.COLUMN,
        )
        assert record.due_on is not None
        assert "提前检修管网" in record.body_text
        with scoping.narrow_to([cast.agency.pk]):
            attached = Attachment.objects.select_related("file").get(record=record)
            assert (attached.title, attached.file_name) == ("通知", "通知.pdf")
            assert store.holds(attached.file.digest)
            dropped = DroppedFile.objects.get(pk=file.pk)
        assert (dropped.file, dropped.body_html, dropped.first_lines, dropped.values) == (None, "", "", {})
        assert AuditEvent.objects.filter(action="record.draft", actor_name="李").count() == 1
        assert AuditEvent.objects.filter(action="dropped.confirm").count() == 1

    def test_confirming_twice_makes_one_draft(self, cast: Cast) -> None:
        (file,) = drops.read(cast, {"a.docx": GOOD})
        confirm(cast, file)
        with pytest.raises(confirming.CannotConfirm, match="已成草稿"):
            confirm(cast, file)
        assert len(the_records(cast)) == 1

    @pytest.mark.parametrize(("name", "words"), [("title", "请填写标题"), ("attribute", "请选择公开属性")])
    def test_without_the_least_there_is_no_draft_and_nothing_changes(self, cast: Cast, name: str, words: str) -> None:
        (file,) = drops.read(cast, {"a.docx": GOOD})
        with pytest.raises(confirming.CannotConfirm, match=words):
            confirm(cast, file, **{name: ""})
        (still,) = drops.files_of(cast, file.batch)
        assert (still.state, still.values) == (State.READY, file.values)
        assert the_records(cast) == []

    def test_a_mark_is_refused_in_every_field(self, cast: Cast) -> None:
        (file,) = drops.read(cast, {"a.docx": GOOD})
        with pytest.raises(confirming.CannotConfirm, match="国家秘密标志"):
            confirming.change(
                file_id=file.pk, values={"title": "机密★10年"}, actor=drops.clerk(cast), at=casting.later()
            )

    def test_a_column_that_the_agency_lacks_is_refused(self, cast: Cast) -> None:
        (file,) = drops.read(cast, {"a.docx": GOOD})
        with pytest.raises(confirming.CannotConfirm):
            confirm(cast, file, column_code="no.such")
        assert the_records(cast) == []

    def test_what_was_set_aside_becomes_no_draft(self, cast: Cast) -> None:
        (file,) = drops.read(cast, {"a.docx": GOOD})
        confirming.set_aside(file_id=file.pk, actor=drops.clerk(cast), at=casting.later())
        with pytest.raises(confirming.CannotConfirm, match="已搁置"):
            confirm(cast, file)

    def test_another_agency_has_no_such_file(self, cast: Cast) -> None:
        (file,) = drops.read(cast, {"a.docx": GOOD})
        with pytest.raises(confirming.NoSuchDrop):
            confirming.confirm(file_id=file.pk, actor=cast.zhou.acting(dropping.DUTY), at=casting.later())
