"""What must go up goes as an event: a frozen dataclass, subscribed to in the higher app's ``ready()``.

Handlers run inside the transaction of the act and may only write rows; an error in one undoes the act. What
merely wakes someone belongs in `django.db.transaction.on_commit`.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

_EventT = TypeVar("_EventT")
_handlers: dict[type[Any], list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(event_type: type[_EventT], handler: Callable[[_EventT], None]) -> None:
    """Calls ``handler`` for every emitted event of exactly this type. Subscribing twice has no effect."""
    if handler not in _handlers[event_type]:
        _handlers[event_type].append(handler)


def emit(event: object) -> None:
    """Hands the event to its subscribers, in the order in which they subscribed."""
    for handler in _handlers[type(event)]:
        handler(event)
