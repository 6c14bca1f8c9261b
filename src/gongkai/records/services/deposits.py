"""Deposit batches: what became public in a period goes to a reading place, with hand-over and receipt on record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from gongkai.accounts.viewer import Actor
from gongkai.groundwork import bulk
from gongkai.groundwork.audit import trail
from gongkai.groundwork.numbering import allocation
from gongkai.law import secrecy_marks
from gongkai.published.models import Entry
from gongkai.records.domain.deposits import Kind
from gongkai.records.models import DepositBatch, DepositItem
from gongkai.records.selectors import deposits as selector
from gongkai.records.services import acting

ITEM_LIMIT = 5_000


class CannotDeposit(acting.Refused):
    """Nothing (or too much) falls into the period, or recipient, person or day is missing."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """For whom a batch is made, by day of publication; ``again`` also takes what that recipient already has."""

    kind: Kind
    recipient: str
    first_on: date
    last_on: date
    again: bool = False


@dataclass(frozen=True, kw_only=True)
class Signed:
    """Who signed for a batch on which day; ``note`` is for instance the number of the receipt."""

    by: str
    on: date
    note: str = ""


def make(*, wanted: Wanted, actor: Actor, at: datetime) -> DepositBatch:
    """Fixes which versions the batch holds.

    Raises:
        CannotDeposit: see the class.
    """
    recipient = _words(wanted.recipient, "请填写接收单位。")
    if not wanted.first_on <= wanted.last_on <= timezone.localdate(at):
        raise CannotDeposit("起止日期不对：截止日期不能早于开始日期，也不能晚于今天。")
    with acting.at_own_agency(actor) as agency_id:
        entries = list(selector.candidates(agency_id, wanted.first_on, wanted.last_on)[: ITEM_LIMIT + 1])
        if len(entries) > ITEM_LIMIT:
            raise CannotDeposit(f"这段时间公开的信息超过{ITEM_LIMIT}条，请分段移送。")
        known = set() if wanted.again else selector.deposited(recipient)
        fresh = [entry for entry in entries if (entry.pk, entry.version_number) not in known]
        if not fresh:
            raise CannotDeposit("这段时间没有新公开的信息需要移送。")
        year = timezone.localdate(at).year
        batch = DepositBatch.objects.create(
            agency_id=agency_id,
            year=year,
            number=allocation.next_number(f"deposit/{agency_id}/{year}"),
            kind=wanted.kind,
            recipient=recipient,
            first_on=wanted.first_on,
            last_on=wanted.last_on,
            item_count=len(fresh),
            made_by=actor.name,
            made_at=at,
        )
        bulk.insert(_items(batch, fresh))
        _note(batch, "made", {"recipient": recipient, "items": len(fresh)}, actor=actor, at=at)
    return batch


def hand_over(*, batch_id: int, signed: Signed, actor: Actor, at: datetime) -> DepositBatch:
    """Records who handed the batch over on which day. Raises `CannotDeposit`."""
    with acting.at_own_agency(actor):
        batch = _batch(batch_id)
        if batch.handed_over_on is not None:
            raise CannotDeposit("这一批已经登记移送。")
        _refuse_day(signed.on, timezone.localdate(batch.made_at), at)
        batch.handed_over_by, batch.handed_over_on = _words(signed.by, "请填写移送人。", longest=60), signed.on
        batch.save(update_fields=["handed_over_by", "handed_over_on"])
        _note(batch, "handed_over", {"by": batch.handed_over_by, "on": signed.on.isoformat()}, actor=actor, at=at)
    return batch


def receive(*, batch_id: int, signed: Signed, actor: Actor, at: datetime) -> DepositBatch:
    """Records the recipient's receipt. Raises `CannotDeposit`."""
    with acting.at_own_agency(actor):
        batch = _batch(batch_id)
        if batch.handed_over_on is None or batch.received_on is not None:
            raise CannotDeposit("先登记移送，再登记回执；已经登记的不能更改。")
        _refuse_day(signed.on, batch.handed_over_on, at)
        batch.received_by, batch.received_on = _words(signed.by, "请填写接收人。", longest=60), signed.on
        batch.receipt_note = _words(signed.note, "", longest=300)
        batch.save(update_fields=["received_by", "received_on", "receipt_note"])
        _note(batch, "received", {"by": batch.received_by, "on": signed.on.isoformat()}, actor=actor, at=at)
    return batch


def _batch(batch_id: int) -> DepositBatch:
    batch = DepositBatch.objects.select_for_update().filter(pk=batch_id).first()
    if batch is None:
        raise acting.NoSuchRecord("没有这一批。")
    return batch


def _refuse_day(on: date, earliest: date, at: datetime) -> None:
    if not earliest <= on <= timezone.localdate(at):
        raise CannotDeposit("日期不能早于上一步，也不能晚于今天。")


def _words(text: str, missing: str, *, longest: int = 120) -> str:
    words = text.strip()
    if missing and not words:
        raise CannotDeposit(missing)
    if len(words) > longest:
        raise CannotDeposit(f"最多{longest}个字。")
    if secrecy_marks.is_marked(words):
        raise CannotDeposit("内容带有国家秘密标志，未保存。本系统为非涉密系统，不得存储、处理涉密信息。")
    return words


def _items(batch: DepositBatch, entries: Iterable[Entry]) -> Iterable[DepositItem]:
    return (
        DepositItem(
            agency_id=batch.agency_id,
            batch_id=batch.pk,
            position=place,
            entry_id=entry.pk,
            version_number=entry.version_number,
            index_number=entry.index_number,
            title=entry.title,
            document_number=entry.document_number,
            published_on=timezone.localdate(entry.published_at),
        )
        for place, entry in enumerate(entries, 1)
    )


def _note(batch: DepositBatch, act: str, detail: dict[str, object], *, actor: Actor, at: datetime) -> None:
    entry = trail.Entry(action=f"deposit.{act}", subject_type="deposit", subject_id=batch.pk, detail=detail)
    trail.write(entry, actor=actor, at=at)
