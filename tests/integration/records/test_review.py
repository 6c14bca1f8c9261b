"""Submitting, deciding, returning: what is bound to which content, and what a new round takes away."""

import pytest

from gongkai.accounts.domain.duties import Duty
from gongkai.groundwork import scoping
from gongkai.records.domain.stages import SIGN_OFF, Scheme, Stage
from gongkai.records.models import Decision, Record, RecordVersion
from gongkai.records.services import clearance, drafting, publishing, review, schemes
from gongkai.records.services.clearance import Conclusion, Verdict
from tests import cast as casting
from tests.cast import AT, Cast
from tests.factories import records

pytestmark = pytest.mark.django_db


def _resubmit(cast: Cast, record: Record, **values: object) -> Record:
    actor = cast.li.acting(Duty.DRAFT_RECORDS)
    if values:
        content = records.content(**values)
        drafting.edit(
            record_id=record.pk, content=content, lock_version=record.lock_version, actor=actor, at=casting.later()
        )
    return review.submit(record_id=record.pk, actor=actor, at=casting.later(2))


def _decisions(cast: Cast, record: Record) -> list[tuple[str, str, bool]]:
    with scoping.narrow_to([cast.agency.pk]):
        return list(Decision.objects.filter(record=record).order_by("id").values_list("stage", "outcome", "is_valid"))


class TestSubmit:
    def test_freezes_a_version_and_goes_to_the_first_stage(self, cast: Cast) -> None:
        record = records.submitted(cast)
        assert (record.state, record.stage, record.stage_post) == ("in_review", "section_head", "section_head")
        with scoping.narrow_to([cast.agency.pk]):
            version = RecordVersion.objects.get(record=record)
        assert (version.number, version.digest, version.author_name) == (1, record.digest, "李")
        assert version.content["metadata"]["title"] == record.title

    @pytest.mark.parametrize("gap", ["created_on", "column_code", "body_html"])
    def test_says_what_is_missing(self, cast: Cast, gap: str) -> None:
        record = records.draft(cast, **{gap: None if gap == "created_on" else ""})
        with pytest.raises(review.CannotSubmit) as refused:
            review.submit(record_id=record.pk, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=AT)
        assert [finding.where for finding in refused.value.findings] == [(gap,)]

    def test_pins_the_scheme_so_that_a_new_one_does_not_touch_running_cases(self, cast: Cast) -> None:
        record = records.submitted(cast)
        single = Scheme((Stage(SIGN_OFF, "leader", "单位负责人签发"),), 2)
        schemes.choose(scheme=single, actor=cast.chen.acting(Duty.CHOOSE_REVIEW_SCHEME), at=AT)
        head = cast.wang.acting(Duty.REVIEW_AS_SECTION_HEAD)
        record = review.approve(record_id=record.pk, digest=record.digest, actor=head, at=AT)
        assert record.stage == SIGN_OFF
        assert records.submitted(cast).stage == SIGN_OFF


class TestDecide:
    def test_on_what_one_has_read_only(self, cast: Cast) -> None:
        record = records.submitted(cast)
        actor = cast.wang.acting(Duty.REVIEW_AS_SECTION_HEAD)
        with pytest.raises(review.CannotDecide, match="内容已经更新"):
            review.approve(record_id=record.pk, digest="0" * 64, actor=actor, at=AT)

    def test_returning_needs_an_opinion(self, cast: Cast) -> None:
        record = records.submitted(cast)
        actor = cast.wang.acting(Duty.REVIEW_AS_SECTION_HEAD)
        with pytest.raises(review.CannotDecide, match="意见"):
            review.return_for_changes(record_id=record.pk, digest=record.digest, opinion=" ", actor=actor, at=AT)

    @pytest.mark.parametrize("opinion", ["机密★10年", "长" * 501])
    def test_an_opinion_is_no_way_in_for_secrets_or_novels(self, cast: Cast, opinion: str) -> None:
        record = records.submitted(cast)
        actor = cast.wang.acting(Duty.REVIEW_AS_SECTION_HEAD)
        with pytest.raises(review.CannotDecide):
            review.approve(record_id=record.pk, digest=record.digest, opinion=opinion, actor=actor, at=AT)
        assert _decisions(cast, record) == []

    def test_only_the_drafter_recalls(self, cast: Cast) -> None:
        record = records.signed(cast)
        other = casting.Person(casting.person("孙", post=casting.Post.DRAFTER, agency=cast.agency), cast.agency)
        with pytest.raises(review.CannotRecall, match="李承办"):
            review.recall(record_id=record.pk, actor=other.acting(Duty.DRAFT_RECORDS), at=AT)
        assert review.recall(record_id=record.pk, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=AT).state == "returned"


