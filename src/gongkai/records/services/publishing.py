"""The record becomes public, is corrected, marked in its validity, or withdrawn."""

from datetime import datetime

from django.utils import timezone

from gongkai.accounts.viewer import Actor
from gongkai.groundwork import bulk, events
from gongkai.law import secrecy_marks, tables
from gongkai.published.models import Entry
from gongkai.published.services import releasing, validity, withdrawing
from gongkai.records.domain.attributes import Attribute
from gongkai.records.domain.lifecycle import Act
from gongkai.records.domain.stages import CLEARANCE, SIGN_OFF
from gongkai.records.events import RecordPublished
from gongkai.records.models import Decision, Record, RecordVersion
from gongkai.records.services import (
    acting,
    catalogue,
    checking,
    coordinating,
    drafting,
    freezing,
    public_content,
    review,
    urgency,
)
from gongkai.records.services.checking import Occasion
from gongkai.records.services.clearance import Verdict


class CannotPublish(acting.Refused):
    """A gate is not passed: signature, clearance of exactly this content, attribute, column, the checks, or a mark."""


class CannotCorrect(acting.Refused):
    """The record is not public, or no reason is given."""


class CannotAbandon(acting.Refused):
    """There is no correction to abandon."""


class CannotSetValidity(acting.Refused):
    """The record is not public, or the successor is not, or they would form a circle."""


class CannotWithdraw(acting.Refused):
    """Nothing is public, or no ground is given."""


def publish(*, record_id: int, actor: Actor, at: datetime) -> Record:
    """Releases the signed and cleared content, as a new entry or as the correction of one, in one transaction.

    Raises:
        CannotPublish: see the class.
    """
    with acting.on_record(record_id, actor=actor) as record:
        line = acting.allow(record, Act.PUBLISH, actor=actor, refusal=CannotPublish)
        put_out(record, line, actor=actor, at=at)
    return record


def put_out(record: Record, line: tables.Transition, *, actor: Actor, at: datetime) -> None:
    """The release itself, of a record that is locked, along the line of the table. Raises `CannotPublish`."""
    version = gates(record, actor=actor, at=at)
    is_correction = record.entry_id is not None
    entry = _release(record, version, actor=actor, at=at)
    acting.move(record, line)
    record.entry_id, record.index_number = entry.pk, entry.index_number
    record.released_number = version.number
    record.published_at = record.published_at or entry.published_at
    record.withdrawn_at = None
    urgency.owe(record, version, at=at)
    record.changed_at, record.correction_reason, record.writers = at, "", []
    bulk.change(
        record,
        [
            *acting.PLACE,
            *("urgent_reason", "urgent_by"),
            *("entry_id", "index_number", "released_number"),
            *("published_at", "withdrawn_at", "changed_at", "correction_reason", "writers"),
        ],
    )
    acting.note(record, Act.PUBLISH, actor=actor, at=at, detail=_detail(record, version))
    events.emit(
        RecordPublished(
            record_id=record.pk,
            agency_id=record.agency_id,
            entry_id=entry.pk,
            is_correction=is_correction,
            at=at,
        )
    )


def open_correction(*, record_id: int, reason: str, actor: Actor, at: datetime) -> Record:
    """Opens the working copy of a public record; the public version stays until the new one is released.

    The reason is published with the correction.

    Raises:
        CannotCorrect: see the class.
    """
    author = acting.person(actor)
    with acting.on_record(record_id, actor=actor) as record:
        line = acting.allow(record, Act.CORRECT, actor=actor, refusal=CannotCorrect)
        record.correction_reason = acting.words_of(reason, "更正要写明原因，原因随更正内容一并公开。", CannotCorrect)
        record.drafter_id, record.drafter_name, record.writers = author, actor.name, [author]
        acting.move(record, line)
        record.changed_at = at
        record.save()
        acting.note(record, Act.CORRECT, actor=actor, at=at, detail={"reason": record.correction_reason})
    return record


def abandon_correction(*, record_id: int, actor: Actor, at: datetime) -> Record:
    """Puts the working copy back to what is public.

    Raises:
        CannotAbandon: the record is not being corrected.
    """
    with acting.on_record(record_id, actor=actor) as record:
        line = acting.allow(record, Act.ABANDON, actor=actor, refusal=CannotAbandon)
        if record.entry_id is None:
            raise CannotAbandon("这条信息没有公开过，没有可以放弃的更正。")
        if record.withdrawn_at is not None:
            raise CannotAbandon("这条信息已经撤下，可以放弃重新公开。")
        version = RecordVersion.objects.get(record=record, number=record.released_number)
        public_content.restore(record, version, at=at)
        # An evaluation may have moved the last day since that version went out.
        record.expires_on = Entry.objects.values_list("expires_on", flat=True).get(pk=record.entry_id)
        acting.move(record, line)
        record.changed_at, record.correction_reason, record.writers = at, "", []
        record.lock_version += 1
        record.save()
        acting.note(record, Act.ABANDON, actor=actor, at=at)
    return record


