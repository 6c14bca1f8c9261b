"""The auditing process: an order comes in as JSON, what was read and found goes out as JSON. See `reading.auditor`.

It has one thread, so that the auditor may fork its limited readers, and it ends with everything that it started.
"""

import dataclasses
import json
import resource
import sys
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from gongkai.auditing import audit, guarded, library, linking, revising
from gongkai.auditing.library import Library
from gongkai.reports.domain import result, storable, wording

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
    previous, children = (
        [o for o, f in zip(others, files[1:], strict=True) if f["relation"] == kind] for kind in ("previous", "child")
    )
    last_years = [entry.report for outcome in previous for entry in outcome.audited]
    shelf = _library(order.get("library"))
    of_years = {entry.report.year for entry in wanted.audited}
    sisters = [wording.restored(each["name"], each["reports"], of_years) for each in order.get("sisters", ())]
    (linked,) = linking.link([wanted], linking.Beside(last_years, children, sisters, shelf))
    return {
        "reports": [report.as_dict() for report in result.reports_of(linked, shelf)],
        "wording": wording.kept(linked),
        "unread_others": [[other.path, other.message] for other in others if other.error],
    }


def _library(data: Mapping[str, Any] | None) -> Library | None:
    if data is None:
        return None
    return Library(data["source"], tuple(map(library.from_plain, data["entries"])), data["owner"])


def _revised(outcome: audit.Outcome, file: Mapping[str, Any]) -> audit.Outcome:
    audited = tuple(
        revising.with_values(entry, _values(file["values"].get(str(number), {})))
        for number, entry in enumerate(outcome.audited, 1)
    )
    return dataclasses.replace(
        outcome, path=file["name"], audited=tuple(_named(each, file["name"]) for each in audited)
    )


def _named(entry: audit.Audited, name: str) -> audit.Audited:
    """Under the name that people know; here the file has another one."""
    document = dataclasses.replace(entry.report.document, path=name)
    return dataclasses.replace(entry, report=dataclasses.replace(entry.report, document=document))


def _values(values: Mapping[str, str | None]) -> dict[str, Decimal | None]:
    return {cell: None if value is None else Decimal(value) for cell, value in values.items()}


def restrict() -> None:
    """Limits that the kernel keeps, also on what the auditor starts."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    restrict()
    sys.stdout.write(json.dumps(storable.deep(main(json.loads(sys.stdin.read())))))
