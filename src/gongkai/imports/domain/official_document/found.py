"""What was read, where, and what stands against trusting it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

Value: TypeAlias = str | bool | date | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """One field. ``where`` is for staff; ``doubt`` says in words why the value wants a look, empty where it is sure."""

    value: Value
    where: str
    doubt: str = ""

    @property
    def is_sure(self) -> bool:
        return not self.doubt

    def as_data(self) -> dict[str, Any]:
        value = self.value
        plain: Any = (
            value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
        )
        return {"value": plain, "where": self.where, "doubt": self.doubt}


@dataclass(frozen=True, slots=True)
class Recognised:
    """All that was read, by the names of a record's fields, and the places of the blocks that are the text itself."""

    fields: Mapping[str, Found] = field(default_factory=dict)
    body: tuple[int, ...] = ()

    def value(self, name: str) -> Value | None:
        found = self.fields.get(name)
        return None if found is None else found.value

    def as_data(self) -> dict[str, Any]:
        return {name: found.as_data() for name, found in self.fields.items()}
