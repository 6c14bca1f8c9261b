"""Handover (交接): everything that a person has open goes to a colleague in one act, listed for print."""

import dataclasses
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from gongkai.accounts import selectors as accounts
from gongkai.accounts.domain.duties import Duty, posts_with
from gongkai.accounts.domain.posts import Post
from gongkai.accounts.models import User
from gongkai.accounts.viewer import Actor
from gongkai.groundwork.audit import trail
from gongkai.law import secrecy_marks
from gongkai.records.services import handing_over as records
from gongkai.records.services.handing_over import HandedRecord
from gongkai.workbench.models import Handover

LONGEST_REASON = 200


class CannotHandOver(Exception):
    """Nothing went over; the message says why in Chinese."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Wish:
    """Who hands over to whom, and why (调岗、离岗 …)."""

    from_id: int
    to_id: int
    reason: str


def hand_over(*, wish: Wish, today: date, actor: Actor, at: datetime) -> Handover:
    """Hands over all open records at the actor's agency; who lacks the duty gives only what is their own.

    Raises:
        CannotHandOver: it is somebody else's work, nothing is open, the receiver drafts nothing there, or no reason is
            given.
    """
    reason = _checked(wish, actor)
    assert actor.agency_id is not None
    assert actor.user_id is not None
    giver, receiver = User.objects.get(pk=wish.from_id), User.objects.get(pk=wish.to_id)
    if Post.DRAFTER not in _posts(receiver, actor, today):
        raise CannotHandOver("接收人在本单位没有承办人岗位，请先由安全管理员设置。")
    parties = records.Parties(from_id=giver.pk, to_id=receiver.pk, to_name=receiver.name)
    with transaction.atomic():
        try:
            lines = records.hand_over(parties=parties, actor=actor, at=at)
        except records.CannotHandOver as error:
            raise CannotHandOver(error.reason) from error
        handover = Handover.objects.create(
            agency_id=actor.agency_id,
            from_id=giver.pk,
            from_name=giver.name,
            from_posts="、".join(post.label for post in sorted(_posts(giver, actor, today))),
            to_id=receiver.pk,
            to_name=receiver.name,
            reason=reason,
            items=_plain(lines),
            handed_by_id=actor.user_id,
            handed_by_name=actor.name,
            handed_at=at,
        )
        _note(handover, actor=actor, at=at)
    return handover


def _checked(wish: Wish, actor: Actor) -> str:
    may_for_others = actor.post in {post.value for post in posts_with(Duty.HAND_OVER)}
    if not may_for_others and wish.from_id != actor.user_id:
        raise CannotHandOver("只能移交自己的在办事项；移交他人的，由单位负责人或者公开工作机构人员办理。")
    if actor.agency_id is None or actor.user_id is None:
        raise CannotHandOver("交接须由本单位人员办理。")
    reason = wish.reason.strip()
    if not reason:
        raise CannotHandOver("请写明交接原因，例如“调离”。")
    if len(reason) > LONGEST_REASON:
        raise CannotHandOver(f"交接原因最多{LONGEST_REASON}个字。")
    if secrecy_marks.is_marked(reason):
        raise CannotHandOver("交接原因中带有国家秘密标志。本系统为非涉密系统，不得存储、处理涉密信息。")
    return reason


def _posts(user: User, actor: Actor, today: date) -> set[Post]:
    held = accounts.valid_holdings(on=today).filter(user=user, agency__code=actor.agency_code, user__is_active=True)
    return {Post(post) for post in held.values_list("post", flat=True)}


def _plain(lines: Sequence[HandedRecord]) -> list[dict[str, object]]:
    return [dataclasses.asdict(line) | {"due_on": line.due_on.isoformat() if line.due_on else None} for line in lines]


def _note(handover: Handover, *, actor: Actor, at: datetime) -> None:
    detail = {"from": handover.from_name, "to": handover.to_name, "records": len(handover.items)}
    entry = trail.Entry(action="handover", subject_type="handover", subject_id=handover.pk, detail=detail)
    trail.write(entry, actor=actor, at=at)
