"""Small things that every page needs, kept in the process for a short time."""

import threading
import time
import weakref
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

_KeyT = TypeVar("_KeyT", bound=Hashable)
_ValueT = TypeVar("_ValueT")
_everything: "weakref.WeakSet[Remembered]" = weakref.WeakSet()  # type: ignore[type-arg]

SHARE = 0.005
"""At most this part of the time goes into reading one value again and again."""
SHORTEST = 2.0


class Remembered(Generic[_KeyT, _ValueT]):
    """Values by key, at most ``size`` of them, each read anew when it is older than ``seconds``.

    With ``sooner_if_cheap`` a value that took little to read is read anew sooner: on a small site figures are
    nearly always those of the moment, on a large one the pages do not wait for counting.
    """

    def __init__(
        self, read: Callable[[_KeyT], _ValueT], *, seconds: float, size: int = 1_000, sooner_if_cheap: bool = False
    ) -> None:
        self._read = read
        self._seconds = seconds
        self._size = size
        self._sooner_if_cheap = sooner_if_cheap
        self._values: dict[_KeyT, tuple[float, _ValueT]] = {}
        self._lock = threading.Lock()
        _everything.add(self)

    def __call__(self, key: _KeyT) -> _ValueT:
        found = self._values.get(key)
        began = time.monotonic()
        if found and began < found[0]:
            return found[1]
        value = self._read(key)
        now = time.monotonic()
        with self._lock:
            if len(self._values) >= self._size:
                self._values.clear()
            self._values[key] = (now + self._keeps(now - began), value)
        return value

    def forget(self) -> None:
        self._values.clear()

    def _keeps(self, took: float) -> float:
        """For how many seconds a value is good that took so long to read."""
        if not self._sooner_if_cheap:
            return self._seconds
        return min(self._seconds, max(SHORTEST, took / SHARE))


def forget_everything() -> None:
    """Empties every memory of the process; tests call it, because their data vanishes."""
    for memory in _everything:
        memory.forget()
