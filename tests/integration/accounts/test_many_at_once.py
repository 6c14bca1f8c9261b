"""Guesses that come all at once gain nothing over guesses one after the other."""

from concurrent.futures import ThreadPoolExecutor

import pyotp
import pytest
from django.conf import settings
from django.db import connection

from gongkai.accounts.models import User
from gongkai.accounts.services import second_factor, signing_in
from gongkai.accounts.services.signing_in import Attempt, CannotSignIn
from gongkai.groundwork.audit.models import AuditEvent
from tests.integration.accounts.building import NOW, PASSWORD, person

pytestmark = pytest.mark.django_db(transaction=True)
GUESSES = 12


def _try(password: str, code: str = "") -> bool:
    try:
        signing_in.sign_in(attempt=Attempt("liming", password, code), at=NOW)
    except CannotSignIn:
        return False
    finally:
        connection.close()
    return True


def test_many_guesses_at_once_lock_after_the_same_number() -> None:
    person()
    with ThreadPoolExecutor(GUESSES) as pool:
        opened = list(pool.map(_try, [f"guess-{number}" for number in range(GUESSES)]))
    assert opened == [False] * GUESSES
    assert User.objects.get().failed_sign_ins == settings.SIGN_IN_FAILURE_LIMIT
    assert AuditEvent.objects.filter(action="account.lock").count() == 1


def test_one_code_sent_twice_at_once_opens_one_session() -> None:
    user = person()
    proposed = second_factor.propose()
    totp = pyotp.TOTP(second_factor.spelled(proposed).replace(" ", ""))
    User.objects.filter(pk=user.pk).update(totp_secret=proposed)
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(lambda _: _try(PASSWORD, totp.at(NOW)), range(4)))
    assert opened.count(True) == 1
