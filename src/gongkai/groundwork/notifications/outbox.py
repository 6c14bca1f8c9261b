"""Telling: rows now, in the transaction of whoever tells; messages leave afterwards by the worker."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from gongkai.groundwork.notifications import sealing
from gongkai.groundwork.notifications.channels import mail, sms, webhook
from gongkai.groundwork.notifications.message import CannotDeliver, Channel, Message, Target
from gongkai.groundwork.notifications.models import Dispatch, Notice

TRIES = 5
FIRST_PAUSE = timedelta(minutes=2)
"""Before the second try; each further pause is four times as long."""
KEEP_ENDED = timedelta(days=90)


def tell(notices: Iterable[Notice]) -> None:
    """Puts notices on the desk. What was said before under the same subject is not said again."""
    Notice.objects.bulk_create(list(notices), ignore_conflicts=True)


def send(message: Message, targets: Iterable[Target], *, at: datetime) -> None:
    """Puts the message on its way to each target once."""
    rows = [
        Dispatch(
            channel=target.channel.value,
            subject=message.subject,
            target_digest=hashlib.sha256(f"{target.channel}:{target.address}".encode()).hexdigest(),
            sealed_target=sealing.seal(f"{target.address}\n{target.secret}"),
            text=message.text,
            url=message.url,
            created_at=at,
            next_try_at=at,
        )
        for target in targets
    ]
    Dispatch.objects.bulk_create(rows, ignore_conflicts=True)


def deliver_due(*, at: datetime, limit: int = 500) -> tuple[int, int]:
    """Sends what waits; returns how many left and how many did not.

    Each is claimed before it is sent, so that two workers never send the same one at the same time; a worker that
    dies in between leaves it to be tried again.
    """
    waiting = Dispatch.objects.filter(state="waiting", next_try_at__lte=at).order_by("next_try_at", "id")
    outcomes = [_deliver(key, at=at) for key in list(waiting.values_list("pk", flat=True)[:limit])]
    return outcomes.count(True), outcomes.count(False)


def try_now(target: Target, message: Message, *, at: datetime) -> None:
    """Sends without the outbox, for tests of an address. Raises `CannotDeliver`."""
    if target.channel is Channel.MAIL:
        mail.send(target, message)
    elif target.channel is Channel.SMS:
        sms.send(target, message, at=at)
    else:
        webhook.send(target, message, at=at)


def sweep(*, at: datetime) -> None:
    """Removes what ended long ago, and notices that old."""
    Dispatch.objects.filter(ended_at__lt=at - KEEP_ENDED).delete()
    Notice.objects.filter(created_at__lt=at - KEEP_ENDED).delete()


def _deliver(key: int, *, at: datetime) -> bool | None:
    """None where somebody else has it."""
    dispatch = _claim(key, at=at)
    if dispatch is None:
        return None
    try:
        try_now(_target(dispatch), Message(subject=dispatch.subject, text=dispatch.text, url=dispatch.url), at=at)
    except CannotDeliver as error:
        is_over = error.is_final or dispatch.tries >= TRIES
        _note(dispatch, "failed" if is_over else "waiting", error.problem, at=at)
        return False
    _note(dispatch, "sent", "", at=at)
    return True


def _claim(key: int, *, at: datetime) -> Dispatch | None:
    with transaction.atomic():
        dispatch = Dispatch.objects.select_for_update().filter(pk=key, state="waiting", next_try_at__lte=at).first()
        if dispatch is not None:
            dispatch.tries += 1
            dispatch.next_try_at = at + FIRST_PAUSE * 4 ** (dispatch.tries - 1)
            dispatch.save(update_fields=["tries", "next_try_at"])
    return dispatch


def _target(dispatch: Dispatch) -> Target:
    try:
        address, _, secret = sealing.open_(dispatch.sealed_target).partition("\n")
    except sealing.CannotOpen as error:
        raise CannotDeliver("收件地址无法解密，提醒密钥已经更换。", is_final=True) from error
    return Target(channel=Channel(dispatch.channel), address=address, secret=secret)


def _note(dispatch: Dispatch, state: str, problem: str, *, at: datetime) -> None:
    dispatch.state, dispatch.problem = state, problem[:200]
    if state != "waiting":
        dispatch.sealed_target, dispatch.ended_at = "", at
    dispatch.save(update_fields=["state", "problem", "sealed_target", "ended_at"])
