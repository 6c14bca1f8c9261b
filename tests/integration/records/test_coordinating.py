"""Joint documents: asked at the co-issuer's desk or noted from paper, and nothing goes out before all agree."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test import Client

from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork import scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.published.models import Entry, EntryIssuer
from gongkai.published.selectors import listing
from gongkai.published.selectors.listing import Shelf
from gongkai.records.domain import joint
from gongkai.records.domain.joint import PARTY_OFFICE, Answer
from gongkai.records.models import Confirmation, ConfirmationRequest, Record
from gongkai.records.selectors import coordination
from gongkai.records.services import acting, coordinating, publishing, review
from gongkai.records.services.coordinating import OnPaper
from tests import cast as casting
from tests.cast import AT, Cast
from tests.factories import records

pytestmark = pytest.mark.django_db


def _ask(cast: Cast, record: Record) -> list[str]:
    return coordinating.ask(record_id=record.pk, actor=cast.chen.acting(Duty.PUBLISH_RECORDS), at=casting.later())


def _asked(cast: Cast) -> ConfirmationRequest:
    with scoping.narrow_to([cast.other_agency.pk]):
        return ConfirmationRequest.objects.latest("pk")


def _answer(cast: Cast, said: Answer = Answer.CONFIRMED, opinion: str = "") -> ConfirmationRequest:
    actor = cast.zhou.acting(Duty.CONFIRM_JOINT_RECORDS)
    return coordinating.answer(request_id=_asked(cast).pk, said=said, opinion=opinion, actor=actor, at=casting.later())


def _note(cast: Cast, record: Record, **values: object) -> None:
    filled = {"issuer": "丙局", "answer": Answer.CONFIRMED, "given_by": "某主任", "given_on": AT.date(), "opinion": ""}
    paper = OnPaper(**filled | values)  # type: ignore[arg-type]  # named fields of the tuple
    actor = cast.chen.acting(Duty.PUBLISH_RECORDS)
    coordinating.note_on_paper(record_id=record.pk, paper=paper, actor=actor, at=casting.later())


def _publish(cast: Cast, record: Record) -> Record:
    actor = cast.chen.acting(Duty.PUBLISH_RECORDS)
    return publishing.publish(record_id=record.pk, actor=actor, at=casting.later())


def _two(cast: Cast) -> Record:
    """Signed and cleared, issued with 乙局, which has a desk here, and 丙局, which has none."""
    return records.cleared(cast, joint_issuers=(cast.other_agency.name, "丙局"))


class TestAsk:
    def test_lays_the_public_text_on_the_desk_of_each_issuer_that_has_one(self, cast: Cast) -> None:
        record = _two(cast)
        assert _ask(cast, record) == [cast.other_agency.name]
        asked = _asked(cast)
        assert (asked.title, asked.lead_name, asked.digest) == (record.title, cast.agency.name, record.digest)
        assert asked.body_html == record.body_html
        (item,) = coordination.work_waiting(cast.zhou.viewer, today=AT.date())
        assert (item.title, item.agency_name) == (record.title, cast.other_agency.name)

    def test_asks_once_about_one_content(self, cast: Cast) -> None:
        record = _two(cast)
        _ask(cast, record)
        with pytest.raises(coordinating.CannotAsk, match="都已征求"):
            _ask(cast, record)

    def test_cut_passages_do_not_travel(self, cast: Cast) -> None:
        body = '<p>经办人：<mark data-ground="third_party_privacy">欧阳修远</mark></p>'
        _ask(cast, records.cleared(cast, joint_issuers=(cast.other_agency.name,), body_html=body))
        with scoping.narrow_to([cast.other_agency.pk]):
            assert "欧阳修远" not in str(ConfirmationRequest.objects.values().get())

    def test_a_document_of_one_issuer_asks_nobody(self, cast: Cast) -> None:
        record = records.cleared(cast)
        with pytest.raises(coordinating.CannotAsk, match="没有联合发文机关"):
            _ask(cast, record)

    def test_the_lead_never_asks_itself(self, cast: Cast) -> None:
        record = records.cleared(cast, joint_issuers=(cast.agency.name,))
        with pytest.raises(coordinating.CannotAsk, match="没有可以在线征求的机关"):
            _ask(cast, record)


class TestAnswer:
    def test_becomes_evidence_of_the_lead(self, cast: Cast) -> None:
        record = _two(cast)
        _ask(cast, record)
        _answer(cast)
        with scoping.narrow_to([cast.agency.pk]):
            said = Confirmation.objects.get(record=record)
        assert (said.issuer, said.answer, said.digest) == (cast.other_agency.name, "confirmed", record.digest)
        assert (said.given_by, said.is_on_paper) == (cast.zhou.user.name, False)
        event = AuditEvent.objects.filter(subject_type="record", subject_id=str(record.pk)).latest("id")
        assert (event.action, event.agency_code) == ("record.answer", cast.other_agency.code)
        assert not list(coordination.work_waiting(cast.zhou.viewer, today=AT.date()))

    def test_an_objection_needs_words(self, cast: Cast) -> None:
        _ask(cast, _two(cast))
        with pytest.raises(coordinating.CannotConfirm, match="写明意见"):
            _answer(cast, Answer.OBJECTED)
        with pytest.raises(coordinating.CannotConfirm, match="国家秘密标志"):
            _answer(cast, Answer.OBJECTED, "机密★10年")

    def test_is_given_once(self, cast: Cast) -> None:
        _ask(cast, _two(cast))
        _answer(cast)
        with pytest.raises(coordinating.CannotConfirm, match="已经办结"):
            _answer(cast)

    def test_another_agency_finds_nothing(self, cast: Cast) -> None:
        _ask(cast, _two(cast))
        with pytest.raises(acting.NoSuchRecord):
            coordinating.answer(
                request_id=_asked(cast).pk,
                said=Answer.CONFIRMED,
                opinion="",
                actor=cast.chen.acting(Duty.CONFIRM_JOINT_RECORDS),
                at=casting.later(),
            )

    def test_what_the_lead_took_back_is_not_answered(self, cast: Cast) -> None:
        record = _two(cast)
        _ask(cast, record)
        review.recall(record_id=record.pk, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=casting.later())
        with pytest.raises(coordinating.CannotConfirm, match="已经改动内容"):
            _answer(cast)
        assert not list(coordination.work_waiting(cast.zhou.viewer, today=AT.date()))


class TestNoteOnPaper:
    def test_keeps_who_when_and_who_noted_it(self, cast: Cast) -> None:
        record = _two(cast)
        _note(cast, record)
        with scoping.narrow_to([cast.agency.pk]):
            said = Confirmation.objects.get()
        assert (said.given_by, said.given_on, said.recorder_name) == ("某主任", AT.date(), cast.chen.user.name)

    @pytest.mark.parametrize(
        ("values", "words"),
        [
            ({"issuer": "丁局"}, "没有这个机关"),
            ({"given_by": " "}, "由谁确认"),
            ({"given_by": "机密★10年"}, "国家秘密标志"),
            ({"given_on": AT.date() + timedelta(days=2)}, "晚于今天"),
            ({"answer": Answer.OBJECTED}, "写明意见"),
        ],
    )
    def test_what_does_not_fit_is_refused(self, cast: Cast, values: dict[str, object], words: str) -> None:
        record = _two(cast)
        with pytest.raises(coordinating.CannotConfirm, match=words):
            _note(cast, record, **values)

    def test_the_party_office_gives_an_opinion(self, cast: Cast) -> None:
        record = records.cleared(cast, is_party_mixed=True)
        with pytest.raises(publishing.CannotPublish, match=f"还没有{joint.PARTY_OFFICE[:2]}"):
            _publish(cast, record)
        with pytest.raises(coordinating.CannotConfirm, match="写明意见"):
            _note(cast, record, issuer=PARTY_OFFICE)
        _note(cast, record, issuer=PARTY_OFFICE, opinion="同意由政府一方公开")
        assert _publish(cast, record).state == "published"

    def test_what_was_said_cannot_be_rewritten(self, cast: Cast) -> None:
        _note(cast, _two(cast))
        with pytest.raises(Exception, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE records_confirmation SET answer = 'objected'")


class TestTheGate:
    def test_nothing_goes_out_before_everybody_has_spoken(self, cast: Cast) -> None:
        record = _two(cast)
        with pytest.raises(publishing.CannotPublish, match=r"还没有.*丙局的确认"):
            _publish(cast, record)
        _ask(cast, record)
        _answer(cast)
        with pytest.raises(publishing.CannotPublish, match="还没有丙局的确认"):
            _publish(cast, record)
        _note(cast, record)
        assert _publish(cast, record).state == "published"

    def test_an_objection_shuts_it_until_the_issuer_agrees(self, cast: Cast) -> None:
        record = records.cleared(cast, joint_issuers=("丙局",))
        _note(cast, record, answer=Answer.OBJECTED, opinion="第三条与我局口径不一致")
        with pytest.raises(publishing.CannotPublish, match="丙局对公开有异议"):
            _publish(cast, record)
        _note(cast, record, opinion="已核对一致")
        assert _publish(cast, record).state == "published"

    def test_a_word_on_other_content_does_not_count(self, cast: Cast) -> None:
        record = records.cleared(cast, joint_issuers=("丙局",))
        _note(cast, record)
        drafter = cast.li.acting(Duty.DRAFT_RECORDS)
        review.recall(record_id=record.pk, actor=drafter, at=casting.later())
        from gongkai.records.services import drafting

        changed = records.content(title="改过的标题", joint_issuers=("丙局",))
        drafting.edit(
            record_id=record.pk, content=changed, lock_version=record.lock_version, actor=drafter, at=casting.later()
        )
        record = review.submit(record_id=record.pk, actor=drafter, at=casting.later())
        head = cast.wang.acting(Duty.REVIEW_AS_SECTION_HEAD)
        record = review.approve(record_id=record.pk, digest=record.digest, actor=head, at=casting.later())
        record = records.clear(cast, records.sign(cast, record))
        with pytest.raises(publishing.CannotPublish, match="还没有丙局的确认"):
            _publish(cast, record)


class TestBeforeThePublic:
    def test_it_stands_under_all_issuers_and_counts_once(self, cast: Cast, client: Client) -> None:
        record = records.published(cast, joint_issuers=(cast.other_agency.name, "丙局"))
        entry = Entry.objects.get(pk=record.entry_id)
        assert entry.agency_id == cast.agency.pk
        issuer = EntryIssuer.objects.get()
        assert (issuer.agency_id, issuer.node_code) == (cast.other_agency.pk, records.COLUMN)
        assert [row.id for row in listing.newest(Shelf(cast.other_agency.pk), limit=5).rows] == [entry.pk]
        assert listing.count_all() == 1
        assert record.title in client.get(f"/agencies/{cast.other_agency.code}/").content.decode()
        assert f"{cast.other_agency.name}、丙局" in client.get(f"/entries/{entry.pk}/").content.decode()

    def test_an_own_column_of_the_lead_leads_to_the_common_one(self, cast: Cast) -> None:
        from gongkai.records.services import catalogue

        keeper = cast.chen.acting(Duty.KEEP_CATALOGUE)
        code = catalogue.add_column(parent_code="art20_15_other", title="专栏", actor=keeper, at=AT)
        records.published(cast, column_code=code, joint_issuers=(cast.other_agency.name,))
        assert EntryIssuer.objects.get().node_code == "art20_15_other"


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({}, "还没有甲、乙的确认"),
        ({"甲": "confirmed"}, "还没有乙的确认"),
        ({"甲": "confirmed", "乙": "objected"}, "乙对公开有异议"),
        ({"甲": "confirmed", "乙": "confirmed"}, "^$"),
    ],
)
def test_the_rule_names_who_is_missing(answers: dict[str, str], words: str) -> None:
    import re

    assert re.search(words, joint.objection(("甲", "乙"), answers))


def test_names_of_two_bodies_are_nobody_s(cast: Cast) -> None:
    from gongkai.records.services import public_content

    casting.agency("yi-ju-2", cast.other_agency.name)
    assert public_content.agencies_named((cast.other_agency.name,), besides=cast.agency.pk, on=date(2026, 11, 20)) == {}
