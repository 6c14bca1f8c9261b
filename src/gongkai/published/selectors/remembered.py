"""Small things that every page needs, kept in the process for a short time."""

import threading
import time
import weakref
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

_KeyT = TypeVar("_KeyT", bound=Hashable)
_ValueT = TypeVar("_ValueT")
_everything: "weakref.WeakSet[Remembered]" = weakref.WeakSet()  # type: ignore[type-arg]


class Remembered(Generic[_KeyT, _ValueT]):
    """Values by key, each read anew when it is older than ``seconds``; at most ``size`` of them."""

    def __init__(self, read: Callable[[_KeyT], _ValueT], *, seconds: float, size: int = 1_000) -> None:
        self._read = read
        self._seconds = seconds
        self._size = size
        self._values: dict[_KeyT, tuple[float, _ValueT]] = {}
        self._lock = threading.Lock()
        _everything.add(self)

    def __call__(self, key: _KeyT) -> _ValueT:
        found = self._values.get(key)
        if found and time.monotonic() - found[0] < self._seconds:
            return found[1]
        value = self._read(key)
        with self._lock:
            if len(self._values) >= self._size:
                self._values.clear()
            self._values[key] = (time.monotonic(), value)
        return value

    def forget(self) -> None:
        self._values.clear()


def forget_everything() -> None:
    """Empties every memory of the process; tests call it, because their data vanishes."""
    for memory in _everything:
        memory.forget()
