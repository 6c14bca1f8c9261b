"""Accounts of people: the system administrator opens, corrects and closes them, but gives nobody a right."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongkai.accounts.models import DeskSession, User
from gongkai.accounts.services import passwords
from gongkai.accounts.viewer import Actor
from gongkai.groundwork.audit import trail

_USERNAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,58}")


class CannotKeepPerson(Exception):
    """The account cannot be opened or changed like this; ``reasons`` are sentences by field."""

    def __init__(self, reasons: Mapping[str, str]) -> None:
        super().__init__("".join(reasons.values()))
        self.reasons = dict(reasons)


class CannotClosePerson(Exception):
    """An administrator cannot close the own account."""


@dataclass(frozen=True, kw_only=True)
class PersonDetails:
    """What is kept about a person."""

    username: str
    name: str
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class NewPerson:
    """The person and the initial password, which is shown once and must be changed at the first sign-in."""

    user: User
    password: str


def create(*, details: PersonDetails, actor: Actor, at: datetime) -> NewPerson:
    """Opens an account without any post.

    Raises:
        CannotKeepPerson: the name to sign in with is taken or malformed, or the person's name is missing.
    """
    with transaction.atomic():
        _refuse(_complaints(details, user=None))
        user = User(username=details.username, name=details.name.strip(), phone=details.phone, email=details.email)
        password = passwords.initial()
        user.set_password(password)
        user.must_change_password, user.password_changed_at = True, at
        user.save()
        _note("person.create", user.pk, {"username": user.username, "name": user.name}, actor=actor, at=at)
    return NewPerson(user, password)


def create_for_demo(*, details: PersonDetails, password: str, actor: Actor, at: datetime) -> User:
    """An account with a known password that opens in demonstrations only.

    Raises:
        CannotKeepPerson: as for `create`.
    """
    with transaction.atomic():
        user = create(details=details, actor=actor, at=at).user
        user.set_password(password)
        user.is_demo, user.must_change_password = True, False
        user.save(update_fields=["password", "is_demo", "must_change_password"])
    return user


def change(*, person_id: int, details: PersonDetails, actor: Actor, at: datetime) -> User:
    """Corrects name and contact; the trail names the fields that changed, never telephone numbers.

    Raises:
        CannotKeepPerson: as for `create`, or the name to sign in with differs.
    """
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=person_id)
        _refuse(_complaints(details, user=user))
        values = {"name": details.name.strip(), "phone": details.phone, "email": details.email}
        changed = [name for name, value in values.items() if getattr(user, name) != value]
        if changed:
            for name in changed:
                setattr(user, name, values[name])
            user.save(update_fields=changed)
            _note("person.change", user.pk, {"fields": changed}, actor=actor, at=at)
    return user


def close(*, person_id: int, actor: Actor, at: datetime) -> None:
    """Closes the account and ends its sessions; everything the person did stays under the name.

    Raises:
        CannotClosePerson: it is the actor's own.
    """
    if person_id == actor.user_id:
        raise CannotClosePerson("不能停用自己的账号。")
    with transaction.atomic():
        User.objects.filter(pk=person_id).update(is_active=False)
        DeskSession.objects.filter(user_id=person_id).delete()
        _note("person.close", person_id, {}, actor=actor, at=at)


def reopen(*, person_id: int, actor: Actor, at: datetime) -> None:
    """Opens a closed account again, with the posts that are still valid."""
    with transaction.atomic():
        User.objects.filter(pk=person_id).update(is_active=True)
        _note("person.reopen", person_id, {}, actor=actor, at=at)


def unlock(*, person_id: int, actor: Actor, at: datetime) -> None:
    """Lifts the lock after too many failed sign-ins."""
    with transaction.atomic():
        User.objects.filter(pk=person_id).update(failed_sign_ins=0, locked_until=None)
        _note("account.unlock", person_id, {}, actor=actor, at=at)


def looked_at(*, person_id: int, actor: Actor, at: datetime) -> None:
    """Writes down that somebody read a person's telephone and address of mail."""
    with transaction.atomic():
        _note("person.look", person_id, {}, actor=actor, at=at)


def end_sessions(*, person_id: int, except_key: str = "", actor: Actor, at: datetime) -> int:
    """Ends the open sessions of a person, but for the one named; returns how many there were."""
    with transaction.atomic():
        ended, _ = DeskSession.objects.filter(user_id=person_id).exclude(session_key=except_key).delete()
        _note("account.end_sessions", person_id, {"sessions": ended}, actor=actor, at=at)
    return ended


def _complaints(details: PersonDetails, *, user: User | None) -> dict[str, str]:
    found: dict[str, str] = {}
    if user is not None and details.username != user.username:
        found["username"] = "用户名确定后不能更改。"
    elif user is None and not _USERNAME.fullmatch(details.username):
        found["username"] = "用户名由字母、数字和 . _ - 组成，2至59个字符，以字母或数字开头。"
    elif user is None and User.objects.filter(username__iexact=details.username).exists():
        found["username"] = "这个用户名已被使用。"
    if not details.name.strip():
        found["name"] = "请填写姓名。"
    return found


def _refuse(reasons: Mapping[str, str]) -> None:
    if reasons:
        raise CannotKeepPerson(reasons)


def _note(action: str, person_id: int, detail: dict[str, object], *, actor: Actor, at: datetime) -> None:
    entry = trail.Entry(action=action, subject_type="person", subject_id=person_id, detail=detail)
    trail.write(entry, actor=actor, at=at)
