"""The import of a list of policy documents with its index, in a data folder of its own: time, memory, second run.

Takes the real list where it stands beside the repository, otherwise as many made-up rows.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROWS = 34_578
REAL = Path(__file__).resolve().parents[2] / "shared" / "documents" / "policy-documents.tsv"
_GONGKAI = [sys.executable, "-c", "import sys; from gongkai.config.cli import main; sys.exit(main())"]
_HEADER = ("source", "title", "document_number", "date_written", "date_published", "days_between", "url")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=Path, default=REAL if REAL.exists() else None)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as place:
        home = Path(place)
        file = arguments.file or _made_up(home / "list.tsv")
        env = {name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")}
        env |= {"GONGKAI_HOME": str(home / "home"), "GONGKAI_LOG_LEVEL": "WARNING"}
        subprocess.run([*_GONGKAI, "manage", "migrate", "--verbosity", "0"], check=True, env=env)
        first, counts = _timed(file, home, env)
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        second, again = _timed(file, home, env)
        result = {
            "file": file.name,
            "rows": counts["read"],
            "seconds_with_index": round(first, 1),
            "rows_per_second": round(counts["read"] / first),
            "peak_megabytes": memory,
            "counts": counts,
            "second_run_seconds": round(second, 1),
            "second_run_counts": again,
        }
    for name, value in result.items():
        print(f"{name:>20}  {value}", file=sys.stderr)
    print(json.dumps(result, ensure_ascii=False))


def _timed(file: Path, home: Path, env: dict[str, str]) -> tuple[float, dict[str, int]]:
    words = ["import", "records", str(file), "--json", "--rejects", str(home / "rejects.csv")]
    names = ["--cleared-by", "基准审查人", "--confirmed-by", "基准复核人"]
    began = time.perf_counter()
    done = subprocess.run([*_GONGKAI, *words, *names], check=True, env=env, stdout=subprocess.PIPE, text=True)
    return time.perf_counter() - began, json.loads(done.stdout)


def _made_up(path: Path) -> Path:
    lines = ["\t".join(_HEADER)]
    for number in range(ROWS):
        day = f"20{10 + number % 14}-{1 + number % 12:02}-{1 + number % 28:02}"
        title = f"关于第{number}号事项有关工作安排的通知"
        url = f"https://example.gov.cn/{number}.html"
        lines.append("\t".join(("某省", title, f"某政发〔{day[:4]}〕{1 + number % 99}号", day, day, "0", url)))
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


if __name__ == "__main__":
    main()
