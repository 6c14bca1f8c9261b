"""Checks at the gates, and what people say about their findings: set aside with a reason, read by eye."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils import timezone

from gongkai.accounts.viewer import Actor
from gongkai.groundwork import bulk
from gongkai.groundwork.audit import trail
from gongkai.groundwork.files.models import StoredFile
from gongkai.law import secrecy_marks
from gongkai.records.domain import content as contents
from gongkai.records.domain import digest
from gongkai.records.domain.attributes import Attribute
from gongkai.records.domain.checks import register
from gongkai.records.domain.checks.rules import Dismissal as Allowed
from gongkai.records.domain.checks.rules import Spot
from gongkai.records.domain.lifecycle import UNFINISHED
from gongkai.records.models import Attachment, CheckRun, Dismissal, EyeReading, Record, RecordVersion
from gongkai.records.selectors import checks
from gongkai.records.selectors.checks import Checked
from gongkai.records.services import acting, drafting, freezing

LONGEST_REASON = 300


class Occasion(StrEnum):
    """The gate at which everything is checked."""

    SUBMIT = "submit"
    CLEAR = "clear"
    PUBLISH = "publish"


class CannotDismiss(acting.Refused):
    """Nobody may set this finding aside, or not this person, or it is not there any more, or no reason is given."""


class CannotRead(acting.Refused):
    """The file is not the record's, needs no reading by eye, or the person wrote in the record."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """That somebody has read this file; the digest must be that of the public copy which was on the screen."""

    attachment_id: int
    digest: str


def gate(record: Record, version: RecordVersion, occasion: Occasion, *, actor: Actor, at: datetime) -> tuple[Spot, ...]:
    """Runs all checks over the version, keeps the result, and returns what stands in the way.

    Runs in the transaction of the act, which refuses with the findings; then nothing of it stays.
    """
    found = of_version(record, version, at=at)
    row = CheckRun(
        agency_id=record.agency_id,
        record_id=record.pk,
        version_id=version.pk,
        digest=version.digest,
        occasion=occasion.value,
        spots=[spot.as_dict() for spot in found.spots],
        actor_id=actor.user_id,
        actor_name=actor.name,
        ran_at=at,
    )
    bulk.append(row)
    if version.content["metadata"]["attribute"] != Attribute.PROACTIVE:
        return ()
    return found.stopping(before_reading=occasion is Occasion.SUBMIT)


def refuse_if(standing: Sequence[Spot], refusal: type[acting.Refused]) -> None:
    """Raises ``refusal`` with everything that stands in the way."""
    if standing:
        more = f"（共{len(standing)}项）" if len(standing) > 1 else ""
        raise refusal(f"发布前检查没有通过：{standing[0].finding.message}{more}", [spot.finding for spot in standing])


def of_version(record: Record, version: RecordVersion, *, at: datetime) -> Checked:
    """What the checks say of a frozen version today."""
    content, files = freezing.content_in(version), freezing.files_in(version)
    return checks.checked(record, content, files, on=timezone.localdate(at))


def of_working_copy(record: Record, *, on: date) -> Checked:
    """What they say of what is being written, as the public would get it."""
    content = contents.for_the_public(drafting.content_of(record))
    return checks.checked(record, content, freezing.public_files(_files(record)), on=on)


def dismiss(*, record_id: int, fingerprint: str, reason: str, actor: Actor, at: datetime) -> Dismissal:
    """Sets one finding of the working copy aside, for as long as it stays what it is.

    Raises:
        CannotDismiss: see the class.
    """
    with acting.on_record(record_id, actor=actor) as record:
        _require_unfinished(record, CannotDismiss)
        words = _reason(reason)
        found = of_working_copy(record, on=timezone.localdate(at))
        spot = next((spot for spot in found.standing if spot.fingerprint == fingerprint), None)
        if spot is None:
            raise CannotDismiss("这一项已经没有了，或者已经忽略，请刷新页面。")
        _require_allowed(record, spot, actor=actor)
        row = Dismissal.objects.create(
            agency_id=record.agency_id,
            record=record,
            fingerprint=fingerprint,
            code=spot.finding.code,
            message=spot.finding.message[:500],
            digest=_digest(record),
            reason=words,
            person_id=acting.person(actor),
            person_name=actor.name,
            post=actor.post,
            dismissed_at=at,
        )
        detail = {"code": row.code, "reason": words, "fingerprint": fingerprint}
        trail.write(acting.entry_for(record, "dismiss_finding", detail), actor=actor, at=at)
    return row


def read_by_eye(*, record_id: int, reading: Reading, actor: Actor, at: datetime) -> EyeReading:
    """A reviewer answers with their name for having read a file of which the machine can read nothing.

    Raises:
        CannotRead: see the class.
    """
    with acting.on_record(record_id, actor=actor) as record:
        _require_unfinished(record, CannotRead)
        if acting.person(actor) in record.writers:
            raise CannotRead("您起草或者修改过这条信息，要由其他同志阅看。")
        file = next((file for file in _files(record) if file.pk == reading.attachment_id), None)
        if file is None or freezing.public_files([file])[0].digest != reading.digest:
            raise CannotRead("附件有变化，请刷新页面，看过最新的附件后再确认。")
        if StoredFile.objects.filter(digest=reading.digest, text_status__in=checks.READ).exists():
            raise CannotRead("这个附件有文字，系统已经检查，不需要人工阅看。")
        row, is_new = EyeReading.objects.get_or_create(
            record=record,
            file_digest=reading.digest,
            defaults={
                "agency_id": record.agency_id,
                "title": file.title,
                "person_id": acting.person(actor),
                "person_name": actor.name,
                "post": actor.post,
                "read_at": at,
            },
        )
        if is_new:
            detail = {"file": reading.digest, "title": file.title}
            trail.write(acting.entry_for(record, "read_by_eye", detail), actor=actor, at=at)
    return row


def _require_allowed(record: Record, spot: Spot, *, actor: Actor) -> None:
    rule = register.RULES[spot.finding.code]
    if rule.dismissal is Allowed.NOBODY:
        raise CannotDismiss(f"“{rule.label}”不能忽略。{rule.advice}")
    if rule.dismissal is Allowed.OTHERS and acting.person(actor) in record.writers:
        raise CannotDismiss(f"您起草或者修改过这条信息，“{rule.label}”要由其他同志核对后说明理由。")


def _require_unfinished(record: Record, refusal: type[acting.Refused]) -> None:
    if record.state not in UNFINISHED:
        raise refusal("这条信息现在不在办理中。")


def _reason(text: str) -> str:
    words = text.strip()
    if len(words) < 2:
        raise CannotDismiss("请写明忽略的理由，理由会一直留存。")
    if len(words) > LONGEST_REASON:
        raise CannotDismiss(f"理由最多{LONGEST_REASON}个字，现有{len(words)}个字。")
    if secrecy_marks.is_marked(words):
        raise CannotDismiss("理由中带有国家秘密标志，未保存。")
    return words


def _files(record: Record) -> list[Attachment]:
    return list(
        Attachment.objects.filter(record=record).select_related("file", "cleaned").defer("file__text", "cleaned__text")
    )


def _digest(record: Record) -> str:
    content = contents.for_the_public(drafting.content_of(record))
    files = freezing.public_files(_files(record))
    return digest.of_content(contents.public_metadata(content), body_html=content.body_html, files=files)
