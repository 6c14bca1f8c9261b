"""Acts on many records: the same checks and traces as one by one; one that fails does not stop the rest."""

import pytest
from django_tasks_db.models import DBTaskResult

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.domain.posts import Post
from gongkai.groundwork import scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.published.models import Entry
from gongkai.records.domain.batches import AT_ONCE, BatchAct
from gongkai.records.models import BatchItem, BatchRun, Decision, Record
from gongkai.records.services import acting, drafting
from gongkai.records.services.batches import performing, running
from gongkai.records.services.batches.performing import CannotRun
from tests import cast as casting
from tests.cast import Cast
from tests.factories import batches, records

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return casting.assemble()


def outcomes(cast: Cast, run: BatchRun) -> list[tuple[str, str]]:
    with scoping.narrow_to([cast.agency.pk]):
        return list(BatchItem.objects.filter(run=run).values_list("outcome", "reason"))


def states(cast: Cast) -> list[str]:
    with scoping.narrow_to([cast.agency.pk]):
        return list(Record.objects.order_by("id").values_list("state", flat=True))


def reasons(cast: Cast, person: casting.Person, act: BatchAct, *found: Record, opinion: str = "") -> list[str]:
    with scoping.narrow_to([cast.agency.pk]):
        order = batches.order(person, act, opinion=opinion)
        return [performing.rehearse(record, order, at=casting.later()) for record in found]


class TestThePreview:
    def test_it_says_what_the_act_would_say_and_changes_nothing(self, cast: Cast) -> None:
        good = records.draft(cast)
        bare = records.draft(cast, created_on=None)
        under_way = records.submitted(cast)
        before = AuditEvent.objects.count()
        said = reasons(cast, cast.li, BatchAct.SUBMIT, good, bare, under_way)
        assert said[0] == ""
        assert "请填写成文日期" in said[1]
        assert said[2]
        assert states(cast) == ["draft", "draft", "in_review"]
        assert AuditEvent.objects.count() == before
        with scoping.narrow_to([cast.agency.pk]):
            assert Record.objects.get(pk=good.pk).version_count == 0

    def test_publishing_is_rehearsed_without_an_entry_or_a_number(self, cast: Cast) -> None:
        ready, uncleared = records.cleared(cast), records.signed(cast)
        said = reasons(cast, cast.chen, BatchAct.PUBLISH, ready, uncleared)
        assert said == ["", "送审内容还没有经过保密审查，不能公开。"]
        assert not Entry.objects.exists()

    def test_nobody_is_told_that_they_may_review_what_they_wrote(self, cast: Cast) -> None:
        both = casting.Person(
            casting.person("双", post={Post.DRAFTER, Post.SECTION_HEAD}, agency=cast.agency), cast.agency
        )
        record = records.draft(cast)
        actor = both.acting(Duty.DRAFT_RECORDS)
        content = records.content(title="改过")
        drafting.edit(record_id=record.pk, content=content, lock_version=0, actor=actor, at=casting.AT)
        with scoping.narrow_to([cast.agency.pk]):
            record.refresh_from_db()
        batches.run(cast.li, BatchAct.SUBMIT, [record])
        with scoping.narrow_to([cast.agency.pk]):
            record.refresh_from_db()
        (said,) = reasons(cast, both, BatchAct.APPROVE, record, opinion="同意")
        assert "起草或者修改过" in said


