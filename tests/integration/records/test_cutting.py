"""What is cut stays on the desk: no version that is public, no search, no interface, no difference holds it."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test import Client

from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork import scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.published.models import Entry, EntryVersion
from gongkai.records.domain import rich_text
from gongkai.records.models import Record, RecordVersion, UncutText
from gongkai.records.services import cutting, drafting, publishing, review
from gongkai.records.services.cutting import Passage
from tests import cast as casting
from tests.cast import AT, Cast, Person
from tests.factories import records
from tests.integration.published import building
from tests.portal.conftest import index

__all__ = ["index"]
pytestmark = pytest.mark.django_db
NAME = "欧阳修远"
BODY = f"<h2>一、补助对象</h2><p>经审核，{NAME}符合条件，{NAME}每月领取三百元。</p>"
PRIVACY = "third_party_privacy"


def _draft(cast: Cast) -> Record:
    return records.draft(cast, body_html=BODY)


def _cut(person: Person, record: Record, text: str = NAME, ground: str = PRIVACY, note: str = "") -> int:
    return cutting.cut(
        record_id=record.pk,
        passage=Passage(text, ground, note),
        lock_version=record.lock_version,
        actor=person.acting(Duty.DRAFT_RECORDS),
        at=casting.later(),
    )


def _again(record: Record) -> Record:
    with scoping.narrow_to([record.agency_id]):
        return Record.objects.get(pk=record.pk)


def _published(cast: Cast, record: Record) -> Record:
    record = review.submit(record_id=record.pk, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=casting.later())
    head = cast.wang.acting(Duty.REVIEW_AS_SECTION_HEAD)
    record = review.approve(record_id=record.pk, digest=record.digest, actor=head, at=casting.later())
    record = records.clear(cast, records.sign(cast, record))
    return publishing.publish(record_id=record.pk, actor=cast.chen.acting(Duty.PUBLISH_RECORDS), at=casting.later())


class TestCut:
    def test_marks_every_place_and_says_where_and_why_but_not_what(self, cast: Cast) -> None:
        record = _draft(cast)
        assert _cut(cast.li, record) == 2
        found = _again(record)
        assert found.body_html.count(f'<mark data-ground="{PRIVACY}">{NAME}</mark>') == 2
        assert found.lock_version == record.lock_version + 1
        event = AuditEvent.objects.latest("id")
        assert (event.action, event.detail) == ("record.cut", {"ground": PRIVACY, "note": "", "places": 2})

    @pytest.mark.parametrize(
        ("passage", "words"),
        [
            (Passage("没有的话", PRIVACY), "没有这段文字"),
            (Passage(NAME, ""), "理由"),
            (Passage(NAME, "state_secret"), "理由"),
            (Passage(NAME, "law_prohibited"), "具体依据"),
            (Passage(NAME, PRIVACY, "长" * 101), "100"),
            (Passage(NAME, PRIVACY, "机密★10年"), "国家秘密标志"),
        ],
    )
    def test_what_does_not_fit_is_refused_and_changes_nothing(self, cast: Cast, passage: Passage, words: str) -> None:
        record = _draft(cast)
        with pytest.raises(cutting.CannotCut, match=words):
            _cut(cast.li, record, *passage)
        assert _again(record).body_html == record.body_html

    def test_somebody_elses_change_is_not_overwritten(self, cast: Cast) -> None:
        record = _draft(cast)
        _cut(cast.li, record)
        with pytest.raises(cutting.CannotCut, match="刚刚"):
            _cut(cast.li, record, "三百元")

    def test_under_review_nothing_is_cut(self, cast: Cast) -> None:
        record = records.submitted(cast, body_html=BODY)
        with pytest.raises(cutting.CannotCut, match="状态下不能"):
            _cut(cast.li, record)

    def test_another_agency_finds_nothing(self, cast: Cast) -> None:
        record = _draft(cast)
        with pytest.raises(cutting.acting.NoSuchRecord):
            _cut(cast.zhou, record)

    def test_a_cut_is_taken_back(self, cast: Cast) -> None:
        record = _draft(cast)
        _cut(cast.li, record)
        for _ in range(2):
            seen = _again(record).lock_version
            actor = cast.li.acting(Duty.DRAFT_RECORDS)
            cutting.restore(record_id=record.pk, number=1, lock_version=seen, actor=actor, at=casting.later())
        assert _again(record).body_html == rich_text.clean(BODY)
        with pytest.raises(cutting.CannotCut, match="没有这处"):
            cutting.restore(record_id=record.pk, number=1, lock_version=seen + 1, actor=actor, at=casting.later())

    def test_a_cut_without_ground_is_not_stored_from_anywhere(self, cast: Cast) -> None:
        with pytest.raises(drafting.CannotDraft, match="没有理由"):
            records.draft(cast, body_html='<p><mark data-ground="unheard_of">甲</mark></p>')

    def test_a_secret_mark_inside_a_cut_is_refused_at_the_door(self, cast: Cast) -> None:
        with pytest.raises(drafting.CannotDraft, match="国家秘密标志"):
            records.draft(cast, body_html=f'<p><mark data-ground="{PRIVACY}">机密★10年</mark></p>')


class TestTheWayOut:
    @building.COMMITTING
    def test_the_public_gets_the_ground_in_place_of_the_words(
        self, cast: Cast, client: Client, index: Callable[[], None]
    ) -> None:
        record = _draft(cast)
        _cut(cast.li, record)
        record = _published(cast, _again(record))
        index()
        page = client.get(f"/entries/{record.entry_id}/").content.decode()
        assert page.count("〔此处有删减，理由：涉及个人隐私") == 2
        assert "本文有2处删减" in page
        told = client.get(f"/api/public/v1/entries/{record.entry_id}").content.decode()
        found = client.get("/search/", {"q": f'"{NAME}"'}).content.decode()
        assert f"/entries/{record.entry_id}/" not in found
        assert f"/entries/{record.entry_id}/" in client.get("/search/", {"q": "补助对象"}).content.decode()
        for text in (page, told, client.get("/latest/").content.decode()):
            assert NAME not in text
            assert "<mark" not in text
        assert NAME not in str([version.__dict__ for version in EntryVersion.objects.all()])

    def test_the_version_holds_what_is_public_and_the_desk_keeps_the_whole(self, cast: Cast) -> None:
        record = _draft(cast)
        _cut(cast.li, record)
        record = _published(cast, _again(record))
        with scoping.narrow_to([cast.agency.pk]):
            version = RecordVersion.objects.get(record=record)
            whole = UncutText.objects.get(version=version)
        assert NAME not in f"{version.body_html}{version.body_text}{version.content}"
        assert version.content["metadata"]["cuts"] == 2
        assert whole.body_html.count(NAME) == 2
        assert _again(record).body_html == whole.body_html

    def test_the_whole_text_is_evidence(self, cast: Cast) -> None:
        record = _draft(cast)
        _cut(cast.li, record)
        _published(cast, _again(record))
        with pytest.raises(Exception, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM records_uncuttext")

    def test_a_version_without_cuts_has_nothing_beside_it(self, cast: Cast) -> None:
        records.published(cast)
        with scoping.narrow_to([cast.agency.pk]):
            assert not UncutText.objects.exists()
            assert "cuts" not in RecordVersion.objects.get().content["metadata"]

    def test_a_clearance_holds_for_the_public_text_and_not_longer(self, cast: Cast) -> None:
        record = _draft(cast)
        _cut(cast.li, record)
        first = _published(cast, _again(record))
        actor = cast.li.acting(Duty.DRAFT_RECORDS)
        opened = publishing.open_correction(record_id=record.pk, reason="补充", actor=actor, at=casting.later())
        _cut(cast.li, opened, "每月领取三百元")
        again = review.submit(record_id=record.pk, actor=actor, at=casting.later())
        assert again.digest != first.digest
        assert again.clearance == ""

    def test_a_correction_shows_no_cut_words_in_its_history(self, cast: Cast, client: Client) -> None:
        record = _published(cast, _draft(cast))
        assert NAME in client.get(f"/entries/{record.entry_id}/").content.decode()
        actor = cast.li.acting(Duty.DRAFT_RECORDS)
        opened = publishing.open_correction(record_id=record.pk, reason="隐去个人信息", actor=actor, at=casting.later())
        _cut(cast.li, opened)
        _published(cast, _again(record))
        page = client.get(f"/entries/{record.entry_id}/").content.decode()
        assert "隐去个人信息" in page
        assert NAME not in page
        assert Entry.objects.get(pk=record.entry_id).version_number == 2

    def test_an_abandoned_correction_brings_the_cuts_back(self, cast: Cast) -> None:
        record = _draft(cast)
        _cut(cast.li, record)
        record = _published(cast, _again(record))
        before = _again(record).body_html
        actor = cast.li.acting(Duty.DRAFT_RECORDS)
        opened = publishing.open_correction(record_id=record.pk, reason="补充", actor=actor, at=casting.later())
        cutting.restore(
            record_id=record.pk, number=1, lock_version=opened.lock_version, actor=actor, at=casting.later()
        )
        publishing.abandon_correction(record_id=record.pk, actor=actor, at=casting.later())
        assert _again(record).body_html == before


class TestWordsThatStandElsewhere:
    def test_in_title_or_summary_they_stop_the_submission(self, cast: Cast) -> None:
        record = records.draft(cast, body_html=BODY, summary=f"同意{NAME}的申请。")
        _cut(cast.li, record)
        with pytest.raises(review.CannotSubmit, match="内容概述里还有正文中删减的文字"):
            review.submit(record_id=record.pk, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=AT)

    def test_in_the_rest_of_the_text_the_reviewers_are_told(self, cast: Cast) -> None:
        from gongkai.records.domain import content as contents

        body = f'<p><mark data-ground="{PRIVACY}">{NAME}</mark></p><p>{NAME}</p>'
        content = records.content(body_html=body, body_text=f"{NAME}\n{NAME}")
        found = [finding.message for finding in contents.readiness(content, has_files=False, on=AT.date())]
        assert found == ["正文中删减的文字，在其他1处没有删减，请核对。"]
