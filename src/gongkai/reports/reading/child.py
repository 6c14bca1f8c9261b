"""The auditing process: an order comes in as JSON, what was read and found goes out as JSON. See `reading.auditor`.

It has one thread, so that the auditor may fork its limited readers, and it ends with everything that it started.
"""

import dataclasses
import json
import resource
import sys
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from gongkai.auditing import audit, guarded, linking, revising
from gongkai.reports.domain import result, storable

MEMORY_BYTES = 4 << 30
CPU_SECONDS = 600


def main(order: Mapping[str, Any]) -> dict[str, Any]:
    """Audits the first file of the order beside the others; ``values`` are what people read in them."""
    files = order["files"]
    done = {
        outcome.path: outcome
        for outcome in guarded.audit_all([Path(file["path"]) for file in files], workers=2, keep_document=True)
    }
    outcomes = [_revised(done[file["path"]], file) for file in files]
    wanted, others = outcomes[0], outcomes[1:]
    if wanted.error:
        return {"error": wanted.error, "message": wanted.message}
    previous = [entry.report for entry in _of(others, files[1:], "previous")]
    (linked,) = linking.link([wanted], linking.Beside(previous, _of(others, files[1:], "child")))
    return {
        "reports": [report.as_dict() for report in result.reports_of(linked)],
        "unread_others": [[other.path, other.message] for other in others if other.error],
    }


def _revised(outcome: audit.Outcome, file: Mapping[str, Any]) -> audit.Outcome:
    audited = tuple(
        revising.with_values(entry, _values(file["values"].get(str(number), {})))
        for number, entry in enumerate(outcome.audited, 1)
    )
    return dataclasses.replace(outcome, path=file["name"], audited=audited)


def _values(values: Mapping[str, str | None]) -> dict[str, Decimal | None]:
    return {cell: None if value is None else Decimal(value) for cell, value in values.items()}


def _of(outcomes: Sequence[audit.Outcome], files: Sequence[Mapping[str, Any]], relation: str) -> list[audit.Audited]:
    return [
        entry
        for outcome, file in zip(outcomes, files, strict=True)
        if file["relation"] == relation
        for entry in outcome.audited
    ]


def restrict() -> None:
    """Limits that the kernel keeps, also on what the auditor starts."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    restrict()
    sys.stdout.write(json.dumps(storable.deep(main(json.loads(sys.stdin.read())))))
