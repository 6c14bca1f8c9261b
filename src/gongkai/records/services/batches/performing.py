"""One item of a batch: the act that the case page would do, bound to what the preview showed."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongkai.accounts.domain.duties import posts_with
from gongkai.accounts.domain.posts import Post
from gongkai.accounts.viewer import Actor, HoldsNoSuchPost, Viewer, actor_for
from gongkai.records.domain.batches import BatchAct
from gongkai.records.models import Record
from gongkai.records.services import acting, publishing, review

_FOR_THE_PREVIEW = "（预览）"


class CannotRun(acting.Refused):
    """The record has changed since the preview, the person lacks the post, or as the act itself refuses."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """What shall be done to each record, for whom, and at which agency."""

    act: BatchAct
    opinion: str
    viewer: Viewer
    agency_id: int


def token_of(record: Record, act: BatchAct) -> str:
    """What ties an act to the content that the person has seen: the digest of what was submitted, or the writing."""
    return f"v{record.lock_version}" if act is BatchAct.SUBMIT else record.digest


def perform(record_id: int, token: str, order: Order, *, at: datetime) -> None:
    """Does the act. Raises `acting.Refused`."""
    actor = actor_of(record_id, order)
    with acting.on_record(record_id, actor=actor) as record:
        if token_of(record, order.act) != token:
            raise CannotRun("内容在预览以后有改动，没有办理，请重新查看。")
        match order.act:
            case BatchAct.SUBMIT:
                review.submit(record_id=record_id, actor=actor, at=at)
            case BatchAct.PUBLISH:
                publishing.publish(record_id=record_id, actor=actor, at=at)
            case BatchAct.APPROVE:
                review.approve(record_id=record_id, digest=token, opinion=order.opinion, actor=actor, at=at)
            case BatchAct.RETURN:
                review.return_for_changes(record_id=record_id, digest=token, opinion=order.opinion, actor=actor, at=at)


def rehearse(record: Record, order: Order, *, at: datetime) -> str:
    """Why the act would be refused now, empty where it would go; all that it did is undone."""
    preview = order if order.opinion else Order(**vars(order) | {"opinion": _FOR_THE_PREVIEW})
    try:
        with transaction.atomic():
            perform(record.pk, token_of(record, order.act), preview, at=at)
            transaction.set_rollback(True)
    except acting.Refused as error:
        return error.reason
    return ""


def actor_of(record_id: int, order: Order) -> Actor:
    """The person in the post that the act asks for: where it decides at a stage, that of the stage.

    Raises:
        CannotRun: the person has no such post.
    """
    duties = order.act.duties
    if order.act.needs_opinion:
        stage = Record.objects.filter(pk=record_id).values_list("stage_post", flat=True).first()
        fitting = tuple(duty for duty in duties if stage and Post(stage) in posts_with(duty))
        # Where the record is at no stage, or at somebody else's, the act itself says so.
        duties = (*fitting, *duties)
    for duty in duties:
        try:
            return actor_for(order.viewer, agency_id=order.agency_id, duty=duty)
        except HoldsNoSuchPost:
            continue
    raise CannotRun("您现在的岗位不能办理。")
