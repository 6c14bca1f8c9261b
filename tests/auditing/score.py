"""Scores the auditor against the answers of the real reports in ../shared (a tool, and a test where they exist)."""

import dataclasses
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from gongkai.auditing import audit
from gongkai.auditing.outputs import jsons

SHARED = Path(__file__).resolve().parents[3] / "shared" / "reports"
KINDS = ("arithmetic", "percentage", "text-vs-table", "date", "cross-report")


@dataclasses.dataclass
class Score:
    """What went right and wrong on one file."""

    name: str
    answered: int = 0
    wrong: list[str] = dataclasses.field(default_factory=list)
    missing: list[str] = dataclasses.field(default_factory=list)
    invented: list[str] = dataclasses.field(default_factory=list)
    missed: list[str] = dataclasses.field(default_factory=list)
    alarms: list[str] = dataclasses.field(default_factory=list)
    others: list[str] = dataclasses.field(default_factory=list)


def report_of(path: Path) -> dict[str, Any]:
    """The principal report of a file as JSON."""
    outcome = audit.audit(path)
    if outcome.error:
        raise AssertionError(f"{path.name}: {outcome.error} {outcome.message}")
    return jsons.report(path.name, outcome.audited[0])


def of_file(path: Path, answer: dict[str, Any]) -> Score:
    """Cells against the answer; certain contradictions by code; certain errors that the answer does not have."""
    report = report_of(path)
    score = Score(path.name, answered=len(answer["cells"]))
    cells = report["cells"]
    for cell, value in answer["cells"].items():
        if cells.get(cell) is None:
            score.missing.append(cell)
        elif cells[cell] != value:
            score.wrong.append(f"{cell}: {cells[cell]} instead of {value}")
    probable = answer.get("probable_cells", {})
    for cell, value in cells.items():
        if value is not None and cell not in answer["cells"] and probable.get(cell, {}).get("value") != value:
            score.invented.append(f"{cell}: {value}")
    _contradictions(score, report["findings"], answer["contradictions"])
    return score


def _contradictions(score: Score, findings: list[dict[str, Any]], expected: list[dict[str, Any]]) -> None:
    certain = Counter(f["code"] for f in findings if f["status"] == "fail")
    wanted = Counter(c["rule"] for c in expected if c["certain"] and c["kind"] in KINDS)
    for entry in expected:
        if entry["certain"] and entry["kind"] in KINDS and certain[entry["rule"]] < wanted[entry["rule"]]:
            score.missed.append(f"{entry['rule']} {entry['what']}")
        elif entry["certain"] and entry["kind"] not in KINDS and not certain[entry["rule"]]:
            score.others.append(f"{entry['rule']} {entry['what']}")
    known = {entry["rule"] for entry in expected if entry["certain"]}
    for finding in findings:
        if finding["status"] == "fail" and finding["severity"] == "error" and finding["code"] not in known:
            score.alarms.append(f"{finding['code']} {finding['message']}")


def all_files(folder: Path = SHARED) -> list[Score]:
    """Every report with an answer."""
    return [
        of_file(folder / answer.name.removesuffix(".json"), json.loads(answer.read_text(encoding="utf-8")))
        for answer in sorted((folder / "answers").glob("*.json"))
    ]


if __name__ == "__main__":
    for score in all_files():
        sys.stdout.write(
            f"{score.name}: {score.answered} cells, wrong {score.wrong}, "
            f"missing {len(score.missing)} {score.missing[:3]}, invented {score.invented}\n"
        )
        for kind in ("missed", "alarms", "others"):
            for line in getattr(score, kind):
                sys.stdout.write(f"   {kind}: {line}\n")
