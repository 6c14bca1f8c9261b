"""Emergency removal: taken down at once by one person, explained afterwards, public again through all gates only."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from gongkai.accounts.viewer import Actor
from gongkai.groundwork import bulk
from gongkai.law import workdays
from gongkai.published.services import withdrawing
from gongkai.records.domain.lifecycle import Act
from gongkai.records.models import Decision, EmergencyRemoval, Record, RecordVersion
from gongkai.records.services import acting, public_content, publishing

UNEXPLAINED = "已紧急撤下，原因待补"


class CannotExplain(acting.Refused):
    """No removal waits for its reason, or no reason is given."""


class CannotRepublish(acting.Refused):
    """The record is not withdrawn, its removal is not explained, or no reason is given."""


class CannotLeave(acting.Refused):
    """The record is not on its way back to the public."""


def remove(*, record_id: int, actor: Actor, at: datetime) -> Record:
    """Takes the record from the public at once; the tombstone says that the reason will follow, and it is due.

    Raises:
        CannotWithdraw: nothing of it is public.
    """
    remover = acting.person(actor)
    with acting.on_record(record_id, actor=actor) as record:
        line = acting.allow(record, Act.REMOVE, actor=actor, refusal=publishing.CannotWithdraw)
        publishing.take_from_public(record, line, ground=UNEXPLAINED, actor=actor, at=at)
        removal = EmergencyRemoval.objects.create(
            agency_id=record.agency_id,
            record=record,
            removed_at=at,
            remover_id=remover,
            remover_name=actor.name,
            post=actor.post,
            as_deputy=actor.as_deputy,
            reason_due_on=_due_on(at),
        )
        detail = {"index_number": record.index_number, "reason_due_on": removal.reason_due_on.isoformat()}
        acting.note(record, Act.REMOVE, actor=actor, at=at, detail=detail)
    return record


def explain(*, record_id: int, reason: str, actor: Actor, at: datetime) -> Record:
    """Gives the reason of an emergency removal; it takes the place of the ground that the public reads.

    Raises:
        CannotExplain: see the class.
    """
    with acting.on_record(record_id, actor=actor) as record:
        acting.allow(record, Act.EXPLAIN, actor=actor, refusal=CannotExplain)
        words = acting.words_of(reason, "请写明撤下的原因，原因会在原网址上公开。", CannotExplain)
        removal = EmergencyRemoval.objects.filter(record=record, reason="").first()
        if removal is None:
            raise CannotExplain("没有等待补写的撤下原因。")
        removal.reason, removal.explained_at, removal.explainer_name = words, at, actor.name
        removal.save(update_fields=["reason", "explained_at", "explainer_name"])
        assert record.entry_id is not None  # it was public when it was removed
        withdrawing.change_ground(entry_id=record.entry_id, ground=words, actor=actor, at=at)
        record.changed_at = at
        bulk.change(record, ["changed_at"])
        acting.note(record, Act.EXPLAIN, actor=actor, at=at, detail={"reason": words})
    return record


def republish(*, record_id: int, reason: str, actor: Actor, at: datetime) -> Record:
    """Opens a withdrawn record again: it is public only after review, signature and clearance, at its old address.

    The reason is published with it.

    Raises:
        CannotRepublish: see the class.
    """
    author = acting.person(actor)
    with acting.on_record(record_id, actor=actor) as record:
        line = acting.allow(record, Act.REPUBLISH, actor=actor, refusal=CannotRepublish)
        if EmergencyRemoval.objects.filter(record=record, reason="").exists():
            raise CannotRepublish("紧急撤下的原因还没有补写，补写后才能重新公开。")
        missing = "重新公开要写明原因，原因随内容一并公开。"
        record.correction_reason = acting.words_of(reason, missing, CannotRepublish)
        record.drafter_id, record.drafter_name, record.writers = author, actor.name, [author]
        # What was cleared before it had to go is cleared anew, even if not a word is changed.
        Decision.objects.filter(record=record, is_valid=True).update(is_valid=False)
        acting.move(record, line)
        record.clearance, record.changed_at = "", at
        record.save()
        acting.note(record, Act.REPUBLISH, actor=actor, at=at, detail={"reason": record.correction_reason})
    return record


def leave(*, record_id: int, actor: Actor, at: datetime) -> Record:
    """Gives up the way back to the public; the working copy becomes again what was withdrawn.

    Raises:
        CannotLeave: see the class.
    """
    with acting.on_record(record_id, actor=actor) as record:
        line = acting.allow(record, Act.LEAVE, actor=actor, refusal=CannotLeave)
        if record.withdrawn_at is None:
            raise CannotLeave("这条信息没有撤下，没有可以放弃的重新公开。")
        public_content.restore(record, RecordVersion.objects.get(record=record, number=record.released_number), at=at)
        acting.move(record, line)
        record.changed_at, record.correction_reason, record.writers = at, "", []
        record.lock_version += 1
        record.save()
        acting.note(record, Act.LEAVE, actor=actor, at=at)
    return record


def _due_on(at: datetime) -> date:
    return workdays.calendar().add_workdays(timezone.localdate(at), settings.REMOVAL_REASON_WORKDAYS).day