def set_validity(*, record_id: int, change: validity.Change, actor: Actor, at: datetime) -> Record:
    """Marks how far the public document still holds, and what took its place.

    Raises:
        CannotSetValidity: see the class.
    """
    with acting.on_record(record_id, actor=actor) as record:
        acting.allow(record, Act.SET_VALIDITY, actor=actor, refusal=CannotSetValidity)
        assert record.entry_id is not None  # a published record has one
        if secrecy_marks.is_marked(change.basis):
            raise CannotSetValidity("依据中带有国家秘密标志，未保存。")
        try:
            validity.change_validity(entry_id=record.entry_id, change=change, actor=actor, at=at)
        except validity.CannotChangeValidity as error:
            raise CannotSetValidity(f"{error}。") from error
        record.validity, record.changed_at = change.validity, at
        record.invalid_since = change.since if change.validity.has_ended else None
        bulk.change(record, ["validity", "invalid_since", "changed_at"])
        detail = {"validity": change.validity, "since": change.since.isoformat(), "basis": change.basis}
        acting.note(record, Act.SET_VALIDITY, actor=actor, at=at, detail=detail)
    return record


def withdraw(*, record_id: int, ground: str, actor: Actor, at: datetime) -> Record:
    """Takes the record from the public, whatever is happening to it on the desk; a tombstone with the ground stays.

    Raises:
        CannotWithdraw: see the class.
    """
    with acting.on_record(record_id, actor=actor) as record:
        line = acting.allow(record, Act.WITHDRAW, actor=actor, refusal=CannotWithdraw)
        words = acting.words_of(ground, "撤下信息要写明依据，依据会在原网址上公开。", CannotWithdraw)
        take_from_public(record, line, ground=words, actor=actor, at=at)
        acting.note(record, Act.WITHDRAW, actor=actor, at=at, detail={"ground": words})
    return record


def take_from_public(record: Record, line: tables.Transition, *, ground: str, actor: Actor, at: datetime) -> None:
    """Puts the tombstone in place of the entry. Runs in the transaction of the act. Raises `CannotWithdraw`."""
    if record.entry_id is None:
        raise CannotWithdraw("这条信息没有公开过，不需要撤下。")
    try:
        withdrawing.withdraw(entry_id=record.entry_id, ground=ground, actor=actor, at=at)
    except withdrawing.CannotWithdraw as error:
        raise CannotWithdraw(f"{error}。") from error
    acting.move(record, line)
    record.withdrawn_at = record.changed_at = at
    bulk.change(record, [*acting.PLACE, "withdrawn_at", "changed_at"])


def gates(record: Record, *, actor: Actor, at: datetime) -> RecordVersion:
    """The version that may go out. Raises `CannotPublish` at the first gate that is shut."""
    assert record.submitted_id is not None  # a signed record was submitted
    version = RecordVersion.objects.get(pk=record.submitted_id)
    decided = dict(
        Decision.objects.filter(record=record, digest=version.digest, is_valid=True).values_list("stage", "outcome")
    )
    if freezing.digest_of(version) != version.digest:
        raise CannotPublish("送审内容与其摘要不一致，不能公开，请联系审计管理员。")
    if decided.get(SIGN_OFF) != review.APPROVED:
        raise CannotPublish("送审内容还没有签发，不能公开。")
    if CLEARANCE not in decided:
        raise CannotPublish("送审内容还没有经过保密审查，不能公开。")
    if decided[CLEARANCE] != Verdict.PUBLISH:
        raise CannotPublish(f"保密审查结论为“{Verdict(decided[CLEARANCE]).label}”，不能公开。")
    metadata = version.content["metadata"]
    if metadata["attribute"] != Attribute.PROACTIVE:
        raise CannotPublish(f"公开属性为“{Attribute(metadata['attribute']).label}”，不能主动公开。")
    if metadata.get("created_on", "") > timezone.localdate(at).isoformat():
        raise CannotPublish("成文日期晚于今天，不能公开。")
    if words := coordinating.objection(version):
        raise CannotPublish(words)
    drafting.refuse_if(public_content.marks(version), CannotPublish)
    checking.refuse_if(checking.gate(record, version, Occasion.PUBLISH, actor=actor, at=at), CannotPublish)
    if not catalogue.is_shown(record.agency_id, metadata["column_code"]):
        # Either the agency has no public catalogue yet, and gets it here, or the column was hidden meanwhile.
        catalogue.ensure_shown(record.agency_id, actor=actor, at=at)
        catalogue.require_open_column(record.agency_id, metadata["column_code"], refusal=CannotPublish)
    return version


def _release(record: Record, version: RecordVersion, *, actor: Actor, at: datetime) -> Entry:
    content = public_content.of_version(record, version, published_at=record.published_at or at)
    try:
        if record.entry_id is None:
            return releasing.release(content=content, actor=actor, at=at)
        put_over = releasing.release_correction if record.withdrawn_at is None else releasing.release_again
        return put_over(entry_id=record.entry_id, content=content, reason=record.correction_reason, actor=actor, at=at)
    except releasing.CannotRelease as error:
        raise CannotPublish(f"{error}。") from error


def _detail(record: Record, version: RecordVersion) -> dict[str, object]:
    return {"index_number": record.index_number, "digest": version.digest, "version": version.number}
