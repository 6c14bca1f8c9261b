"""Passwords: chosen by the person, reset by an administrator, changed at the next sign-in after a reset."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction

from gongkai.accounts.domain import passwords as rules
from gongkai.accounts.domain.posts import ADMINISTRATORS
from gongkai.accounts.models import DeskSession, PostHolding, User
from gongkai.accounts.viewer import SYSTEM, Actor, as_oneself
from gongkai.groundwork.audit import trail

# Without signs that look alike when read out or copied by hand.
_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_SIGNS = (_LETTERS, _LETTERS.upper(), "23456789", "-+=?")


class CannotChangePassword(Exception):
    """The old password is wrong, or the new one breaks the rules; ``reasons`` are sentences in Chinese."""

    def __init__(self, reasons: Sequence[str], *, old_is_wrong: bool = False) -> None:
        super().__init__("".join(reasons))
        self.reasons = tuple(reasons)
        self.old_is_wrong = old_is_wrong


class CannotResetPassword(Exception):
    """The account belongs to one of the three administrators; the message says what to do."""


def change_own(*, user: User, old: str, new: str, keep_session: str, at: datetime) -> None:
    """Sets the person's own new password and ends all their sessions but ``keep_session``.

    Raises:
        CannotChangePassword: see the class.
    """
    if not user.check_password(old):
        raise CannotChangePassword(["原密码不正确。"], old_is_wrong=True)
    reasons = complaints(user, new)
    if old == new:
        reasons.append("新密码不能与原密码相同。")
    if reasons:
        raise CannotChangePassword(reasons)
    with transaction.atomic():
        _set(user, new, must_change=False, at=at)
        DeskSession.objects.filter(user=user).exclude(session_key=keep_session).delete()
        _note("account.change_password", user, actor=as_oneself(user), at=at)


def reset(*, person_id: int, actor: Actor, at: datetime) -> str:
    """Gives a new initial password, ends all sessions, and returns the password, which is shown once.

    The passwords of the three administrators are reset only on the server itself (``actor`` is the system),
    otherwise one of them could become another.

    Raises:
        CannotResetPassword: see the class.
    """
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=person_id)
        is_administrator = PostHolding.objects.filter(user=user, post__in=ADMINISTRATORS).exists()
        if is_administrator and actor != SYSTEM:
            raise CannotResetPassword("三员账号的密码不能在工作台重置，请在服务器上用命令行重置。")
        password = initial()
        _set(user, password, must_change=True, at=at)
        DeskSession.objects.filter(user=user).delete()
        _note("account.reset_password", user, actor=actor, at=at)
    return password


def initial() -> str:
    """A random password that fits the rules."""
    length = max(settings.PASSWORD_MIN_LENGTH, 12)
    signs = [secrets.choice(kind) for kind in _SIGNS]
    signs += [secrets.choice(_LETTERS) for _ in range(length - len(signs))]
    secrets.SystemRandom().shuffle(signs)
    return "".join(signs)


def complaints(user: User, password: str) -> list[str]:
    """What is wrong with the password for this person."""
    return rules.complaints(password, username=user.username, name=user.name, min_length=settings.PASSWORD_MIN_LENGTH)


def _set(user: User, password: str, *, must_change: bool, at: datetime) -> None:
    user.set_password(password)
    user.must_change_password, user.password_changed_at = must_change, at
    user.save(update_fields=["password", "must_change_password", "password_changed_at"])


def _note(action: str, user: User, *, actor: Actor, at: datetime) -> None:
    trail.write(trail.Entry(action=action, subject_type="person", subject_id=user.pk), actor=actor, at=at)
