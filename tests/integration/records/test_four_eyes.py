"""Nobody decides about what they wrote, whatever posts they hold; the database says so too."""

import pytest
from django.db import IntegrityError, transaction

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.domain.posts import CASEWORK, Post
from gongkai.groundwork import scoping
from gongkai.records.domain.stages import SIGN_OFF, Scheme, Stage
from gongkai.records.models import Decision, Record, RecordVersion
from gongkai.records.services import clearance, drafting, publishing, review, schemes
from gongkai.records.services.clearance import Conclusion, Verdict
from tests import cast as casting
from tests.cast import AT, Cast, Person
from tests.factories import records

pytestmark = pytest.mark.django_db
ONE_STAGE = Scheme((Stage(SIGN_OFF, "leader", "单位负责人签发"),), 2)


def _clear(person: Person, record: Record, verdict: Verdict = Verdict.PUBLISH) -> Record:
    conclusion = Conclusion(record.digest, verdict)
    return clearance.clear(
        record_id=record.pk, conclusion=conclusion, actor=person.acting(Duty.CLEAR_SECRECY), at=casting.later()
    )


def _draft_and_submit(person: Person) -> Record:
    actor = person.acting(Duty.DRAFT_RECORDS)
    record = drafting.draft(content=records.content(), actor=actor, at=AT)
    return review.submit(record_id=record.pk, actor=actor, at=AT)


def _approve(person: Person, record: Record, duty: Duty) -> Record:
    return review.approve(record_id=record.pk, digest=record.digest, actor=person.acting(duty), at=casting.later())


class TestTheDrafter:
    def test_neither_reviews_signs_nor_clears_though_holding_all_posts(self, cast: Cast) -> None:
        zhou = cast.zhou
        record = _draft_and_submit(zhou)
        with pytest.raises(review.CannotDecide, match="起草"):
            _approve(zhou, record, Duty.REVIEW_AS_SECTION_HEAD)
        with pytest.raises(clearance.CannotClear, match="起草"):
            _clear(zhou, record)

    def test_does_not_sign_under_a_scheme_of_one_stage_either(self, cast: Cast) -> None:
        zhou = cast.zhou
        schemes.choose(scheme=ONE_STAGE, actor=zhou.acting(Duty.CHOOSE_REVIEW_SCHEME), at=AT)
        with pytest.raises(review.CannotDecide, match="起草"):
            _approve(zhou, _draft_and_submit(zhou), Duty.SIGN_RECORDS)

    def test_does_not_return_the_own_record_as_reviewer(self, cast: Cast) -> None:
        record = _draft_and_submit(cast.zhou)
        actor = cast.zhou.acting(Duty.REVIEW_AS_SECTION_HEAD)
        with pytest.raises(review.CannotDecide, match="起草"):
            review.return_for_changes(record_id=record.pk, digest=record.digest, opinion="改", actor=actor, at=AT)


class TestWhoeverChangedIt:
    def test_counts_as_a_writer(self, cast: Cast) -> None:
        helper = Person(casting.person("孙", post=CASEWORK, agency=cast.agency), cast.agency)
        record = records.draft(cast)
        record = drafting.edit(
            record_id=record.pk,
            content=records.content(title="改过"),
            lock_version=0,
            actor=helper.acting(Duty.DRAFT_RECORDS),
            at=AT,
        )
        assert record.writers == [cast.li.user.pk, helper.user.pk]
        record = review.submit(record_id=record.pk, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=AT)
        with pytest.raises(review.CannotDecide, match="起草或者修改"):
            _approve(helper, record, Duty.REVIEW_AS_SECTION_HEAD)
        with pytest.raises(clearance.CannotClear, match="起草或者修改"):
            _clear(helper, record)

    def test_stays_a_writer_after_handing_over(self, cast: Cast) -> None:
        helper = Person(casting.person("孙", post=CASEWORK, agency=cast.agency), cast.agency)
        record = records.draft(cast)
        record = drafting.take_over(record_id=record.pk, actor=helper.acting(Duty.DRAFT_RECORDS), at=AT)
        assert (record.drafter_name, set(record.writers)) == ("孙", {cast.li.user.pk, helper.user.pk})

    def test_saving_without_a_change_makes_nobody_a_writer(self, cast: Cast) -> None:
        helper = Person(casting.person("孙", post=CASEWORK, agency=cast.agency), cast.agency)
        record = records.draft(cast)
        same = drafting.content_of(record)
        record = drafting.edit(
            record_id=record.pk, content=same, lock_version=0, actor=helper.acting(Duty.DRAFT_RECORDS), at=AT
        )
        assert (record.writers, record.lock_version) == ([cast.li.user.pk], 0)


