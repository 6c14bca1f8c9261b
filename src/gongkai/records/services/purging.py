"""Purge: what must disappear physically is erased by two people of two posts, neither of whom wrote in it.

What is left: digests, ground, times, people, the tombstone. The decision empties the rows; the worker then removes
bytes, has the index built anew and sweeps the database (`cleaning`).
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.db.models import Q

from gongkai.accounts.viewer import Actor
from gongkai.groundwork import events, scoping
from gongkai.groundwork.audit.models import AuditEvent
from gongkai.published.services import purging as published
from gongkai.records.domain.lifecycle import Act
from gongkai.records.domain.purging import ERASED_TITLE, KEPT_FIELDS, Scope
from gongkai.records.events import RecordPurged
from gongkai.records.models import (
    Attachment,
    CheckRun,
    ConfirmationRequest,
    Dismissal,
    EmergencyRemoval,
    EyeReading,
    Purge,
    Record,
    RecordVersion,
    UncutText,
)
from gongkai.records.services import acting, emptying

CONFIRMED, DECLINED = "confirmed", "declined"
_ACTS = {Scope.EVERYTHING: Act.PURGE, Scope.EARLIER: Act.PURGE_EARLIER}


class CannotPurge(acting.Refused):
    """Not these people, no ground, nothing to erase, or nothing that waits for a decision."""


def ask(*, record_id: int, scope: Scope, ground: str, actor: Actor, at: datetime) -> Purge:
    """Asks that the content of a record be erased for good; nothing happens to it yet.

    Raises:
        CannotPurge: see the class.
    """
    asker = acting.person(actor)
    with acting.on_record(record_id, actor=actor) as record:
        acting.allow(record, Act.ASK_PURGE, actor=actor, refusal=CannotPurge)
        _refuse_writer(record, asker)
        words = acting.words_of(ground, "请写明清除的依据，依据会在原网址上公开。", CannotPurge)
        if Purge.objects.filter(record=record, outcome="").exists():
            raise CannotPurge("已经有人申请清除，正在等待确认。")
        if scope is Scope.EARLIER and not _earlier(record).exists():
            raise CannotPurge("没有更正以前的版本可以清除。")
        purge = Purge.objects.create(
            agency_id=record.agency_id,
            record=record,
            scope=scope.value,
            ground=words,
            asked_at=at,
            asker_id=asker,
            asker_name=actor.name,
            asker_post=actor.post,
        )
        acting.note(record, Act.ASK_PURGE, actor=actor, at=at, detail={"scope": scope.value, "ground": words})
    return purge


def decline(*, record_id: int, opinion: str, actor: Actor, at: datetime) -> Purge:
    """Leaves the record as it is, with the reason. Raises `CannotPurge`."""
    with acting.on_record(record_id, actor=actor) as record:
        acting.allow(record, Act.DECLINE_PURGE, actor=actor, refusal=CannotPurge)
        purge = _waiting(record, actor)
        purge.opinion = acting.words_of(opinion, "请写明不予清除的理由。", CannotPurge)
        _decide(purge, DECLINED, actor=actor, at=at)
        acting.note(record, Act.DECLINE_PURGE, actor=actor, at=at, detail={"opinion": purge.opinion})
    return purge


def confirm(*, record_id: int, actor: Actor, at: datetime) -> Record:
    """Erases what was asked for: texts, metadata and names at once, bytes and index by the worker right after.

    Raises:
        CannotPurge: see the class.
    """
    with acting.on_record(record_id, actor=actor) as record:
        purge = _waiting(record, actor)
        act = _ACTS[Scope(purge.scope)]
        line = acting.allow(record, act, actor=actor, refusal=CannotPurge)
        _refuse_writer(record, acting.person(actor))
        erase(record, purge, actor=actor, at=at)
        _decide(purge, CONFIRMED, actor=actor, at=at)
        acting.move(record, line)
        record.changed_at = at
        record.save()
        detail = {"scope": purge.scope, "ground": purge.ground, "asked_by": purge.asker_name, **purge.digests}
        acting.note(record, act, actor=actor, at=at, detail=detail)
        tell(purge, at=at)
    return record


def tell(purge: Purge, *, at: datetime) -> None:
    """Inside the transaction of the act: rooms above erase what they keep, the worker does the rest."""
    events.emit(RecordPurged(record_id=purge.record_id, agency_id=purge.agency_id, scope=purge.scope, at=at))


def erase(record: Record, purge: Purge, *, actor: Actor, at: datetime) -> None:
    """Empties the rows and writes into the purge which digests went. The caller saves record and purge."""
    is_everything = purge.scope == Scope.EVERYTHING
    versions = RecordVersion.objects.filter(record=record, purged_at__isnull=True)
    if not is_everything:
        versions = _earlier(record)
    purge.digests = {"versions": list(versions.values_list("digest", flat=True)), "files": _files(record, versions)}
    if record.entry_id is not None:
        published.erase(
            entry_id=record.entry_id, keep_current=not is_everything, ground=purge.ground, actor=actor, at=at
        )
    _erase_at_co_issuers(record, purge.digests["versions"])
    # Findings and reasons may repeat words of the text; that there were some stays.
    CheckRun.objects.filter(version__in=versions).update(spots=[])
    UncutText.objects.filter(version__in=versions).update(body_html="", purged_at=at)
    versions.update(content={"metadata": {}, "files": []}, body_html="", body_text="", purged_at=at)
    if is_everything:
        emptying.of_record(record)
        _empty(record, at=at)
        Dismissal.objects.filter(record=record).update(message="", reason="")
        EyeReading.objects.filter(record=record).update(title="")
        EmergencyRemoval.objects.filter(record=record, reason="").update(
            reason=purge.ground, explained_at=at, explainer_name=actor.name
        )


def _erase_at_co_issuers(record: Record, digests: list[str]) -> None:
    with scoping.everywhere(because="a copy lies at the desk of everybody who was asked to confirm"):
        asked = ConfirmationRequest.objects.filter(lead_record=record.pk, digest__in=digests)
        asked.update(title=ERASED_TITLE, metadata={}, files=[], body_html="", opinion="", is_over=True)


def _empty(record: Record, *, at: datetime) -> None:
    Attachment.objects.filter(record=record).delete()
    for field in Record._meta.local_concrete_fields:
        if field.name not in KEPT_FIELDS:
            setattr(record, field.attname, _blank(field))
    record.title = ERASED_TITLE
    if record.entry_id is not None:
        record.withdrawn_at = record.withdrawn_at or at


def _blank(field: models.Field[object, object]) -> object:
    if field.null:
        return None
    default = field.get_default()
    return default if isinstance(field, models.JSONField | models.BooleanField) else type(default)()


def _earlier(record: Record) -> models.QuerySet[RecordVersion]:
    """What was frozen before the version that is public now."""
    return RecordVersion.objects.filter(record=record, purged_at__isnull=True, number__lt=record.released_number)


def _files(record: Record, versions: Iterable[RecordVersion]) -> list[str]:
    """Every file that ever belonged to what goes; those taken off before anything was frozen the trail knows."""
    found = {file["digest"] for version in versions for file in version.content["files"]}
    for file in Attachment.objects.filter(record=record).select_related("file", "cleaned"):
        found |= {file.file.digest, file.copy.digest}
    notes = AuditEvent.objects.filter(Q(action="record.attach") | Q(action="record.detach"))
    notes = notes.filter(subject_type=acting.SUBJECT, subject_id=str(record.pk))
    for detail in notes.values_list("detail", flat=True):
        found |= {detail["file"], detail.get("copy", detail["file"])}
    return sorted(found)


def _waiting(record: Record, actor: Actor) -> Purge:
    purge = Purge.objects.filter(record=record, outcome="").first()
    if purge is None:
        raise CannotPurge("没有等待确认的清除申请。")
    if purge.asker_id == actor.user_id or purge.asker_post == actor.post:
        raise CannotPurge("清除要由另一岗位的另一位同志确认。")
    return purge


def _decide(purge: Purge, outcome: str, *, actor: Actor, at: datetime) -> None:
    purge.outcome, purge.decided_at = outcome, at
    purge.decider_id, purge.decider_name, purge.decider_post = acting.person(actor), actor.name, actor.post
    purge.save()


def _refuse_writer(record: Record, person: int) -> None:
    authors = RecordVersion.objects.filter(record=record).values_list("author_id", flat=True)
    if person in {record.drafter_id, *record.writers, *authors}:
        raise CannotPurge("您起草或者修改过这条信息，清除要由其他同志申请和确认。")
