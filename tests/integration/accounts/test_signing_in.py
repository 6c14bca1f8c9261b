"""Signing in with a password and a second factor."""

from datetime import timedelta
from typing import Any

import pyotp
import pytest
from django.conf import settings

from gongkai.accounts.models import User
from gongkai.accounts.services import people, second_factor, signing_in
from gongkai.accounts.services.signing_in import Attempt, CannotSignIn
from gongkai.accounts.viewer import SYSTEM, as_oneself
from gongkai.groundwork.audit.models import AuditEvent
from tests.integration.accounts.building import NOW, PASSWORD, person

pytestmark = pytest.mark.django_db


def attempt(password: str = PASSWORD, code: str = "", *, username: str = "liming", minutes: float = 0) -> User:
    return signing_in.sign_in(attempt=Attempt(username, password, code), at=NOW + timedelta(minutes=minutes))


def with_second_factor(user: User) -> pyotp.TOTP:
    proposed = second_factor.propose()
    totp = pyotp.TOTP(second_factor.spelled(proposed).replace(" ", ""))
    second_factor.confirm(user=user, proposed=proposed, code=totp.at(NOW - timedelta(minutes=5)),
                          at=NOW - timedelta(minutes=5))  # fmt: skip
    return totp


class TestPassword:
    def test_the_right_password_opens_and_is_written_down(self) -> None:
        user = person()
        assert attempt() == user
        assert AuditEvent.objects.filter(action="session.open", subject_id=str(user.pk)).count() == 1

    def test_wrong_password_unknown_name_and_closed_account_look_the_same(self) -> None:
        closed = person("closed")
        people.close(person_id=closed.pk, actor=SYSTEM, at=NOW)
        person()
        answers = []
        for username, password in [("liming", "wrong"), ("nobody", PASSWORD), ("closed", PASSWORD)]:
            with pytest.raises(CannotSignIn) as refused:
                attempt(password, username=username)
            answers.append(str(refused.value))
        assert len(set(answers)) == 1

    def test_an_unknown_name_costs_a_hash_like_a_known_one(self, monkeypatch: pytest.MonkeyPatch) -> None:
        hashed: list[str] = []
        monkeypatch.setattr("django.contrib.auth.hashers.make_password", lambda password: hashed.append(password))
        with pytest.raises(CannotSignIn):
            attempt(username="nobody")
        assert hashed == [PASSWORD]

    def test_demo_accounts_open_in_the_demo_only(self, settings: Any) -> None:
        User.objects.filter(pk=person().pk).update(is_demo=True)
        settings.DEMO = False
        with pytest.raises(CannotSignIn):
            attempt()
        settings.DEMO = True
        assert attempt().is_demo


class TestLock:
    def test_after_too_many_failures_even_the_right_password_waits(self) -> None:
        person()
        for _ in range(settings.SIGN_IN_FAILURE_LIMIT):
            with pytest.raises(CannotSignIn):
                attempt("wrong")
        with pytest.raises(CannotSignIn):
            attempt(minutes=settings.SIGN_IN_LOCK_MINUTES - 1)
        assert AuditEvent.objects.filter(action="account.lock").count() == 1
        assert attempt(minutes=settings.SIGN_IN_LOCK_MINUTES + 1)

    def test_the_last_attempt_allowed_still_opens(self) -> None:
        person()
        for _ in range(settings.SIGN_IN_FAILURE_LIMIT - 1):
            with pytest.raises(CannotSignIn):
                attempt("wrong")
        assert attempt().failed_sign_ins == 0

    def test_a_locked_account_neither_counts_on_nor_extends_its_lock(self) -> None:
        user = person()
        for _ in range(settings.SIGN_IN_FAILURE_LIMIT + 3):
            with pytest.raises(CannotSignIn):
                attempt("wrong")
        user.refresh_from_db()
        assert user.failed_sign_ins == settings.SIGN_IN_FAILURE_LIMIT
        assert user.locked_until == NOW + timedelta(minutes=settings.SIGN_IN_LOCK_MINUTES)

    def test_the_security_administrator_lifts_the_lock(self) -> None:
        user = person()
        for _ in range(settings.SIGN_IN_FAILURE_LIMIT):
            with pytest.raises(CannotSignIn):
                attempt("wrong")
        people.unlock(person_id=user.pk, actor=SYSTEM, at=NOW)
        assert attempt() == user


class TestSecondFactor:
    def test_password_and_code_open_together_only(self) -> None:
        totp = with_second_factor(person())
        with pytest.raises(CannotSignIn):
            attempt()
        with pytest.raises(CannotSignIn):
            attempt("wrong", totp.at(NOW))
        assert attempt(code=totp.at(NOW))

    def test_a_code_opens_once(self) -> None:
        totp = with_second_factor(person())
        attempt(code=totp.at(NOW))
        with pytest.raises(CannotSignIn):
            attempt(code=totp.at(NOW))
        assert attempt(code=totp.at(NOW + timedelta(minutes=1)), minutes=1)

    def test_a_clock_half_a_minute_off_is_forgiven_two_minutes_are_not(self) -> None:
        totp = with_second_factor(person())
        assert attempt(code=totp.at(NOW - timedelta(seconds=30)))
        with pytest.raises(CannotSignIn):
            attempt(code=totp.at(NOW + timedelta(minutes=2)))

    def test_the_secret_is_not_stored_in_the_open(self) -> None:
        user = person()
        totp = with_second_factor(user)
        user.refresh_from_db()
        assert totp.secret not in user.totp_secret

    def test_a_wrong_code_does_not_turn_it_on(self) -> None:
        user = person()
        with pytest.raises(second_factor.CannotSetSecondFactor):
            second_factor.confirm(user=user, proposed=second_factor.propose(), code="000000", at=NOW)
        user.refresh_from_db()
        assert user.totp_secret == ""

    def test_giving_it_up_needs_the_password(self) -> None:
        user = person()
        with_second_factor(user)
        with pytest.raises(second_factor.CannotSetSecondFactor):
            second_factor.give_up(user=user, password="wrong", at=NOW)
        second_factor.give_up(user=user, password=PASSWORD, at=NOW)
        assert attempt() == user

    def test_the_security_administrator_helps_a_person_but_not_themselves(self) -> None:
        user = person()
        with_second_factor(user)
        second_factor.remove_for(person_id=user.pk, actor=SYSTEM, at=NOW)
        assert AuditEvent.objects.filter(action="account.second_factor_removed").count() == 1
        user.refresh_from_db()
        assert user.totp_secret == ""
        with pytest.raises(second_factor.CannotRemoveSecondFactor):
            second_factor.remove_for(person_id=user.pk, actor=as_oneself(user), at=NOW)