class TestRunning:
    def test_one_that_cannot_go_does_not_stop_the_rest(self, cast: Cast) -> None:
        good, bare, last = records.draft(cast), records.draft(cast, created_on=None), records.draft(cast)
        run = batches.run(cast.li, BatchAct.SUBMIT, [good, bare, last])
        found = outcomes(cast, run)
        assert [outcome for outcome, _ in found] == ["done", "refused", "done"]
        assert "请填写成文日期" in found[1][1]
        assert states(cast) == ["in_review", "draft", "in_review"]
        assert AuditEvent.objects.filter(action="record.submit").count() == 2
        ordered = AuditEvent.objects.get(action="record.batch")
        assert (ordered.actor_name, ordered.detail["records"]) == ("李", 3)

    def test_what_changed_since_the_preview_is_left(self, cast: Cast) -> None:
        record = records.draft(cast)
        tokens = batches.tokens([record], BatchAct.SUBMIT)
        actor = cast.li.acting(Duty.DRAFT_RECORDS)
        content = records.content(title="改过")
        drafting.edit(record_id=record.pk, content=content, lock_version=0, actor=actor, at=casting.AT)
        run = running.start(batches.order(cast.li, BatchAct.SUBMIT), tokens, actor=actor, at=casting.later())
        assert "内容在预览以后有改动" in outcomes(cast, run)[0][1]

    def test_approving_leaves_a_decision_bound_to_each_digest(self, cast: Cast) -> None:
        first, second = records.submitted(cast), records.submitted(cast, title="第二件")
        batches.run(cast.wang, BatchAct.APPROVE, [first, second], opinion="同意")
        with scoping.narrow_to([cast.agency.pk]):
            decisions = Decision.objects.order_by("id").values_list("decider_name", "post", "digest", "opinion")
            assert list(decisions) == [
                ("王", "section_head", first.digest, "同意"),
                ("王", "section_head", second.digest, "同意"),
            ]

    def test_the_leader_signs_what_is_at_the_signature_and_no_other(self, cast: Cast) -> None:
        reviewed, submitted = records.reviewed(cast), records.submitted(cast)
        run = batches.run(cast.zhao, BatchAct.APPROVE, [reviewed, submitted], opinion="同意", duty=Duty.SIGN_RECORDS)
        assert [outcome for outcome, _ in outcomes(cast, run)] == ["done", "refused"]
        assert states(cast) == ["signed", "in_review"]

    def test_returning_and_publishing(self, cast: Cast) -> None:
        submitted, ready = records.submitted(cast), records.cleared(cast)
        batches.run(cast.wang, BatchAct.RETURN, [submitted], opinion="请补充")
        batches.run(cast.chen, BatchAct.PUBLISH, [ready])
        assert states(cast) == ["returned", "published"]
        assert Entry.objects.count() == 1

    @pytest.mark.parametrize(
        ("act", "opinion", "words"),
        [
            (BatchAct.APPROVE, " ", "写明意见"),
            (BatchAct.RETURN, "", "写明意见"),
            (BatchAct.APPROVE, "机密★10年", "国家秘密标志"),
        ],
    )
    def test_without_a_sound_opinion_nothing_is_ordered(
        self, cast: Cast, act: BatchAct, opinion: str, words: str
    ) -> None:
        record = records.submitted(cast)
        with pytest.raises(CannotRun, match=words):
            batches.run(cast.wang, act, [record], opinion=opinion)
        with scoping.narrow_to([cast.agency.pk]):
            assert not BatchRun.objects.exists()

    def test_nothing_and_too_much_are_refused(self, cast: Cast) -> None:
        with pytest.raises(CannotRun, match="至少选择一条"):
            batches.run(cast.li, BatchAct.SUBMIT, [])
        many = dict.fromkeys(range(501), "v0")
        actor = cast.li.acting(Duty.DRAFT_RECORDS)
        with pytest.raises(CannotRun, match="一次最多办理500条"):
            running.start(batches.order(cast.li, BatchAct.SUBMIT), many, actor=actor, at=casting.AT)

    def test_a_record_of_another_agency_cannot_be_ordered(self, cast: Cast) -> None:
        record = records.draft(cast)
        with pytest.raises(acting.NoSuchRecord):
            batches.run(cast.zhou, BatchAct.SUBMIT, [record])
        assert states(cast) == ["draft"]


class TestInTheBackground:
    def test_many_are_the_workers_who_goes_on_after_a_kill_and_doubles_nothing(self, cast: Cast) -> None:
        found = [records.draft(cast, title=f"第{number}件") for number in range(30)]
        run = batches.run(cast.li, BatchAct.SUBMIT, found)
        assert DBTaskResult.objects.get(task_path__endswith="carry_out_batch").args_kwargs["args"] == [run.pk]
        assert set(states(cast)) == {"draft"}
        with pytest.raises(KeyboardInterrupt):
            running.carry_out(run_id=run.pk, agency_id=cast.agency.pk, at=casting.later(), pause=_killed)
        assert states(cast).count("in_review") == 25
        running.carry_out(run_id=run.pk, agency_id=cast.agency.pk, at=casting.later(2))
        running.carry_out(run_id=run.pk, agency_id=cast.agency.pk, at=casting.later(3))
        assert set(states(cast)) == {"in_review"}
        assert AuditEvent.objects.filter(action="record.submit").count() == len(found)

    def test_who_lost_the_post_meanwhile_does_nothing(self, cast: Cast) -> None:
        found = [records.draft(cast, title=f"第{number}件") for number in range(AT_ONCE + 1)]
        run = batches.run(cast.li, BatchAct.SUBMIT, found)
        casting.PostHolding.objects.filter(user=cast.li.user).update(valid_until=casting.AT.date())
        running.carry_out(run_id=run.pk, agency_id=cast.agency.pk, at=casting.later(days=2))
        assert {reason for _, reason in outcomes(cast, run)} == {"您现在的岗位不能办理。"}


def _killed() -> None:
    raise KeyboardInterrupt
