"""A stage held by a superior office: it decides about exactly what lies there, and nothing else is there for it."""

from datetime import date

import pytest

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.domain.posts import Post
from gongkai.accounts.models import PostHolding
from gongkai.agencies.models import Agency
from gongkai.groundwork import scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.records.domain.stages import Stage
from gongkai.records.models import Decision, Record
from gongkai.records.selectors import case_file, held, worklist
from gongkai.records.selectors.case_file import NotFound
from gongkai.records.services import acting, attachments, clearance, drafting, publishing, review, schemes
from gongkai.records.services.clearance import Conclusion, Verdict
from tests import cast as casting
from tests.cast import AT, Cast, Person
from tests.factories import records
from tests.factories import schemes as variants
from tests.factories.schemes import Above

pytestmark = pytest.mark.django_db


@pytest.fixture
def above(cast: Cast) -> Above:
    made = variants.stand_above(cast.agency, cast.other_agency)
    variants.choose(cast, variants.HEAD, variants.ABOVE, variants.SIGN)
    return made


def _approve(person: Person, record: Record, duty: Duty = Duty.PUBLISH_RECORDS) -> Record:
    return review.approve(
        record_id=record.pk, digest=record.digest, opinion="同意", actor=person.acting(duty), at=casting.later()
    )


def _row(record: Record) -> Record:
    with scoping.narrow_to([record.agency_id]):
        return Record.objects.get(pk=record.pk)


class TestTheOfficeAbove:
    def test_decides_and_the_record_goes_on_to_the_own_leader(self, cast: Cast, above: Above) -> None:
        record = _approve(above.he, variants.waiting_above(cast))
        assert (record.stage, record.stage_post, record.held_at_id) == ("sign_off", "leader", None)
        with scoping.narrow_to([cast.agency.pk]):
            decision = Decision.objects.get(record=record, stage="superior")
        assert (decision.agency_id, decision.decider_name, decision.office) == (cast.agency.pk, "何", "某县人民政府")
        assert not decision.is_on_behalf
        assert records.sign(cast, _row(record)).state == "signed"

    def test_returns_with_an_opinion(self, cast: Cast, above: Above) -> None:
        record = variants.waiting_above(cast)
        actor = above.he.acting(Duty.PUBLISH_RECORDS)
        review.return_for_changes(
            record_id=record.pk, digest=record.digest, opinion="请补依据", actor=actor, at=casting.later()
        )
        assert (_row(record).state, _row(record).held_at_id) == ("returned", None)

    def test_leaves_a_line_when_it_looks_and_when_it_decides(self, cast: Cast, above: Above) -> None:
        record = variants.waiting_above(cast)
        review.look(record_id=record.pk, actor=above.he.acting(Duty.PUBLISH_RECORDS), at=casting.later())
        _approve(above.he, record)
        lines = AuditEvent.objects.filter(agency_code=above.county.code, subject_id=str(record.pk)).order_by("id")
        assert [(line.action, line.actor_name, line.detail["office"]) for line in lines] == [
            ("record.look", "何", "某县人民政府"),
            ("record.approve", "何", "某县人民政府"),
        ]

    def test_finds_it_on_its_worklist_under_the_name_of_the_agency(self, cast: Cast, above: Above) -> None:
        record = variants.waiting_above(cast)
        (item,) = worklist.work_waiting(above.he.viewer, today=AT.date())
        assert (item.sentence, item.agency_name) == ("请审核甲局报送的信息", "甲局")
        assert item.url == f"/desk/{variants.COUNTY}/records/held/{record.pk}/"
        assert worklist.reviews_waiting(above.he.viewer, above.county.pk) == {record.pk: item.url}
        assert worklist.work_waiting(cast.chen.viewer, today=AT.date())[0].sentence.startswith("请对")

    def test_counts_among_the_persons_of_the_scheme(self, cast: Cast, above: Above) -> None:
        variants.choose(cast, variants.HEAD, variants.ABOVE, variants.SIGN, persons=4)
        record = _approve(above.he, variants.waiting_above(cast))
        assert records.sign(cast, _row(record)).state == "signed"


