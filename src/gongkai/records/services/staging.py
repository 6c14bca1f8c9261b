"""How a record stands in the stages of its scheme: entered, passed, left. What review and paper share."""

from datetime import datetime

from gongkai.groundwork import bulk
from gongkai.law.tables import Transition
from gongkai.records.domain.stages import Hand, Scheme, Stage
from gongkai.records.models import Decision, Record
from gongkai.records.services import acting, schemes

APPROVED, RETURNED = "approve", "return"


def advance(record: Record, line: Transition, scheme: Scheme, *, at: datetime, refusal: type[acting.Refused]) -> None:
    """Moves a record past its stage: to the next one, or where the line of the signature leads."""
    following = scheme.after(record.stage)
    acting.move(record, line)
    if following is not None:
        enter(record, following, at=at, refusal=refusal)
    save(record, at=at)


def enter(record: Record, stage: Stage, *, at: datetime, refusal: type[acting.Refused]) -> None:
    """Puts the record before the post of the stage, at whichever office holds it."""
    record.stage, record.stage_post = stage.code, stage.post
    record.held_at = schemes.holder(stage, at=at, refusal=refusal)


def save(record: Record, *, at: datetime) -> None:
    """Writes where the record stands and what was submitted."""
    record.changed_at = at
    names = ("scheme", "submitted", "digest", "clearance", "version_count", "changed_at")
    bulk.change(record, [*acting.PLACE, *names])


def passed(record: Record) -> set[str]:
    """The stages that this submission has behind it."""
    approvals = Decision.objects.filter(record=record, digest=record.digest, outcome=APPROVED, is_valid=True)
    return set(approvals.values_list("stage", flat=True))


def approvers(record: Record) -> list[Hand]:
    """Who has already approved this submission."""
    approvals = Decision.objects.filter(record=record, digest=record.digest, outcome=APPROVED, is_valid=True)
    return [Hand(*decider) for decider in approvals.values_list("decider_id", "decider_name")]
