"""The second factor: time-based codes (RFC 6238), their secret encrypted, each code good for one use."""

import base64
from datetime import datetime

import pyotp
from cryptography.fernet import Fernet
from django.conf import settings
from django.db import transaction

from gongkai.accounts.models import User
from gongkai.accounts.viewer import Actor, as_oneself
from gongkai.groundwork.audit import trail

_ISSUER = "政府信息公开工作台"
# Clocks of telephones are rarely more than one step (30 seconds) off.
_TOLERANCE = 1


class CannotSetSecondFactor(Exception):
    """The code does not fit the new secret, or the password is wrong; the message says which."""


class CannotRemoveSecondFactor(Exception):
    """Nobody removes another administrator's second factor by themselves; the message says why."""


def propose() -> str:
    """A new secret, encrypted, to be kept by the caller until the person proves to have it."""
    return _cipher().encrypt(pyotp.random_base32().encode()).decode()


def address(user: User, proposed: str) -> str:
    """What an authenticator reads from the QR code."""
    return pyotp.TOTP(_plain(proposed)).provisioning_uri(name=user.username, issuer_name=_ISSUER)


def spelled(proposed: str) -> str:
    """The secret in groups of four, for typing."""
    secret = _plain(proposed)
    return " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))


def confirm(*, user: User, proposed: str, code: str, at: datetime) -> None:
    """Turns the second factor on once a code shows that the person has the secret.

    Raises:
        CannotSetSecondFactor: the code does not fit.
    """
    step = _step_of(_plain(proposed), code, at=at)
    if step is None:
        raise CannotSetSecondFactor("动态口令不正确，请核对手机时间后重新输入。")
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(totp_secret=proposed, totp_last_step=step)
        _note("account.second_factor_on", user.pk, actor=as_oneself(user), at=at)


def give_up(*, user: User, password: str, at: datetime) -> None:
    """Turns the person's own second factor off.

    Raises:
        CannotSetSecondFactor: the password is wrong.
    """
    if not user.check_password(password):
        raise CannotSetSecondFactor("密码不正确。")
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(totp_secret="", totp_last_step=0)
        _note("account.second_factor_off", user.pk, actor=as_oneself(user), at=at)


def remove_for(*, person_id: int, actor: Actor, at: datetime) -> None:
    """Helps a person who lost the telephone: the security administrator turns their second factor off.

    Raises:
        CannotRemoveSecondFactor: it is the actor's own.
    """
    if person_id == actor.user_id:
        raise CannotRemoveSecondFactor("自己的动态口令请在“我的账号”中停用。")
    with transaction.atomic():
        User.objects.filter(pk=person_id).update(totp_secret="", totp_last_step=0)
        _note("account.second_factor_removed", person_id, actor=actor, at=at)


def matching_step(user: User, code: str, *, at: datetime) -> int | None:
    """The time step of the code, if it fits and is later than the last one used."""
    step = _step_of(_plain(user.totp_secret), code, at=at)
    return step if step is not None and step > user.totp_last_step else None


def _step_of(secret: str, code: str, *, at: datetime) -> int | None:
    totp = pyotp.TOTP(secret)
    typed = code.replace(" ", "")
    now = totp.timecode(at)
    steps = range(now - _TOLERANCE, now + _TOLERANCE + 1)
    return next((step for step in steps if pyotp.utils.strings_equal(totp.generate_otp(step), typed)), None)


def _plain(encrypted: str) -> str:
    return _cipher().decrypt(encrypted.encode()).decode()


def _cipher() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(bytes.fromhex(settings.TOTP_KEY)))


def _note(action: str, person_id: int, *, actor: Actor, at: datetime) -> None:
    trail.write(trail.Entry(action=action, subject_type="person", subject_id=person_id), actor=actor, at=at)
