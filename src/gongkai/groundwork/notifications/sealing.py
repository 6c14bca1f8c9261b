"""Addresses, telephone numbers and webhook secrets lie in the database encrypted with the key "notices"."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class CannotOpen(Exception):
    """The key is another one than when this was sealed, or this was never sealed."""


def seal(text: str) -> str:
    return _cipher().encrypt(text.encode()).decode()


def open_(sealed: str) -> str:
    """The text. Raises `CannotOpen`."""
    try:
        return _cipher().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise CannotOpen("sealed with another key") from error


def _cipher() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(bytes.fromhex(settings.NOTICE_KEY)))
