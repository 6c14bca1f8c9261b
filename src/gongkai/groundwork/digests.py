"""SM3 (GB/T 32905-2016), the digest of this house."""

import hashlib
from typing import Protocol

from cryptography.hazmat.primitives import hashes


class Digest(Protocol):
    """A running digest."""

    def update(self, data: bytes, /) -> None: ...
    def hexdigest(self) -> str: ...


class _Sm3:
    """The same through `cryptography`, for a Python whose own OpenSSL was built without SM3."""

    def __init__(self) -> None:
        self._hash = hashes.Hash(hashes.SM3())

    def update(self, data: bytes, /) -> None:
        self._hash.update(data)

    def hexdigest(self) -> str:
        return self._hash.copy().finalize().hex()


_NATIVE = "sm3" in hashlib.algorithms_available


def running() -> Digest:
    """A digest to be fed piece by piece."""
    return hashlib.new("sm3") if _NATIVE else _Sm3()


def sm3(data: bytes | str) -> str:
    """The digest in 64 lower-case hexadecimal digits; text counts as UTF-8."""
    digest = running()
    digest.update(data.encode("utf-8") if isinstance(data, str) else data)
    return digest.hexdigest()
