"""Registration numbers (统一登记、统一编号): given at publication or entered by hand, unique at the agency for ever."""

import re
from datetime import datetime

from django.utils import timezone

from gongkai.accounts.viewer import SYSTEM, Actor
from gongkai.groundwork import scoping
from gongkai.groundwork.audit import trail
from gongkai.groundwork.numbering import allocation
from gongkai.law import secrecy_marks
from gongkai.published.services import registration
from gongkai.records.domain import normative
from gongkai.records.domain.lifecycle import State
from gongkai.records.events import RecordPublished
from gongkai.records.models import NormativeRule, Record, Registration
from gongkai.records.services import acting

_BLANKS = re.compile(r"\s+")


class CannotRegister(acting.Refused):
    """The record is no normative document, the number is taken, or there is no rule to make one from."""


def register(*, record_id: int, number: str = "", actor: Actor, at: datetime) -> Registration:
    """Gives the document this number, or without one the next of the agency's rule.

    A document that is renewed may get another; the old one stays taken.

    Raises:
        CannotRegister: see the class.
    """
    with acting.on_record(record_id, actor=actor) as record:
        if not record.is_normative or record.state == State.DISCARDED:
            raise CannotRegister("只有规范性文件才有登记号。")
        chosen = _checked(number) if number.strip() else draw(record, at=at)
        if not chosen:
            raise CannotRegister("本单位还没有设定登记号规则，请先设定，或者直接填写登记号。")
        if Registration.objects.filter(agency_id=record.agency_id, number=chosen).exists():
            raise CannotRegister(f"登记号“{chosen}”已经用过，用过的号不能再用。")
        return give(record, chosen, actor=actor, at=at)


def at_publication(event: RecordPublished) -> None:
    """A normative document that becomes public gets its number where the agency has a rule; in the same transaction."""
    if event.is_correction:
        return
    with scoping.narrow_to([event.agency_id]):
        record = Record.objects.only("pk", "agency_id", "entry_id", "is_normative").get(pk=event.record_id)
        if not record.is_normative:
            return
        known = Registration.objects.filter(record=record).order_by("-id").first()
        if known is not None:
            registration.show(entry_id=event.entry_id, number=known.number, at=event.at)
        elif number := draw(record, at=event.at):
            give(record, number, actor=SYSTEM, at=event.at)


def draw(record: Record, *, at: datetime) -> str:
    """The next free number of the agency's rule; empty without a rule. Runs in a transaction."""
    rule = NormativeRule.objects.filter(agency_id=record.agency_id).exclude(registration_template="").first()
    if rule is None:
        return ""
    year = timezone.localdate(at).year
    while True:
        sequence = allocation.next_number(f"registration:{record.agency_id}:{year}")
        number = normative.number(rule.registration_template, year=year, sequence=sequence)
        if not Registration.objects.filter(agency_id=record.agency_id, number=number).exists():
            return number


def give(record: Record, number: str, *, actor: Actor, at: datetime) -> Registration:
    """Writes the number down, on the desk and for the public. Runs in the transaction of the act."""
    row = Registration.objects.create(
        agency_id=record.agency_id,
        record=record,
        number=number,
        registered_at=at,
        registered_by_id=actor.user_id,
        registered_by=actor.name,
    )
    if record.entry_id is not None:
        registration.show(entry_id=record.entry_id, number=number, at=at)
    trail.write(acting.entry_for(record, "register", {"number": number}), actor=actor, at=at)
    return row


def _checked(number: str) -> str:
    compact = _BLANKS.sub("", number)
    if len(compact) > normative.LONGEST_NUMBER:
        raise CannotRegister(f"登记号最多{normative.LONGEST_NUMBER}个字。")
    if secrecy_marks.is_marked(compact):
        raise CannotRegister("内容带有国家秘密标志，未保存。本系统为非涉密系统，不得存储、处理涉密信息。")
    return compact