class TestNothingElseIsThere:
    def _absent(self, person: Person, record: Record) -> None:
        """Neither to read nor to act upon, whatever the act."""
        agency_id = person.agency.pk
        for read in (held.record, held.whole, case_file.record, case_file.case_file):
            with pytest.raises(NotFound):
                read(person.viewer, agency_id, record.pk)
        officer = person.as_post(Post.DISCLOSURE_OFFICER)
        acts = (
            lambda: review.approve(record_id=record.pk, digest=record.digest, actor=officer, at=AT),
            lambda: review.look(record_id=record.pk, actor=officer, at=AT),
        )
        for act in acts:
            with pytest.raises(acting.NoSuchRecord):
                act()
        assert record.pk not in worklist.reviews_waiting(person.viewer, agency_id)

    def test_while_it_is_a_draft(self, cast: Cast, above: Above) -> None:
        self._absent(above.he, records.draft(cast))

    def test_before_the_stage(self, cast: Cast, above: Above) -> None:
        self._absent(above.he, records.submitted(cast))

    def test_after_the_decision(self, cast: Cast, above: Above) -> None:
        self._absent(above.he, _approve(above.he, variants.waiting_above(cast)))

    def test_after_it_was_recalled(self, cast: Cast, above: Above) -> None:
        record = variants.waiting_above(cast)
        recalled = review.recall(record_id=record.pk, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=AT)
        self._absent(above.he, recalled)

    def test_after_it_was_withdrawn_in_the_middle_of_a_correction(self, cast: Cast, above: Above) -> None:
        record = records.clear(cast, records.sign(cast, _row(_approve(above.he, variants.waiting_above(cast)))))
        publishing.publish(record_id=record.pk, actor=cast.chen.acting(Duty.PUBLISH_RECORDS), at=casting.later())
        drafter = cast.li.acting(Duty.DRAFT_RECORDS)
        publishing.open_correction(record_id=record.pk, reason="日期有误", actor=drafter, at=casting.later())
        again = review.submit(record_id=record.pk, actor=drafter, at=casting.later())
        head = cast.wang.acting(Duty.REVIEW_AS_SECTION_HEAD)
        again = review.approve(record_id=record.pk, digest=again.digest, actor=head, at=casting.later())
        assert held.record(above.he.viewer, above.county.pk, record.pk).held_at_id == above.county.pk
        leader = cast.zhao.acting(Duty.WITHDRAW_RECORDS)
        publishing.withdraw(record_id=record.pk, ground="内容有误", actor=leader, at=casting.later())
        self._absent(above.he, _row(record))

    def test_of_another_subordinate(self, cast: Cast, above: Above) -> None:
        variants.waiting_above(cast)
        actor = cast.zhou.acting(Duty.DRAFT_RECORDS)
        with scoping.narrow_to([cast.other_agency.pk]):
            foreign = drafting.draft(content=records.content(), actor=actor, at=AT)
            foreign = review.submit(record_id=foreign.pk, actor=actor, at=AT)
        self._absent(above.he, foreign)

    def test_for_other_acts_on_the_very_record(self, cast: Cast, above: Above) -> None:
        record = variants.waiting_above(cast)
        county = above.he
        conclusion = Conclusion(record.digest, Verdict.PUBLISH)
        acts = (
            lambda: clearance.clear(
                record_id=record.pk, conclusion=conclusion, actor=county.as_post(Post.SECRECY_REVIEWER), at=AT
            ),
            lambda: publishing.publish(record_id=record.pk, actor=county.acting(Duty.PUBLISH_RECORDS), at=AT),
            lambda: publishing.withdraw(
                record_id=record.pk, ground="x", actor=county.acting(Duty.WITHDRAW_RECORDS), at=AT
            ),
            lambda: review.recall(record_id=record.pk, actor=county.as_post(Post.DRAFTER), at=AT),
        )
        for act in acts:
            with pytest.raises(acting.NoSuchRecord):
                act()

    def test_for_a_colleague_without_the_post(self, cast: Cast, above: Above) -> None:
        record = variants.waiting_above(cast)
        with pytest.raises(NotFound):
            held.record(above.qiao.viewer, above.county.pk, record.pk)
        with pytest.raises(review.CannotDecide, match="岗位"):
            review.approve(record_id=record.pk, digest=record.digest, actor=above.qiao.as_post(Post.DRAFTER), at=AT)

    def test_not_even_a_file_of_another_record(self, cast: Cast, above: Above) -> None:
        from django.core.files.uploadedfile import SimpleUploadedFile

        other, record = records.draft(cast), variants.waiting_above(cast)
        upload = attachments.Upload(stream=SimpleUploadedFile("a.txt", "内容".encode()), file_name="a.txt")
        file = attachments.attach(record_id=other.pk, upload=upload, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=AT)
        with pytest.raises(NotFound):
            held.attachment(above.he.viewer, above.county.pk, record.pk, file.pk)


class TestTheOwnAgency:
    def test_does_not_decide_at_the_stage_of_the_office_above(self, cast: Cast, above: Above) -> None:
        record = variants.waiting_above(cast)
        with pytest.raises(review.CannotDecide, match="由某县人民政府办理"):
            _approve(cast.chen, record)
        assert record.pk not in worklist.reviews_waiting(cast.chen.viewer, cast.agency.pk)


class TestWhoMayHoldAStage:
    def _choose(self, cast: Cast, code: str) -> None:
        variants.choose(
            cast, Stage("superior", "disclosure_officer", "上级审核", held_at=code), variants.SIGN, persons=2
        )

    def test_a_body_above_or_the_competent_office_beside_it(self, cast: Cast, above: Above) -> None:
        office = casting.agency("xian-ban", "县政府办公室", parent=above.county)
        with pytest.raises(schemes.CannotChooseScheme, match="上级机关或者公开工作主管部门"):
            self._choose(cast, office.code)
        casting.person("主管", post=Post.SUPERVISOR, agency=office)
        self._choose(cast, office.code)
        assert records.submitted(cast).held_at_id == office.pk

    def test_no_neighbour_and_no_stranger(self, cast: Cast, above: Above) -> None:
        neighbour = casting.agency("lin-ju", "邻局", parent=above.county)
        for code in (neighbour.code, cast.agency.code, "no-such-body"):
            with pytest.raises(schemes.CannotChooseScheme, match="上级机关"):
                self._choose(cast, code)

    def test_a_merged_office_is_followed_by_its_successor(self, cast: Cast, above: Above) -> None:
        new = casting.agency("xin-xian", "新县人民政府")
        Agency.objects.filter(pk=above.county.pk).update(successor=new, valid_until=date(2026, 1, 1))
        assert variants.waiting_above(cast).held_at_id == new.pk

    def test_an_office_that_ended_without_one_stops_the_record_with_a_sentence(self, cast: Cast, above: Above) -> None:
        record = records.submitted(cast)
        Agency.objects.filter(pk=above.county.pk).update(valid_until=date(2026, 1, 1))
        with pytest.raises(review.CannotDecide, match="已经终止"):
            _approve(cast.wang, record, Duty.REVIEW_AS_SECTION_HEAD)
        assert PostHolding.objects.filter(agency=above.county).exists()