class TestANewRound:
    def test_reviews_begin_anew_even_without_a_change(self, cast: Cast) -> None:
        record = _resubmit(cast, records.returned(cast))
        assert (record.state, record.stage) == ("in_review", "section_head")
        assert _decisions(cast, record) == [("section_head", "return", False)]
        actor = cast.wang.acting(Duty.REVIEW_AS_SECTION_HEAD)
        assert review.approve(record_id=record.pk, digest=record.digest, actor=actor, at=AT).stage == SIGN_OFF

    def test_a_clearance_survives_if_not_a_byte_was_changed(self, cast: Cast) -> None:
        record = records.clear(cast, records.submitted(cast))
        review.recall(record_id=record.pk, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=AT)
        assert _resubmit(cast, record).clearance == "publish"

    def test_a_clearance_falls_with_any_change(self, cast: Cast) -> None:
        record = records.clear(cast, records.submitted(cast))
        record = review.recall(record_id=record.pk, actor=cast.li.acting(Duty.DRAFT_RECORDS), at=AT)
        record = _resubmit(cast, record, title="改了一个字的通知")
        assert record.clearance == ""
        record = records.sign(cast, _approved(cast, record))
        with pytest.raises(publishing.CannotPublish, match="还没有经过保密审查"):
            publishing.publish(record_id=record.pk, actor=cast.chen.acting(Duty.PUBLISH_RECORDS), at=casting.later(3))
        record = records.clear(cast, record)
        office = cast.chen.acting(Duty.PUBLISH_RECORDS)
        assert publishing.publish(record_id=record.pk, actor=office, at=casting.later(3)).state == "published"

    def test_a_clearance_comes_back_with_the_old_content(self, cast: Cast) -> None:
        record = records.clear(cast, records.submitted(cast))
        drafter = cast.li.acting(Duty.DRAFT_RECORDS)
        record = review.recall(record_id=record.pk, actor=drafter, at=AT)
        record = review.recall(record_id=_resubmit(cast, record, title="改过").pk, actor=drafter, at=AT)
        assert _resubmit(cast, record, title=records.content().title).clearance == "publish"


class TestClear:
    def _conclude(self, cast: Cast, record: Record, verdict: Verdict, opinion: str = "") -> Record:
        return clearance.clear(
            record_id=record.pk,
            conclusion=Conclusion(record.digest, verdict, opinion),
            actor=cast.chen.acting(Duty.CLEAR_SECRECY),
            at=casting.later(),
        )

    @pytest.mark.parametrize("verdict", [Verdict.EXEMPT, Verdict.REFER])
    def test_saying_no_needs_an_opinion_and_stops_publication(self, cast: Cast, verdict: Verdict) -> None:
        record = records.signed(cast)
        with pytest.raises(clearance.CannotClear, match="意见"):
            self._conclude(cast, record, verdict)
        record = self._conclude(cast, record, verdict, "涉及工作秘密")
        with pytest.raises(publishing.CannotPublish, match=verdict.label):
            publishing.publish(record_id=record.pk, actor=cast.chen.acting(Duty.PUBLISH_RECORDS), at=casting.later())

    def test_a_new_conclusion_replaces_the_old_one_and_says_why(self, cast: Cast) -> None:
        record = self._conclude(cast, records.signed(cast), Verdict.REFER, "请上级确定")
        with pytest.raises(clearance.CannotClear, match="改变"):
            self._conclude(cast, record, Verdict.PUBLISH)
        record = self._conclude(cast, record, Verdict.PUBLISH, "上级答复可以公开")
        assert record.clearance == "publish"
        assert [row for row in _decisions(cast, record) if row[0] == "secrecy_clearance"] == [
            ("secrecy_clearance", "refer", False),
            ("secrecy_clearance", "publish", True),
        ]

    def test_it_is_bound_to_what_was_read(self, cast: Cast) -> None:
        record = records.submitted(cast)
        with pytest.raises(clearance.CannotClear, match="内容已经更新"):
            clearance.clear(
                record_id=record.pk,
                conclusion=Conclusion("0" * 64, Verdict.PUBLISH),
                actor=cast.chen.acting(Duty.CLEAR_SECRECY),
                at=AT,
            )


def _approved(cast: Cast, record: Record) -> Record:
    actor = cast.wang.acting(Duty.REVIEW_AS_SECTION_HEAD)
    return review.approve(record_id=record.pk, digest=record.digest, actor=actor, at=casting.later())