class TestATownOfThree:
    def test_can_publish_though_each_holds_all_posts(self) -> None:
        first, second, third = casting.town_of_three()
        record = _draft_and_submit(first)
        record = _approve(second, record, Duty.REVIEW_AS_SECTION_HEAD)
        with pytest.raises(review.CannotDecide, match="3个人"):
            _approve(second, record, Duty.SIGN_RECORDS)
        record = _approve(third, record, Duty.SIGN_RECORDS)
        record = _clear(second, record)
        # Publishing is the office's work after the gates, so the drafter may do it.
        actor = first.acting(Duty.PUBLISH_RECORDS)
        assert publishing.publish(record_id=record.pk, actor=actor, at=casting.later()).state == "published"

    def test_two_are_enough_where_the_scheme_says_so(self) -> None:
        first, second, _ = casting.town_of_three()
        schemes.choose(scheme=ONE_STAGE, actor=second.acting(Duty.CHOOSE_REVIEW_SCHEME), at=AT)
        record = _approve(second, _draft_and_submit(first), Duty.SIGN_RECORDS)
        assert _clear(second, record).clearance == "publish"


class TestADeputy:
    def test_is_recorded_as_one(self, cast: Cast) -> None:
        from gongkai.accounts.models import PostHolding

        deputy = Person(casting.person("孙", post=Post.LEADER, agency=cast.agency), cast.agency)
        PostHolding.objects.filter(user=deputy.user).update(is_deputy=True)
        record = _approve(deputy, records.reviewed(cast), Duty.SIGN_RECORDS)
        with scoping.narrow_to([cast.agency.pk]):
            decision = Decision.objects.get(record=record, stage=SIGN_OFF)
            assert (decision.decider_name, decision.post, decision.as_deputy) == ("孙", "leader", True)


class TestTheDatabase:
    def _row(self, cast: Cast, record: Record, **values: object) -> Decision:
        version = RecordVersion.objects.get(record=record)
        defaults: dict[str, object] = {
            "agency_id": cast.agency.pk,
            "record": record,
            "version": version,
            "digest": version.digest,
            "stage": SIGN_OFF,
            "outcome": "approve",
            "drafter_id": cast.li.user.pk,
            "drafter_name": "李",
            "decider_id": cast.zhao.user.pk,
            "decider_name": "赵",
            "post": "leader",
            "decided_at": AT,
        }
        return Decision(**defaults | values)

    @pytest.mark.parametrize("stage", [SIGN_OFF, "secrecy_clearance"])
    def test_refuses_a_drafter_who_signs_or_clears(self, cast: Cast, stage: str) -> None:
        record = records.submitted(cast)
        with scoping.narrow_to([cast.agency.pk]):
            own = self._row(cast, record, stage=stage, decider_id=cast.li.user.pk)
            with pytest.raises(IntegrityError, match="drafter_neither_signs_nor_clears"), transaction.atomic():
                own.save()

    def test_refuses_a_second_valid_decision_on_the_same_content(self, cast: Cast) -> None:
        record = records.submitted(cast)
        with scoping.narrow_to([cast.agency.pk]):
            self._row(cast, record, is_valid=False).save()
            self._row(cast, record).save()
            with pytest.raises(IntegrityError), transaction.atomic():
                self._row(cast, record, outcome="return").save()

    def test_refuses_to_change_a_decision_or_a_version(self, cast: Cast) -> None:
        from django.db import DatabaseError

        record = records.reviewed(cast)
        with scoping.narrow_to([cast.agency.pk]):
            for model, change in ((Decision, {"outcome": "return"}), (RecordVersion, {"body_text": "改"})):
                with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                    model.objects.filter(record=record).update(**change)
            Decision.objects.filter(record=record).update(is_valid=False)

    def test_refuses_two_files_in_one_place_and_two_versions_of_one_number(self, cast: Cast) -> None:
        record = records.submitted(cast)
        with scoping.narrow_to([cast.agency.pk]):
            version = RecordVersion.objects.get(record=record)
            version.pk = None
            with pytest.raises(IntegrityError), transaction.atomic():
                version.save(force_insert=True)
