"""What a check says: one value for report checks, imports, catalogue quality and site monitoring.

A finding is evidence, so it is frozen and survives a round trip through JSON unchanged. It never decides
anything: whether an error blocks an act is the caller's rule.
"""

import dataclasses
import enum
import json
from collections.abc import Iterable, Mapping
from typing import Self, TypeAlias

Scalar: TypeAlias = str | int | float | bool | None


class Severity(enum.StrEnum):
    """How much it matters if the check fails."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        return {"error": "错误", "warning": "提醒", "info": "提示"}[self.value]


class Status(enum.StrEnum):
    """What the check found. `NOT_ASSESSABLE`: the material needed was absent; not that all is well."""

    PASS = "pass"
    FAIL = "fail"
    UNCERTAIN = "uncertain"
    NOT_ASSESSABLE = "not_assessable"

    @property
    def label(self) -> str:
        return {"pass": "通过", "fail": "不通过", "uncertain": "存疑", "not_assessable": "无法判断"}[self.value]


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """One statement about one place.

    `code` names the rule for good; `where` lists the places (field names, cell ids, line numbers) as text;
    `message` is a Chinese sentence for staff; `basis` points into `instruments.yaml` (`oigr-2019/26`) or is
    empty where the rule is one of good practice only.
    """

    code: str
    severity: Severity
    status: Status
    where: tuple[str, ...] = ()
    message: str = ""
    expected: Scalar = None
    actual: Scalar = None
    basis: str = ""

    def __post_init__(self) -> None:
        if not self.code:
            raise ValueError("a finding needs a code")
        if isinstance(self.where, str) or not all(isinstance(place, str) for place in self.where):
            raise TypeError("where is a tuple of strings")

    @property
    def is_error(self) -> bool:
        """A failed check of the highest severity."""
        return self.severity is Severity.ERROR and self.status is Status.FAIL

    def as_dict(self) -> dict[str, object]:
        """Plain JSON types, keys in field order."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "status": self.status.value,
            "where": list(self.where),
            "message": self.message,
            "expected": self.expected,
            "actual": self.actual,
            "basis": self.basis,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> Self:
        """The inverse of `as_dict`. Raises `KeyError`, `TypeError` or `ValueError` on another shape."""
        where = data.get("where", ())
        if not isinstance(where, list | tuple):
            raise TypeError("where is a list of strings")
        return cls(
            code=str(data["code"]),
            severity=Severity(str(data["severity"])),
            status=Status(str(data["status"])),
            where=tuple(where),
            message=str(data.get("message", "")),
            expected=_scalar(data.get("expected")),
            actual=_scalar(data.get("actual")),
            basis=str(data.get("basis", "")),
        )

    def to_json(self) -> str:
        return json.dumps(self.as_dict(), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        data = json.loads(text)
        if not isinstance(data, dict):
            raise TypeError("a finding is a JSON object")
        return cls.from_dict(data)


def errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that failed with the highest severity, in their order."""
    return tuple(finding for finding in findings if finding.is_error)


def _scalar(value: object) -> Scalar:
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise TypeError(f"expected and actual are plain values, not {type(value).__name__}")
