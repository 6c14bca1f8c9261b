"""What is rightly not published: kept on the desk, looked at again from time to time (article 18)."""

from datetime import date, datetime

from django.utils import timezone

from gongkai.accounts.viewer import Actor
from gongkai.groundwork import bulk
from gongkai.records.domain.attributes import Attribute
from gongkai.records.domain.lifecycle import Act
from gongkai.records.domain.stages import SIGN_OFF
from gongkai.records.models import Decision, Record, Reevaluation
from gongkai.records.services import acting, deciding, review


class CannotKeep(acting.Refused):
    """The record is not signed, or is to be published."""


class CannotReevaluate(acting.Refused):
    """The record is not one that is kept, or day or opinion is missing."""


def keep(*, record_id: int, actor: Actor, at: datetime) -> Record:
    """Ends the way of a signed record that is not published.

    Raises:
        CannotKeep: see the class.
    """
    with acting.on_record(record_id, actor=actor) as record:
        line = acting.allow(record, Act.KEEP, actor=actor, refusal=CannotKeep)
        signed = Decision.objects.filter(
            record=record, digest=record.digest, stage=SIGN_OFF, outcome=review.APPROVED, is_valid=True
        )
        if not signed.exists():
            raise CannotKeep("送审内容还没有签发。")
        if record.attribute == Attribute.PROACTIVE:
            raise CannotKeep("公开属性为“主动公开”，应当公开发布。")
        if record.entry_id is not None:
            raise CannotKeep("这条信息已经公开；不再公开的，请办理撤下。")
        acting.move(record, line)
        record.changed_at = at
        bulk.change(record, [*acting.PLACE, "changed_at"])
        acting.note(
            record, Act.KEEP, actor=actor, at=at, detail={"attribute": record.attribute, "ground": record.ground}
        )
    return record


def reevaluate(*, record_id: int, next_on: date, opinion: str, actor: Actor, at: datetime) -> Record:
    """Confirms that the record still may not or need not be published, until the next look.

    Raises:
        CannotReevaluate: see the class.
    """
    with acting.on_record(record_id, actor=actor) as record:
        acting.allow(record, Act.REEVALUATE, actor=actor, refusal=CannotReevaluate)
        deciding.check_opinion(opinion, CannotReevaluate)
        if not opinion.strip():
            raise CannotReevaluate("请写明继续不公开的理由。")
        if next_on <= timezone.localdate(at):
            raise CannotReevaluate("下次评估日期应在今天之后。")
        _add_look(record, next_on, opinion, actor=actor, at=at)
        record.reevaluate_on, record.changed_at = next_on, at
        bulk.change(record, ["reevaluate_on", "changed_at"])
        detail: dict[str, object] = {"next_on": next_on.isoformat(), "opinion": opinion.strip()}
        acting.note(record, Act.REEVALUATE, actor=actor, at=at, detail=detail)
    return record


def reopen(*, record_id: int, actor: Actor, at: datetime) -> Record:
    """Makes a kept record a draft again, so that another attribute can go through the review.

    Raises:
        CannotReevaluate: the record is not one that is kept.
    """
    author = acting.person(actor)
    with acting.on_record(record_id, actor=actor) as record:
        line = acting.allow(record, Act.REOPEN, actor=actor, refusal=CannotReevaluate)
        _add_look(record, None, "", actor=actor, at=at)
        acting.move(record, line)
        record.drafter_id, record.drafter_name = author, actor.name
        if author not in record.writers:
            record.writers = [*record.writers, author]
        record.changed_at = at
        bulk.change(record, [*acting.PLACE, "drafter_id", "drafter_name", "writers", "changed_at"])
        acting.note(record, Act.REOPEN, actor=actor, at=at)
    return record


def _add_look(record: Record, next_on: date | None, opinion: str, *, actor: Actor, at: datetime) -> None:
    """Without a next day the record is taken up anew."""
    bulk.append(
        Reevaluation(
            agency_id=record.agency_id,
            record_id=record.pk,
            due_on=record.reevaluate_on,
            is_kept=next_on is not None,
            next_on=next_on,
            opinion=opinion.strip(),
            evaluator_id=acting.person(actor),
            evaluator_name=actor.name,
            evaluated_at=at,
        )
    )
