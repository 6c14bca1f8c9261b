"""The chain itself: every link is an HMAC-SM3 over the link before it and the canonical text of one event."""

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import hmac as portable_hmac

# Whose first link follows: not zeros, so that a chain of another product does not fit.
BEGINNING = "gongkai"

FIELDS = ("at", "actor_id", "actor_name", "post", "agency_code", "action", "subject_type", "subject_id", "detail")
"""The columns of an event that a link covers, after its number and id. The transaction id is not among them:
it belongs to one database cluster and changes with a restore."""

Authenticate = Callable[[bytes], str]


def authenticator(key: bytes) -> Authenticate:
    """A function from bytes to their HMAC-SM3 under ``key``, in hexadecimal.

    The interpreter's OpenSSL is three times as fast; a build without SM3 falls back to the one in `cryptography`.
    """
    if "sm3" in hashlib.algorithms_available:
        return lambda text: hmac.digest(key, text, "sm3").hex()
    return portable_authenticator(key)


def portable_authenticator(key: bytes) -> Authenticate:
    """The same with the SM3 that `cryptography` brings along."""
    begun = portable_hmac.HMAC(key, hashes.SM3())

    def authenticate(text: bytes) -> str:
        ready = begun.copy()
        ready.update(text)
        return ready.finalize().hex()

    return authenticate


def link(before: str, number: int, event_id: int, values: tuple[object, ...], *, authenticate: Authenticate) -> str:
    """The link of the event with this number; ``values`` are its `FIELDS` as the database returns them."""
    at, *others = values
    moment = at.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(at, datetime) else at
    text = json.dumps(
        [before, number, event_id, moment, *others], ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return authenticate(text.encode())
