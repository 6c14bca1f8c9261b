"""``make test``: lint, types, contracts and every test, on SQLite and on PostgreSQL, browser journeys included.

What the machine lacks is installed on Debian as root; elsewhere it is named, the rest runs, and the end says what
did not run. In CI (``CI=true``) whatever did not run is a failure.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tools.testing import machine, postgres

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
_SUMMARY = re.compile(r"(\d+) (passed|failed|errors?|skipped|xfailed|xpassed)")


@dataclass(frozen=True)
class Step:
    """One command of the run, its name on the screen and what it needs to be added to the environment."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]


@dataclass
class Running:
    """A step that was started, with the file that takes its output."""

    step: Step
    process: subprocess.Popen[bytes]
    output: Path
    began: float


STATIC_STEPS = (
    Step("lint", [str(BIN / "ruff"), "check", "--quiet", "src", "tests", "tools", "benchmarks"], {}),
    Step("format", [str(BIN / "ruff"), "format", "--check", "--quiet", "src", "tests", "tools", "benchmarks"], {}),
    Step("types", [str(BIN / "mypy"), "--no-error-summary"], {}),
    Step("contracts", [str(BIN / "lint-imports"), "--no-cache"], {}),
)


def _pytest(name: str, marks: str, *, database_url: str = "", extra: Sequence[str] = ()) -> Step:
    command = [sys.executable, "-m", "pytest", "-q", "-m", marks, "--durations=10", "-p", "no:cacheprovider", *extra]
    return Step(name, command, {"GONGKAI_DATABASE_URL": database_url})


def main() -> int:
    """Runs everything in three waves of at most two commands at once; returns the exit status."""
    parser = argparse.ArgumentParser(prog="make test")
    parser.add_argument("--static-only", action="store_true")
    arguments = parser.parse_args()
    in_ci = os.environ.get("CI") == "true"
    failures: list[str] = []
    counts: dict[str, int] = {}
    for pair in (STATIC_STEPS[:2], STATIC_STEPS[2:]):
        failures += _wave(pair, counts)
    if not arguments.static_only:
        missing = machine.prepare()
        failures += _tests(missing, counts)
        for name in missing:
            print(f"NOT RUN: {name} (missing on this machine)")
        failures += [f"not run: {name}" for name in missing if in_ci]
    if in_ci and counts.get("skipped"):
        failures.append(f"{counts['skipped']} skipped tests")
    for failure in failures:
        print(f"FAILED: {failure}")
    broken = counts.get("failed", 0) + counts.get("error", 0)
    print(f"{counts.get('passed', 0)} passed, {broken} failed, {counts.get('skipped', 0)} skipped")
    return 1 if failures or broken else 0


def _tests(missing: Sequence[str], counts: dict[str, int]) -> list[str]:
    with ExitStack() as stack:
        first = [_pytest("tests on SQLite and pure tests", "not journey")]
        if machine.POSTGRESQL not in missing:
            url = stack.enter_context(postgres.cluster())
            first.append(_pytest("tests on PostgreSQL", "not pure and not journey", database_url=url))
        failures = _wave(first, counts)
    if machine.BROWSER not in missing:
        failures += _wave([_pytest("journeys in a browser", "journey")], counts)
    return failures


def _wave(steps: Sequence[Step], counts: dict[str, int]) -> list[str]:
    running = [_start(step) for step in steps]
    return [failure for failure in (_finish(each, counts) for each in running) if failure]


def _start(step: Step) -> Running:
    output = Path(tempfile.mkstemp(prefix="gongkai-step-")[1])
    with output.open("wb") as stream:
        process = subprocess.Popen(
            step.command, cwd=ROOT, env=os.environ | step.environment, stdout=stream, stderr=subprocess.STDOUT
        )
    return Running(step, process, output, time.monotonic())


def _finish(running: Running, counts: dict[str, int]) -> str | None:
    status = running.process.wait()
    text = running.output.read_text("utf-8", errors="replace")
    running.output.unlink()
    verdict = "ok" if status == 0 else f"FAILED ({status})"
    print(f"── {running.step.name}: {verdict}, {time.monotonic() - running.began:.0f} s", flush=True)
    lines = text.strip().splitlines()
    print("\n".join(lines if status else lines[-1:]), flush=True)
    for number, outcome in _SUMMARY.findall(lines[-1] if lines else ""):
        counts[outcome.rstrip("s") if outcome == "errors" else outcome] = counts.get(
            outcome.rstrip("s") if outcome == "errors" else outcome, 0
        ) + int(number)
    return running.step.name if status else None


if __name__ == "__main__":
    sys.exit(main())
