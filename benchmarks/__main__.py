"""``make bench``: every benchmark in turn, a table on the screen and one JSON file.

``N=20000 make bench`` takes a smaller number of entries for a quick run. Machines are noisy: compare ratios and
medians of several runs, not single figures.
"""

import json
import os
import pathlib
import platform
import subprocess
import sys
from collections.abc import Sequence

from tools.testing import postgres

RESULTS = pathlib.Path("var") / "benchmarks.json"
POSTGRES = "postgres"


def steps(entries: int) -> list[tuple[str, Sequence[str], str]]:
    """Name, module with its arguments, and what it needs: nothing or a private PostgreSQL."""
    return [
        ("search engine", ["benchmarks.search_engine", "--documents", str(entries)], ""),
        ("portal pages", ["benchmarks.portal_pages", "--entries", str(entries)], ""),
        ("import", ["benchmarks.import_records"], ""),
        ("dropped files", ["benchmarks.dropping_files"], ""),
        ("records through the services", ["benchmarks.records_services"], POSTGRES),
        ("worklists and figures", ["benchmarks.records_worklists", "--records", str(entries)], POSTGRES),
        ("audit trail", ["benchmarks.audit_trail"], POSTGRES),
        ("checks of a document", ["benchmarks.checking_documents"], ""),
        ("annual reports", ["benchmarks.auditing_reports"], ""),
    ]


def main() -> int:
    """Runs them one after the other; a benchmark that fails is named and the rest still run."""
    entries = int(os.environ.get("N", "1000000"))
    results: dict[str, object] = {"machine": platform.processor() or platform.machine(), "cores": os.cpu_count()}
    failed = []
    for name, words, needs in steps(entries):
        print(f"\n== {name}", file=sys.stderr, flush=True)
        prefix = [sys.executable, "-m", "tools.testing.postgres"] if needs == POSTGRES else []
        if prefix and postgres.binaries() is None:
            print("PostgreSQL is not installed: not run", file=sys.stderr)
            continue
        done = subprocess.run([*prefix, sys.executable, "-m", *words], stdout=subprocess.PIPE, check=False)
        if done.returncode:
            failed.append(name)
            continue
        results[name] = json.loads(done.stdout.decode().strip().splitlines()[-1])
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=2), "utf-8")
    print(f"\nWritten to {RESULTS}." + (f" Failed: {', '.join(failed)}" if failed else ""), file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
