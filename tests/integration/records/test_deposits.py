"""Deposit batches: what goes, nothing twice unless asked, the ZIP, hand-over and receipt."""

import io
import tracemalloc
import zipfile
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork import scoping
from gongkai.published.models import EntryFile, EntryVersion
from gongkai.records.desk.deposits import bundle
from gongkai.records.domain.deposits import Kind
from gongkai.records.models import DepositBatch, DepositItem, Record
from gongkai.records.services import acting, attachments, deposits, publishing, review
from gongkai.records.services.deposits import CannotDeposit, Signed, Wanted
from tests import cast as casting
from tests.cast import AT, Cast
from tests.factories import records

pytestmark = pytest.mark.django_db
TODAY = AT.date()


def _make(cast: Cast, **values: Any) -> DepositBatch:
    defaults: dict[str, Any] = {"kind": Kind.ARCHIVE, "recipient": "市档案馆", "first_on": TODAY, "last_on": TODAY}
    return deposits.make(wanted=Wanted(**defaults | values), actor=cast.chen.acting(Duty.KEEP_CATALOGUE), at=AT)


def _with_file(cast: Cast, content: bytes = b"x" * 100) -> Record:
    record = records.draft(cast, title="带附件的通知")
    writer = cast.li.acting(Duty.DRAFT_RECORDS)
    upload = attachments.Upload(stream=SimpleUploadedFile("名单.txt", content), file_name="名单.txt")
    attachments.attach(record_id=record.pk, upload=upload, actor=writer, at=AT)
    record = review.submit(record_id=record.pk, actor=writer, at=AT)
    head = cast.wang.acting(Duty.REVIEW_AS_SECTION_HEAD)
    review.approve(record_id=record.pk, digest=record.digest, actor=head, at=AT)
    record = records.clear(cast, records.sign(cast, record))
    return publishing.publish(record_id=record.pk, actor=cast.chen.acting(Duty.PUBLISH_RECORDS), at=AT)


def _opened(batch: DepositBatch) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(bundle.stream(batch))))


class TestMake:
    def test_a_batch_holds_what_became_public_in_the_period(self, cast: Cast) -> None:
        record = records.published(cast)
        records.published(cast, at=AT + timedelta(days=5), title="后来的")
        batch = _make(cast)
        with scoping.narrow_to([cast.agency.pk]):
            (item,) = DepositItem.objects.all()
        assert (batch.label, batch.item_count, item.entry_id) == ("2026年第1批", 1, record.entry_id)

    def test_nothing_goes_twice_to_the_same_place_unless_asked(self, cast: Cast) -> None:
        records.published(cast)
        _make(cast)
        with pytest.raises(CannotDeposit, match="没有新公开"):
            _make(cast)
        assert _make(cast, recipient="市图书馆", kind=Kind.LIBRARY).item_count == 1
        assert _make(cast, again=True).number == 3

    @pytest.mark.parametrize(
        ("values", "reason"),
        [
            ({"recipient": ""}, "接收单位"),
            ({"recipient": "秘密★馆"}, "国家秘密标志"),
            ({"first_on": date(2026, 11, 21)}, "起止日期"),
            ({"last_on": date(2026, 11, 21)}, "起止日期"),
            ({"first_on": date(2020, 1, 1), "last_on": date(2020, 12, 31)}, "没有新公开"),
        ],
    )
    def test_what_is_refused_makes_no_batch(self, cast: Cast, values: dict[str, Any], reason: str) -> None:
        records.published(cast)
        with pytest.raises(CannotDeposit, match=reason):
            _make(cast, **values)
        with scoping.narrow_to([cast.agency.pk]):
            assert not DepositBatch.objects.exists()

    def test_what_was_deposited_is_never_changed(self, cast: Cast) -> None:
        records.published(cast)
        _make(cast)
        with scoping.narrow_to([cast.agency.pk]), pytest.raises(DatabaseError), transaction.atomic():
            DepositItem.objects.update(title="别的")


class TestHandOver:
    def test_hand_over_comes_before_receipt_and_both_once(self, cast: Cast) -> None:
        records.published(cast)
        batch, actor = _make(cast), cast.chen.acting(Duty.KEEP_CATALOGUE)
        with pytest.raises(CannotDeposit, match="先登记移送"):
            deposits.receive(batch_id=batch.pk, signed=Signed(by="馆员", on=TODAY, note=""), actor=actor, at=AT)
        deposits.hand_over(batch_id=batch.pk, signed=Signed(by="陈", on=TODAY), actor=actor, at=AT)
        with pytest.raises(CannotDeposit, match="已经登记"):
            deposits.hand_over(batch_id=batch.pk, signed=Signed(by="陈", on=TODAY), actor=actor, at=AT)
        early = TODAY - timedelta(days=1)
        with pytest.raises(CannotDeposit, match="不能早于"):
            deposits.receive(batch_id=batch.pk, signed=Signed(by="馆员", on=early, note=""), actor=actor, at=AT)
        done = deposits.receive(
            batch_id=batch.pk, signed=Signed(by="馆员", on=TODAY, note="回执3号"), actor=actor, at=AT
        )
        assert (done.received_by, done.receipt_note) == ("馆员", "回执3号")

    def test_another_agency_has_no_such_batch(self, cast: Cast) -> None:
        records.published(cast)
        batch = _make(cast)
        actor = cast.zhou.acting(Duty.KEEP_CATALOGUE)
        with pytest.raises(acting.NoSuchRecord):
            deposits.hand_over(batch_id=batch.pk, signed=Signed(by="周", on=TODAY), actor=actor, at=AT)


class TestBundle:
    def test_the_zip_holds_lists_texts_and_public_files(self, cast: Cast) -> None:
        record = _with_file(cast, "甲、乙、丙".encode())
        archive = _opened(_make(cast))
        assert archive.testzip() is None
        folder = f"00001_{record.index_number.replace('/', '-')}"
        assert {f"{folder}/正文.html", f"{folder}/01_名单.txt", "目录.csv", "目录.xlsx"} == set(archive.namelist())
        assert "带附件的通知" in archive.read(f"{folder}/正文.html").decode()
        assert archive.read(f"{folder}/01_名单.txt").decode() == "甲、乙、丙"
        listed = archive.read("目录.csv").decode("utf-8-sig").splitlines()
        assert record.index_number in listed[1]
        book = openpyxl.load_workbook(io.BytesIO(archive.read("目录.xlsx")))
        assert book.worksheets[0].max_row == 2

    def test_what_was_withdrawn_since_is_named_without_its_content(self, cast: Cast) -> None:
        record = _with_file(cast)
        batch = _make(cast)
        leader = cast.zhao.acting(Duty.WITHDRAW_RECORDS)
        publishing.withdraw(record_id=record.pk, ground="有误", actor=leader, at=casting.later())
        archive = _opened(batch)
        assert set(archive.namelist()) == {"目录.csv", "目录.xlsx"}
        text = archive.read("目录.csv").decode()
        assert "已撤下" in text
        assert "带附件的通知" not in text

    def test_memory_stays_bounded_however_large_the_files_are(self, cast: Cast) -> None:
        record = _with_file(cast, b"y" * (12 * 1024 * 1024))
        version = EntryVersion.objects.get(entry_id=record.entry_id)
        assert EntryFile.objects.get(version=version).size == 12 * 1024 * 1024
        batch = _make(cast)
        tracemalloc.start()
        size = sum(len(piece) for piece in bundle.stream(batch))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert size > 0
        assert peak < 6 * 1024 * 1024
