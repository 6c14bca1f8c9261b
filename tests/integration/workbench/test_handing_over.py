"""Everything that a drafter has open goes to a colleague, and nothing else does."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from gongkai.accounts.domain.duties import Duty
from gongkai.accounts.domain.posts import Post
from gongkai.groundwork import scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.records.models import Record
from gongkai.records.services import drafting, review
from gongkai.workbench.models import Handover
from gongkai.workbench.services import handing_over
from gongkai.workbench.services.handing_over import CannotHandOver, Wish
from tests import cast as casting
from tests.cast import AT, Cast, Person
from tests.factories import records

pytestmark = pytest.mark.django_db

TODAY = AT.date()


@pytest.fixture
def cast() -> Iterator[Cast]:
    assembled = casting.assemble()
    with scoping.narrow_to([assembled.agency.pk]):
        yield assembled


@pytest.fixture
def hui(cast: Cast) -> Person:
    """惠 drafts, too, and heads the section."""
    return Person(casting.person("惠", post={Post.DRAFTER, Post.SECTION_HEAD}, agency=cast.agency), cast.agency)


def hand_over(cast: Cast, to: Person, *, reason: str = "调离", by: Person | None = None) -> Handover:
    actor = (by or cast.chen).acting(Duty.DRAFT_RECORDS if by else Duty.HAND_OVER)
    wish = Wish(from_id=cast.li.user.pk, to_id=to.user.pk, reason=reason)
    return handing_over.hand_over(wish=wish, today=TODAY, actor=actor, at=casting.later())


def test_everything_open_goes_over_and_what_is_done_stays(cast: Cast, hui: Person) -> None:
    made = {state: bring(cast) for state, bring in records.IN_STATE.items()}
    hand_over(cast, hui)
    now = dict(Record.objects.values_list("id", "drafter_name"))
    gone = {state for state, record in made.items() if now[record.pk] == "惠"}
    assert gone == {"draft", "in_review", "returned", "signed", "correcting"}


def test_the_list_names_what_went_with_state_and_deadline(cast: Cast, hui: Person) -> None:
    record = records.submitted(cast)
    handover = hand_over(cast, hui)
    assert handover.items == [
        {"record_id": record.pk, "state": "in_review", "due_on": record.due_on.isoformat(), "stayed_because": ""}
    ]
    assert (handover.from_name, handover.from_posts, handover.to_name) == ("李", "承办人", "惠")


def test_what_is_due_first_stands_first(cast: Cast, hui: Person) -> None:
    late = records.draft(cast, created_on=date(2026, 11, 18))
    early = records.draft(cast, created_on=date(2026, 11, 2))
    without = records.draft(cast, created_on=None)
    items = hand_over(cast, hui).items
    assert [item["record_id"] for item in items] == [early.pk, late.pk, without.pk]


def test_each_record_and_the_act_itself_leave_a_line_in_the_trail(cast: Cast, hui: Person) -> None:
    records.draft(cast)
    records.draft(cast)
    hand_over(cast, hui)
    actions = AuditEvent.objects.values_list("action", flat=True)
    assert (list(actions).count("record.hand_over"), list(actions).count("handover")) == (2, 1)


def test_the_receiver_counts_as_a_writer_and_may_not_sign(cast: Cast, hui: Person) -> None:
    record = records.submitted(cast)
    hand_over(cast, hui)
    actor = hui.acting(Duty.REVIEW_AS_SECTION_HEAD)
    with pytest.raises(review.CannotDecide, match="起草或者修改过"):
        review.approve(record_id=record.pk, digest=record.digest, actor=actor, at=casting.later())


def test_what_the_receiver_has_decided_on_stays_and_the_list_says_why(cast: Cast, hui: Person) -> None:
    record = records.submitted(cast)
    actor = hui.acting(Duty.REVIEW_AS_SECTION_HEAD)
    review.approve(record_id=record.pk, digest=record.digest, actor=actor, at=AT)
    handover = hand_over(cast, hui)
    assert "已经对它作出过审核" in handover.items[0]["stayed_because"]
    assert Record.objects.get(pk=record.pk).drafter_name == "李"


def test_an_edit_that_began_before_is_refused_afterwards(cast: Cast, hui: Person) -> None:
    record = records.draft(cast)
    hand_over(cast, hui)
    with pytest.raises(drafting.CannotEdit, match="其他同志"):
        drafting.edit(
            record_id=record.pk,
            content=records.content(title="另一个标题"),
            lock_version=record.lock_version,
            actor=cast.li.acting(Duty.DRAFT_RECORDS),
            at=casting.later(),
        )


def test_a_drafter_hands_over_the_own_work(cast: Cast, hui: Person) -> None:
    records.draft(cast)
    assert hand_over(cast, hui, by=cast.li).handed_by_name == "李"


def test_a_drafter_may_not_hand_over_a_colleague_s(cast: Cast, hui: Person) -> None:
    records.draft(cast)
    with pytest.raises(CannotHandOver, match="只能移交自己的"):
        hand_over(cast, hui, by=hui)


def test_to_somebody_who_drafts_nothing_here_is_refused(cast: Cast) -> None:
    records.draft(cast)
    for receiver in (cast.wang, cast.zhou):
        with pytest.raises(CannotHandOver, match="没有承办人岗位"):
            hand_over(cast, receiver)


def test_to_oneself_is_refused(cast: Cast) -> None:
    records.draft(cast)
    with pytest.raises(CannotHandOver, match="同一人"):
        hand_over(cast, cast.li)


def test_nothing_open_is_told(cast: Cast, hui: Person) -> None:
    with pytest.raises(CannotHandOver, match="没有在办事项"):
        hand_over(cast, hui)


@pytest.mark.parametrize(("reason", "words"), [(" ", "写明"), ("长" * 201, "最多"), ("机密★10年", "国家秘密标志")])
def test_the_reason_is_needed_short_and_unmarked(cast: Cast, hui: Person, reason: str, words: str) -> None:
    records.draft(cast)
    with pytest.raises(CannotHandOver, match=words):
        hand_over(cast, hui, reason=reason)


def test_another_agency_s_officer_moves_nothing(cast: Cast, hui: Person) -> None:
    record = records.draft(cast)
    wish = Wish(from_id=cast.li.user.pk, to_id=cast.zhou.user.pk, reason="调离")
    with pytest.raises(CannotHandOver):
        handing_over.hand_over(wish=wish, today=TODAY, actor=cast.zhou.acting(Duty.HAND_OVER), at=casting.later())
    assert Record.objects.get(pk=record.pk).drafter_name == "李"


def test_the_list_cannot_be_changed_afterwards(cast: Cast, hui: Person) -> None:
    records.draft(cast)
    handover = hand_over(cast, hui)
    with pytest.raises(DatabaseError), transaction.atomic():
        Handover.objects.filter(pk=handover.pk).update(reason="另一个原因")
