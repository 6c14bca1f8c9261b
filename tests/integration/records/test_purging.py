"""Purge: two people of two posts erase for good; what is left is digest, ground, times, people and the stone."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from pytest_django.fixtures import Settings

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.domain.posts import Post
from gongkai.groundwork import events, purges, scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.groundwork.files import store
from gongkai.groundwork.files.models import StoredFile
from gongkai.published import indexing
from gongkai.published.models import Entry, EntryFile, EntryVersion
from gongkai.records import selectors
from gongkai.records.domain.purging import KEPT_FIELDS, Scope
from gongkai.records.events import RecordPurged
from gongkai.records.models import Attachment, Purge, Record, RecordVersion
from gongkai.records.services import attachments, cleaning, coordinating, drafting, purging, review
from tests import cast as casting
from tests.cast import Cast
from tests.factories import records

pytestmark = pytest.mark.django_db
EMPTIED = {
    "DroppedFile",
    "GuideFile",
    *("Record", "RecordVersion", "UncutText", "Attachment", "Entry", "EntryVersion", "EntryFile"),
    *("CheckRun", "Dismissal", "EyeReading"),
}
# People, times, grounds and opinions.
EVIDENCE = {
    *("Registration", "Evaluation", "CleanUpItem"),
    "FollowUp",
    "GazetteItem",
    "BatchItem",
    "DailyCount",
    "Confirmation",
    "Decision",
    "EmergencyRemoval",
    "EntryIssuer",
    "Plan",
    "Purge",
    "RecordChannel",
    "Reevaluation",
    "ValidityChange",
}
WORD = "翡翠湖七号张某某"
CUT = "碧螺巷三号赵某某"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Settings) -> Path:
    settings.FILES_ROOT, settings.INDEX_ROOT = tmp_path / "files", tmp_path / "index"
    settings.PURGE_LIST = tmp_path / "purges.jsonl"
    return tmp_path


def _attach(cast: Cast, record: Record, name: str = "名单.txt", text: str = WORD) -> None:
    upload = attachments.Upload(stream=SimpleUploadedFile(name, text.encode()), file_name=name)
    attachments.attach(record_id=record.pk, upload=upload, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=casting.AT)


def _public(cast: Cast) -> Record:
    """Public, with the word in every field that takes one and in a file."""
    words: dict[str, Any] = dict.fromkeys(
        ("title", "issuer", "summary", "keywords", "remarks", "source", "responsible_unit"), WORD
    )
    body = f'<p>{WORD}<mark data-ground="internal_affairs">{CUT}</mark></p>'
    words["joint_issuers"] = (cast.other_agency.name,)
    record = records.draft(cast, body_html=body, body_text=f"{WORD}{CUT}", **words)
    _attach(cast, record)
    record = review.submit(record_id=record.pk, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=casting.AT)
    head = cast.wang.acting(Duty.REVIEW_AS_SECTION_HEAD)
    record = review.approve(record_id=record.pk, digest=record.digest, actor=head, at=casting.AT)
    coordinating.ask(record_id=record.pk, actor=cast.chen.acting(Duty.PUBLISH_RECORDS), at=casting.AT)
    records.confirm(cast, record)
    return records.publish(cast, records.clear(cast, records.sign(cast, record)))


def _purged(cast: Cast, record: Record, scope: Scope = Scope.EVERYTHING) -> Purge:
    asker = cast.chen.acting(Duty.ASK_FOR_PURGE)
    purging.ask(record_id=record.pk, scope=scope, ground="附件含个人信息", actor=asker, at=casting.later())
    actor = cast.zhao.acting(Duty.CONFIRM_PURGE)
    purging.confirm(record_id=record.pk, actor=actor, at=casting.later(2))
    with scoping.narrow_to([cast.agency.pk]):
        return Purge.objects.get(record=record)


def _tables_with(word: str) -> list[str]:
    """Every table that shows the word in any column, however it is written down there."""
    spelt = (word, json.dumps(word)[1:-1])
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            if any(each in str(row) for row in cursor.fetchall() for each in spelt):
                found.append(table)
    return found


class TestAsk:
    def test_it_waits_for_another_and_nothing_happens_yet(self, cast: Cast) -> None:
        record = records.purge_asked(cast)
        assert not Entry.objects.get(pk=record.entry_id).is_withdrawn
        with scoping.narrow_to([cast.agency.pk]):
            purge = Purge.objects.get(record=record)
        assert (purge.asker_name, purge.asker_post, purge.outcome) == ("陈", Post.SECRECY_REVIEWER, "")

    def test_who_wrote_in_it_neither_asks_nor_confirms(self, cast: Cast) -> None:
        record = records.published(cast)
        li = cast.li.as_post(Post.DISCLOSURE_OFFICER)
        with pytest.raises(purging.CannotPurge, match="起草或者修改过"):
            purging.ask(record_id=record.pk, scope=Scope.EVERYTHING, ground="错", actor=li, at=casting.later())
        asker = cast.chen.acting(Duty.ASK_FOR_PURGE)
        purging.ask(record_id=record.pk, scope=Scope.EVERYTHING, ground="错", actor=asker, at=casting.later())
        with pytest.raises(purging.CannotPurge, match="起草或者修改过"):
            purging.confirm(record_id=record.pk, actor=cast.li.as_post(Post.LEADER), at=casting.later())

    def test_one_person_in_two_posts_cannot_do_both(self, cast: Cast) -> None:
        record = records.purge_asked(cast)
        with pytest.raises(purging.CannotPurge, match="另一位同志"):
            purging.confirm(record_id=record.pk, actor=cast.chen.as_post(Post.LEADER), at=casting.later())

    def test_the_database_says_so_too(self, cast: Cast) -> None:
        record = records.purge_asked(cast)
        with scoping.narrow_to([cast.agency.pk]), pytest.raises(DatabaseError), transaction.atomic():
            Purge.objects.filter(record=record).update(decider_id=cast.chen.user.pk)

    def test_there_must_be_something_earlier(self, cast: Cast) -> None:
        record = records.published(cast)
        asker = cast.chen.acting(Duty.ASK_FOR_PURGE)
        with pytest.raises(purging.CannotPurge, match="没有更正以前的版本"):
            purging.ask(record_id=record.pk, scope=Scope.EARLIER, ground="错", actor=asker, at=casting.later())

    def test_a_town_of_three_can_purge_what_one_of_them_wrote(self, db: None) -> None:
        first, second, third = casting.town_of_three()
        writer = first.acting(Duty.DRAFT_RECORDS)
        record = drafting.draft(content=records.content(), actor=writer, at=casting.AT)
        asker = second.acting(Duty.ASK_FOR_PURGE)
        purging.ask(record_id=record.pk, scope=Scope.EVERYTHING, ground="错", actor=asker, at=casting.AT)
        purging.confirm(record_id=record.pk, actor=third.acting(Duty.CONFIRM_PURGE), at=casting.AT)


class TestDecline:
    def test_everything_stays_and_it_may_be_asked_again(self, cast: Cast) -> None:
        record = records.purge_asked(cast)
        actor = cast.zhao.acting(Duty.CONFIRM_PURGE)
        declined = purging.decline(record_id=record.pk, opinion="不含个人信息", actor=actor, at=casting.later())
        assert (declined.outcome, declined.decider_name) == ("declined", "赵")
        assert Entry.objects.get(pk=record.entry_id).title == record.title
        asker = cast.chen.acting(Duty.ASK_FOR_PURGE)
        purging.ask(record_id=record.pk, scope=Scope.EVERYTHING, ground="仍含", actor=asker, at=casting.later(2))


class TestConfirm:
    def test_no_table_knows_the_word_any_more(self, cast: Cast) -> None:
        record = _public(cast)
        assert {"records_record", "published_entryversion", "groundwork_storedfile"} <= set(_tables_with(WORD))
        assert "records_uncuttext" in _tables_with(CUT)
        _purged(cast, record)
        cleaning.erase_files(at=casting.later(3))
        assert _tables_with(WORD) == _tables_with(CUT) == []

    def test_the_bytes_go_and_the_index_is_to_be_built_anew(self, cast: Cast) -> None:
        record = _public(cast)
        (digest,) = EntryFile.objects.values_list("digest", flat=True)
        _purged(cast, record)
        cleaning.erase_files(at=casting.later(3))
        assert not store.holds(digest)
        assert not StoredFile.objects.filter(digest=digest).exists()
        assert indexing.rebuild_mark().exists()

    def test_digest_ground_times_and_people_stay(self, cast: Cast) -> None:
        record = _public(cast)
        digest = record.digest
        purge = _purged(cast, record)
        entry = Entry.objects.get(pk=record.entry_id)
        assert (entry.title, entry.withdrawal_ground, entry.index_number) == ("", "附件含个人信息", record.index_number)
        version = EntryVersion.objects.get(entry=entry)
        assert (version.digest, version.body_text, version.purged_at) == (digest, "", casting.later(2))
        assert (purge.asker_name, purge.decider_name, purge.outcome) == ("陈", "赵", "confirmed")
        assert purge.digests["versions"] == [digest]
        event = AuditEvent.objects.get(action="record.purge")
        assert event.detail["versions"] == [digest]
        with scoping.narrow_to([cast.agency.pk]):
            after = Record.objects.get(pk=record.pk)
            assert not Attachment.objects.filter(record=record).exists()
        assert (after.state, after.title, after.drafter_name) == ("purged", "（内容已清除）", "李")

    def test_a_file_that_another_record_has_is_left_to_it(self, cast: Cast) -> None:
        other = records.draft(cast, title="另一条")
        _attach(cast, other)
        purge = _purged(cast, _public(cast))
        cleaning.erase_files(at=casting.later(3))
        with scoping.narrow_to([cast.agency.pk]):
            kept = Attachment.objects.get(record=other).file.digest
            purge.refresh_from_db()
        assert store.holds(kept)
        assert purge.digests["kept_files"] == [kept]

    def test_a_file_taken_off_before_anything_was_submitted_goes_too(self, cast: Cast) -> None:
        record = records.draft(cast)
        _attach(cast, record)
        with scoping.narrow_to([cast.agency.pk]):
            attachment = Attachment.objects.select_related("file").get(record=record)
        actor = cast.li.acting(Duty.DRAFT_RECORDS)
        attachments.detach(record_id=record.pk, attachment_id=attachment.pk, actor=actor, at=casting.AT)
        _purged(cast, record)
        cleaning.erase_files(at=casting.later(3))
        assert not store.holds(attachment.file.digest)

    def test_an_emergency_removal_needs_no_further_reason(self, cast: Cast) -> None:
        record = records.removed(cast)
        _purged(cast, record)
        assert Entry.objects.get(pk=record.entry_id).withdrawal_ground == "附件含个人信息"
        assert selectors.work_waiting(cast.zhao.viewer, today=casting.AT.date()) == []

    def test_whoever_keeps_copies_is_told(self, cast: Cast) -> None:
        told: list[RecordPurged] = []
        handlers = events._handlers[RecordPurged]
        handlers.append(told.append)
        try:
            record = _public(cast)
            _purged(cast, record)
        finally:
            handlers.remove(told.append)
        assert [(event.record_id, event.scope) for event in told] == [(record.pk, "everything")]

    def test_every_table_that_hangs_on_a_record_is_known_to_hold_no_content_or_is_emptied(self) -> None:
        assert {field.name for field in Record._meta.local_concrete_fields} >= KEPT_FIELDS
        owners = (Record, RecordVersion, Entry, EntryVersion)
        hanging = {
            model.__name__
            for model in apps.get_models()
            for field in model._meta.local_concrete_fields
            if field.remote_field is not None and field.remote_field.model in owners
        }
        assert hanging == EMPTIED | EVIDENCE, "decide what a purge does with a new table (services/purging)"


class TestEarlier:
    def test_the_public_version_stays_as_it_is(self, cast: Cast) -> None:
        record = records.corrected(cast, title="更正后的标题")
        entry = Entry.objects.get(pk=record.entry_id)
        _purged(cast, record, Scope.EARLIER)
        cleaning.erase_files(at=casting.later(3))
        after = Entry.objects.get(pk=record.entry_id)
        assert (after.title, after.withdrawn_at, after.version_number) == (entry.title, None, 2)
        old, new = EntryVersion.objects.filter(entry=entry).order_by("number")
        assert (old.body_text, bool(old.purged_at)) == ("", True)
        assert (new.body_text, new.purged_at) == ("更正后的内容。", None)
        with scoping.narrow_to([cast.agency.pk]):
            assert Record.objects.get(pk=record.pk).state == "published"
            kept = RecordVersion.objects.filter(record=record).values_list("number", "purged_at")
        assert [number for number, purged_at in kept if purged_at] == [1]
        assert _tables_with("提前检修管网") == []


class TestTriggers:
    """The door is as narrow as it can be: a released row becomes empty as a whole, once, and nothing else."""

    @pytest.mark.parametrize(
        ("table", "change"),
        [
            ("published_entryversion", "title = 'x'"),
            ("published_entryversion", "title = ''"),
            ("published_entryversion", "purged_at = released_at"),
            ("published_entryversion", "digest = 'x', purged_at = released_at"),
            ("published_entryfile", "text = '', purged_at = '2026-11-20 00:00:00+00'"),
            ("records_recordversion", "body_html = '', body_text = '', purged_at = frozen_at"),
            ("records_recordversion", "author_name = ''"),
        ],
    )
    def test_every_other_change_is_refused(self, cast: Cast, table: str, change: str) -> None:
        _public(cast)
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET {change}")

    @pytest.mark.parametrize("table", ["published_entryversion", "published_entryfile", "records_recordversion"])
    def test_what_was_emptied_stays_so_and_no_row_goes(self, cast: Cast, table: str) -> None:
        _purged(cast, _public(cast))
        for statement in (f"UPDATE {table} SET purged_at = NULL", f"DELETE FROM {table}"):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)


class TestAgain:
    def test_the_list_brings_back_the_purge_but_not_the_content(self, cast: Cast, home: Path) -> None:
        """As after a restore: the list of a site whose purge the present database knows nothing of."""
        record = _public(cast)
        with transaction.atomic():
            _purged(cast, record)
            cleaning.erase_files(at=casting.later(3))
            noted = list(purges.since(home / "purges.jsonl", casting.AT))
            transaction.set_rollback(True)
        assert _tables_with(WORD), "the database was set back"
        assert [bool(each.subject) for each in noted] == [True, False]
        for each in noted:
            events.emit(each)
            store.remove(each.digest)
        assert _tables_with(WORD) == []
        with scoping.narrow_to([cast.agency.pk]):
            again = Purge.objects.get(record=record)
            assert Record.objects.get(pk=record.pk).state == "purged"
        assert (again.asker_name, again.decider_name, again.ground) == ("陈", "赵", "附件含个人信息")
        events.emit(noted[0])
        with scoping.narrow_to([cast.agency.pk]):
            assert Purge.objects.filter(record=record).count() == 1
