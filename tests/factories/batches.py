"""Acts on many records, as the desk orders them."""

from collections.abc import Iterable

from gongkai.accounts.domain.duties import Duty
from gongkai.records.domain.batches import BatchAct
from gongkai.records.models import BatchRun, Record
from gongkai.records.services.batches import performing, running
from gongkai.records.services.batches.performing import Order
from tests import cast as casting
from tests.cast import Person

DUTY = {
    BatchAct.SUBMIT: Duty.DRAFT_RECORDS,
    BatchAct.APPROVE: Duty.REVIEW_AS_SECTION_HEAD,
    BatchAct.RETURN: Duty.REVIEW_AS_SECTION_HEAD,
    BatchAct.PUBLISH: Duty.PUBLISH_RECORDS,
}


def order(person: Person, act: BatchAct, *, opinion: str = "") -> Order:
    return Order(act=act, opinion=opinion, viewer=person.viewer, agency_id=person.agency.pk)


def tokens(records: Iterable[Record], act: BatchAct) -> dict[int, str]:
    """What the preview shows of these records now."""
    return {record.pk: performing.token_of(record, act) for record in records}


def run(
    person: Person, act: BatchAct, records: Iterable[Record], *, opinion: str = "", duty: Duty | None = None
) -> BatchRun:
    return running.start(
        order(person, act, opinion=opinion),
        tokens(records, act),
        actor=person.acting(duty or DUTY[act]),
        at=casting.later(2),
    )
