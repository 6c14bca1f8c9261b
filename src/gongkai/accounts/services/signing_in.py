"""Signing in: one answer for every failure, the same time for known and unknown names, a lock after too many."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import hashers
from django.db import transaction

from gongkai.accounts.models import User
from gongkai.accounts.services import second_factor
from gongkai.accounts.viewer import as_oneself
from gongkai.groundwork.audit import trail

security_log = logging.getLogger("gongkai.security")


class CannotSignIn(Exception):
    """Name, password or code is wrong, or the account is locked or closed; which of them is not said."""


@dataclass(frozen=True)
class Attempt:
    """What was typed; ``code`` is empty for people without a second factor."""

    username: str
    password: str
    code: str = ""


def sign_in(*, attempt: Attempt, at: datetime) -> User:
    """Checks the attempt and returns the person; opening the session is the caller's part.

    Every attempt is counted before the password is looked at, so that many attempts at once cannot slip through.

    Raises:
        CannotSignIn: see the class.
    """
    user = User.objects.filter(username=attempt.username).first()
    if user is None:
        hashers.make_password(attempt.password)  # as long as a check takes
        security_log.warning("sign-in refused: unknown name")
        raise CannotSignIn
    admitted = _count(user.pk, at=at)
    password_fits = user.check_password(attempt.password)
    if not (admitted and password_fits and _is_open(user) and _welcome(user.pk, attempt.code, at=at)):
        security_log.warning("sign-in refused: user %s", user.pk)
        raise CannotSignIn
    return User.objects.get(pk=user.pk)


def _is_open(user: User) -> bool:
    return user.is_active and (settings.DEMO or not user.is_demo)


def _count(user_id: int, *, at: datetime) -> bool:
    """Counts the attempt; False while the account is locked. The last one allowed locks until it turns out right."""
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user_id)
        if user.locked_until is not None:
            if user.locked_until > at:
                return False
            user.failed_sign_ins = 0
        user.failed_sign_ins += 1
        locks = user.failed_sign_ins >= settings.SIGN_IN_FAILURE_LIMIT
        user.locked_until = at + timedelta(minutes=settings.SIGN_IN_LOCK_MINUTES) if locks else None
        user.save(update_fields=["failed_sign_ins", "locked_until"])
        if locks:
            _note("account.lock", user, {"attempts": user.failed_sign_ins}, at=at)
    return True


def _welcome(user_id: int, code: str, *, at: datetime) -> bool:
    """Checks the code, uses it up, and forgets the failures; all in one transaction so that a code serves once."""
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user_id)
        if user.totp_secret:
            step = second_factor.matching_step(user, code, at=at)
            if step is None:
                return False
            user.totp_last_step = step
        user.failed_sign_ins, user.locked_until = 0, None
        user.save(update_fields=["failed_sign_ins", "locked_until", "totp_last_step"])
        _note("session.open", user, {"second_factor": bool(user.totp_secret)}, at=at)
    return True


def sign_out(*, user: User, at: datetime) -> None:
    """Writes down that the person left; closing the session is the caller's part."""
    with transaction.atomic():
        _note("session.close", user, {}, at=at)


def _note(action: str, user: User, detail: dict[str, object], *, at: datetime) -> None:
    entry = trail.Entry(action=action, subject_type="person", subject_id=user.pk, detail=detail)
    trail.write(entry, actor=as_oneself(user), at=at)
