"""A row that has been read and checked, as it travels from the reading child to the writer."""

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from gongkai.law.findings import Finding

Value: TypeAlias = str | bool | date


@dataclass(frozen=True)
class CheckedRow:
    """``fields`` hold text, day or flag under the names of `domain.mapping.FIELDS`; empty ones are left out.

    A row with ``repeats`` says exactly what an earlier line of the same file said. A row whose ``findings`` hold an
    error stays out; where it ``conceals``, nobody may see its content, which is then not here either. ``key`` and
    ``content`` are SM3 digests of what tells the row apart and of what it says.
    """

    line: int
    fields: dict[str, Value] = field(default_factory=dict)
    agency: str = ""
    key: str = ""
    content: str = ""
    repeats: int | None = None
    findings: tuple[Finding, ...] = ()
    conceals: bool = False
    raw: tuple[str, ...] = ()

    @property
    def is_rejected(self) -> bool:
        return any(finding.is_error for finding in self.findings)

    def to_json(self) -> str:
        return json.dumps(
            {
                "line": self.line,
                "fields": {name: _plain(value) for name, value in self.fields.items()},
                "agency": self.agency,
                "key": self.key,
                "content": self.content,
                "repeats": self.repeats,
                "findings": [finding.as_dict() for finding in self.findings],
                "conceals": self.conceals,
                "raw": self.raw,
            },
            ensure_ascii=True,
            separators=(",", ":"),
        )

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "CheckedRow":
        return cls(
            line=data["line"],
            fields={name: _rich(value) for name, value in data["fields"].items()},
            agency=data["agency"],
            key=data["key"],
            content=data["content"],
            repeats=data["repeats"],
            findings=tuple(Finding.from_dict(finding) for finding in data["findings"]),
            conceals=data["conceals"],
            raw=tuple(data["raw"]),
        )


def _plain(value: Value) -> object:
    return {"day": value.isoformat()} if isinstance(value, date) else value


def _rich(value: Any) -> Value:
    return date.fromisoformat(value["day"]) if isinstance(value, dict) else value
