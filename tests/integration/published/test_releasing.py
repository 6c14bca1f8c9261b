"""Releasing puts a complete, immutable copy before the public."""

import dataclasses
import datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from gongkai.accounts.viewer import SYSTEM, Actor
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.groundwork.feed.models import FeedChange
from gongkai.published.domain.content import ReleasedFile
from gongkai.published.models import Entry, EntryFile, EntryVersion
from gongkai.published.services import index_numbers, releasing, withdrawing
from tests.integration.published import building

pytestmark = pytest.mark.django_db
LI = Actor(user_id=7, name="李", agency_id=1, agency_code="jyj", post="section_head")
FILE = ReleasedFile(title="附件", file_name="附件.pdf", media_type="application/pdf", size=9, digest="a" * 64)


class TestRelease:
    def test_a_release_puts_head_version_file_feed_and_audit_rows(self) -> None:
        agency = building.agency()
        content = building.content(
            agency.pk, document_number="清教发〔2026〕3号", files=(FILE,), metadata={"group": "政策法规"}
        )
        entry = releasing.release(content=content, actor=LI, at=building.AT)

        assert entry.index_number == "014416330/2026-00001"
        version = EntryVersion.objects.get(entry=entry, number=1)
        assert (version.title, version.digest, version.metadata) == (
            content.title,
            content.digest,
            {"group": "政策法规"},
        )
        assert [file.file_name for file in EntryFile.objects.filter(version=version)] == ["附件.pdf"]
        assert FeedChange.objects.get().subject_id == entry.pk
        event = AuditEvent.objects.get(action="entry.released")
        assert (event.actor_name, event.subject_id, event.detail["digest"]) == ("李", str(entry.pk), content.digest)

    def test_a_release_takes_few_queries(self) -> None:
        content = building.content(building.agency().pk, files=(FILE,))
        with (
            transaction.atomic(),
            CaptureQueriesContext(
                connection,
            ) as queries,
        ):
            releasing.release(content=content, actor=LI, at=building.AT)
        assert len(queries) <= 7, [query["sql"][:80] for query in queries.captured_queries]

    def test_a_version_cannot_be_changed(self) -> None:
        entry = building.entry(building.agency().pk)
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            EntryVersion.objects.filter(entry=entry).update(title="改")

    def test_content_without_title_is_refused(self) -> None:
        content = building.content(building.agency().pk, title=" ")
        with pytest.raises(releasing.CannotRelease, match="标题"):
            releasing.release(content=content, actor=LI, at=building.AT)

    def test_an_unknown_agency_is_refused(self) -> None:
        with pytest.raises(releasing.CannotRelease, match="机构不存在"):
            releasing.release(content=building.content(404), actor=LI, at=building.AT)


class TestReleaseMany:
    def test_numbers_run_on_by_agency_and_year_in_the_order_of_the_contents(self) -> None:
        one, other = building.agency(), building.agency("gaj", organisation_code="014416349")
        last_year = datetime.datetime(2025, 6, 1, tzinfo=building.SHANGHAI)
        contents = [
            building.content(one.pk),
            building.content(other.pk),
            building.content(one.pk, published_at=last_year),
            building.content(one.pk),
        ]
        entries = releasing.release_many(contents, actor=SYSTEM, at=building.AT)
        assert [entry.index_number for entry in entries] == [
            "014416330/2026-00001",
            "014416349/2026-00001",
            "014416330/2025-00001",
            "014416330/2026-00002",
        ]
        assert [entry.title for entry in entries] == [content.title for content in contents]
        assert AuditEvent.objects.filter(action="entry.released").count() == 4

    def test_agencies_whose_numbers_would_look_alike_share_a_counter(self) -> None:
        first = building.agency("first", index_number_template="{yyyy}-{seq:4}")
        second = building.agency("second", index_number_template="{yyyy}-{seq:4}")
        assert building.entry(first.pk).index_number == "2026-0001"
        assert building.entry(second.pk).index_number == "2026-0002"

    def test_a_body_without_registered_code_is_known_by_its_own(self) -> None:
        agency = building.agency("state-council", organisation_code="")
        assert building.entry(agency.pk).index_number == "state-council/2026-00001"

    def test_a_template_that_cannot_be_filled_in_is_refused(self) -> None:
        for template in ("{yyyy}", "{topic}-{seq:4}", "{unheard_of}{seq:4}"):
            agency = building.agency(template[1:5], index_number_template=template)
            with pytest.raises(index_numbers.CannotNumber, match="索引号规则"), transaction.atomic():
                building.entry(agency.pk)

    def test_a_document_number_is_found_in_whatever_way_it_was_written(self) -> None:
        entry = building.entry(building.agency().pk, document_number="清教发[2026] 03 号")
        assert entry.document_number_key == "清教发〔2026〕3号"

    def test_one_bad_content_releases_nothing(self) -> None:
        agency = building.agency()
        contents = [building.content(agency.pk), building.content(agency.pk, validity="unheard-of")]
        with pytest.raises(releasing.CannotRelease):
            releasing.release_many(contents, actor=SYSTEM, at=building.AT)
        assert not Entry.objects.exists()

    def test_more_than_a_block_is_refused(self) -> None:
        contents = [building.content(1)] * (releasing.BLOCK + 1)
        with pytest.raises(releasing.CannotRelease, match="最多"):
            releasing.release_many(contents, actor=SYSTEM, at=building.AT)


class TestCorrection:
    def test_a_correction_adds_a_version_and_keeps_number_and_first_publication(self) -> None:
        before = building.entry(building.agency().pk)
        corrected = building.content(before.agency_id, title="关于更正后的通知")
        later = building.AT + datetime.timedelta(days=3)
        after = releasing.release_correction(
            entry_id=before.pk, content=corrected, reason="附件有误", actor=LI, at=later
        )
        assert (after.index_number, after.published_at) == (before.index_number, before.published_at)
        assert (after.title, after.version_number, after.updated_at) == ("关于更正后的通知", 2, later)
        assert list(EntryVersion.objects.order_by("number").values_list("number", "reason")) == [
            (1, ""),
            (2, "附件有误"),
        ]
        assert AuditEvent.objects.filter(action="entry.corrected").count() == 1

    def test_a_withdrawn_entry_cannot_be_corrected(self) -> None:
        entry = building.entry(building.agency().pk)
        withdrawing.withdraw(entry_id=entry.pk, ground="含个人信息", actor=LI, at=building.AT)
        with pytest.raises(releasing.CannotRelease, match="撤下"):
            releasing.release_correction(
                entry_id=entry.pk,
                content=building.content(entry.agency_id),
                reason="改",
                actor=LI,
                at=building.AT,
            )

    def test_a_correction_for_another_agency_is_refused(self) -> None:
        entry = building.entry(building.agency().pk)
        content = dataclasses.replace(building.content(1), agency_id=building.agency("gaj").pk)
        with pytest.raises(releasing.CannotRelease, match="其他机构"):
            releasing.release_correction(entry_id=entry.pk, content=content, reason="改", actor=LI, at=building.AT)
