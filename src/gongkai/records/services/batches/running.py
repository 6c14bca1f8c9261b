"""Orders for many records: written down, then carried out item by item; a run after a kill goes on where it stopped."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai.accounts import viewer as viewers
from gongkai.accounts.models import User
from gongkai.accounts.viewer import Actor
from gongkai.groundwork import bulk, events, scoping
from gongkai.groundwork.audit import trail
from gongkai.records.domain.batches import AT_ONCE, MOST, BatchAct
from gongkai.records.events import BatchOrdered
from gongkai.records.models import BatchItem, BatchRun, Record
from gongkai.records.models.batch import DONE, REFUSED, WAITING
from gongkai.records.services import acting, deciding
from gongkai.records.services.batches import performing
from gongkai.records.services.batches.performing import CannotRun, Order

_PAUSE_AFTER = 25


def start(order: Order, items: Mapping[int, str], *, actor: Actor, at: datetime) -> BatchRun:
    """Writes the order down; a small one is carried out at once, a large one by the worker.

    Args:
        items: tokens by the id of their record, as the preview showed them.

    Raises:
        CannotRun: nothing was chosen, too many, or no opinion where one is needed; nothing was written.
    """
    opinion = order.opinion.strip()
    if not items:
        raise CannotRun("请至少选择一条可以办理的信息。")
    if len(items) > MOST:
        raise CannotRun(f"一次最多办理{MOST}条，现有{len(items)}条。")
    if order.act.needs_opinion and not opinion:
        raise CannotRun("成批审核、退回都要写明意见。")
    deciding.check_opinion(opinion, CannotRun)
    with acting.at_own_agency(actor) as agency_id:
        run = _written(order, items, opinion, actor=actor, at=at)
        trail.write(_entry(run, len(items)), actor=actor, at=at)
        if len(items) > AT_ONCE:
            events.emit(BatchOrdered(run_id=run.pk))
            return run
    carry_out(run_id=run.pk, agency_id=agency_id, at=at)
    return run


def carry_out(*, run_id: int, agency_id: int, at: datetime, pause: Callable[[], object] = lambda: None) -> None:
    """Does what has not been done yet. ``pause`` lets other writers in."""
    with scoping.narrow_to([agency_id]):
        run = BatchRun.objects.get(pk=run_id)
        person = viewers.viewer_of(User.objects.get(pk=run.person_id), on=timezone.localdate(at))
        order = Order(act=BatchAct(run.act), opinion=run.opinion, viewer=person, agency_id=agency_id)
        waiting = BatchItem.objects.filter(run=run, outcome=WAITING).order_by("position")
        for count, item_id in enumerate(list(waiting.values_list("pk", flat=True)), 1):
            _carry_out_one(item_id, order, at=at)
            if count % _PAUSE_AFTER == 0:
                pause()
        BatchRun.objects.filter(pk=run_id, ended_at__isnull=True).update(ended_at=at)


def agency_of(run_id: int) -> int:
    """For the worker, which knows only the id."""
    with scoping.everywhere(because="a background task knows only the id"):
        return BatchRun.objects.values_list("agency_id", flat=True).get(pk=run_id)


@transaction.atomic
def _carry_out_one(item_id: int, order: Order, *, at: datetime) -> None:
    """Act and outcome are one transaction, so that nothing is done twice or forgotten."""
    item = BatchItem.objects.select_for_update(of=("self",)).get(pk=item_id)
    if item.outcome != WAITING:
        return
    try:
        with transaction.atomic():
            performing.perform(item.record_id, item.token, order, at=at)
        item.outcome = DONE
    except acting.Refused as error:
        item.outcome, item.reason = REFUSED, error.reason[:500]
    item.save(update_fields=["outcome", "reason"])


def _written(order: Order, items: Mapping[int, str], opinion: str, *, actor: Actor, at: datetime) -> BatchRun:
    known = set(Record.objects.filter(pk__in=items).values_list("pk", flat=True))
    if unknown := items.keys() - known:
        raise acting.NoSuchRecord(f"没有找到所选的{len(unknown)}条信息。")
    run = BatchRun.objects.create(
        agency_id=order.agency_id,
        act=order.act,
        opinion=opinion,
        person_id=acting.person(actor),
        person_name=actor.name,
        ordered_at=at,
    )
    bulk.insert(
        BatchItem(agency_id=order.agency_id, run=run, record_id=record_id, position=position, token=token)
        for position, (record_id, token) in enumerate(items.items(), 1)
    )
    return run


def _entry(run: BatchRun, count: int) -> trail.Entry:
    detail = {"act": run.act, "records": count, "opinion": run.opinion}
    return trail.Entry(action="record.batch", subject_type="batch_run", subject_id=run.pk, detail=detail)
