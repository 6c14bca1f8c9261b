"""The register of documents refused as state secrets: number, ground and dates, and not one word of the document."""

from datetime import date, datetime

from django.utils import timezone

from gongkai.accounts.viewer import Actor
from gongkai.groundwork import bulk
from gongkai.groundwork.audit import trail
from gongkai.groundwork.numbering import allocation
from gongkai.records.models import SecretReevaluation, SecretRefusal
from gongkai.records.services import acting

GROUND = "state_secret"


class CannotRegister(acting.Refused):
    """The day of the decision lies ahead, or that of the next evaluation does not."""


class CannotEvaluate(acting.Refused):
    """Declassified already, or the next day does not lie ahead."""


def register(*, decided_on: date, reevaluate_on: date, actor: Actor, at: datetime) -> SecretRefusal:
    """Enters a refusal under the next number of the agency's year.

    Raises:
        CannotRegister: see the class.
    """
    registrar = acting.person(actor)
    today = timezone.localdate(at)
    if decided_on > today:
        raise CannotRegister("认定日期晚于今天，请核对。")
    if reevaluate_on <= today:
        raise CannotRegister("下次评估日期应在今天之后。")
    with acting.at_own_agency(actor) as agency_id:
        (serial,) = allocation.next_block(f"secret_refusal:{agency_id}:{today.year}", 1)
        refusal = SecretRefusal.objects.create(
            agency_id=agency_id,
            number=f"{today.year}-{serial:04}",
            ground=GROUND,
            decided_on=decided_on,
            reevaluate_on=reevaluate_on,
            registrar_id=registrar,
            registrar_name=actor.name,
            registered_at=at,
        )
        _note(refusal, "registered", {"next_on": f"{reevaluate_on}"}, actor=actor, at=at)
    return refusal


def keep(*, refusal_id: int, next_on: date, actor: Actor, at: datetime) -> SecretRefusal:
    """Notes that the document still is a state secret, until the next look.

    Raises:
        CannotEvaluate: see the class.
        NoSuchRecord: the actor's agency has no such entry.
    """
    if next_on <= timezone.localdate(at):
        raise CannotEvaluate("下次评估日期应在今天之后。")
    with acting.at_own_agency(actor) as agency_id:
        refusal = _locked(refusal_id, agency_id)
        _add(refusal, next_on, actor=actor, at=at)
        refusal.reevaluate_on = next_on
        bulk.change(refusal, ["reevaluate_on"])
        _note(refusal, "kept", {"next_on": f"{next_on}"}, actor=actor, at=at)
    return refusal


def declassify(*, refusal_id: int, actor: Actor, at: datetime) -> SecretRefusal:
    """Notes that the document is no secret any more: from now on it is handled as any other.

    Raises:
        CannotEvaluate: see the class.
        NoSuchRecord: the actor's agency has no such entry.
    """
    with acting.at_own_agency(actor) as agency_id:
        refusal = _locked(refusal_id, agency_id)
        _add(refusal, None, actor=actor, at=at)
        refusal.declassified_on = timezone.localdate(at)
        bulk.change(refusal, ["declassified_on"])
        _note(refusal, "declassified", {}, actor=actor, at=at)
    return refusal


def _locked(refusal_id: int, agency_id: int) -> SecretRefusal:
    refusal = bulk.lock(SecretRefusal, id=refusal_id, agency_id=agency_id)
    if refusal is None:
        raise acting.NoSuchRecord("没有这条登记。")
    if refusal.declassified_on is not None:
        raise CannotEvaluate("这条登记已经解密，不再评估。")
    return refusal


def _add(refusal: SecretRefusal, next_on: date | None, *, actor: Actor, at: datetime) -> None:
    bulk.append(
        SecretReevaluation(
            agency_id=refusal.agency_id,
            refusal_id=refusal.pk,
            due_on=refusal.reevaluate_on,
            is_kept=next_on is not None,
            next_on=next_on,
            evaluator_id=acting.person(actor),
            evaluator_name=actor.name,
            evaluated_at=at,
        )
    )


def _note(refusal: SecretRefusal, act: str, detail: dict[str, object], *, actor: Actor, at: datetime) -> None:
    detail = {"number": refusal.number} | detail
    entry = trail.Entry(action=f"secret.{act}", subject_type="secret_refusal", subject_id=refusal.pk, detail=detail)
    trail.write(entry, actor=actor, at=at)
