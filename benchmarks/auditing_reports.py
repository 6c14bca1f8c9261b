"""How fast annual reports are read and checked, and in how much memory.

Invented reports, all different, in text and HTML layouts through the same guarded child processes that `gongkai check`
uses; a six-page PDF by itself; the peak memory of a child. One JSON line at the end.
"""

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

from tests.auditing import synthetic

from gongkai.auditing import audit, guarded

PADDING = (
    "坚持以公开为常态、不公开为例外,围绕重点任务推进决策、执行、管理、服务和结果公开,及时发布政策文件和解读材料,"
    "回应群众关切。全年组织培训两次,开展自查四次,整改问题若干。"
)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=400)
    parser.add_argument("--workers", type=int, default=0)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        paths = _written(Path(folder), options.reports)
        began = time.perf_counter()
        outcomes = list(guarded.audit_all(paths, workers=options.workers))
        seconds = time.perf_counter() - began
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        failed = [outcome.path for outcome in outcomes if outcome.error]
        result = {
            "reports": len(outcomes),
            "unreadable": len(failed),
            "workers": options.workers or os.cpu_count(),
            "reports_per_second": round(len(outcomes) / seconds, 1),
            "cpu_milliseconds_per_report": round((children.ru_utime + children.ru_stime) * 1000 / len(outcomes), 2),
            "child_peak_megabytes": round(children.ru_maxrss / 1024, 1),
            **_pdf(Path(folder)),
        }
    print(json.dumps(result, ensure_ascii=False))
    return int(bool(failed))


def _written(folder: Path, count: int) -> list[Path]:
    """Different reports with as much prose as real ones (some 5 000 characters)."""
    layouts = [*synthetic.TEXT_LAYOUTS, *synthetic.PAGE_LAYOUTS]
    editions = list(synthetic.YEARS)
    paths = []
    for n in range(count):
        layout = layouts[n % len(layouts)]
        each = synthetic.report(editions[n % 3], n)
        content = synthetic.written(each, layout).decode()
        padding = "".join(f"({i})第{n}号说明:{PADDING}\n" for i in range(40))
        at = content.find("一、")
        content = (
            content[:at] + padding + content[at:]
            if "<html" not in content
            else content.replace("<h3>一、", f"<p>{padding}</p><h3>一、", 1)
        )
        path = folder / f"{n}{synthetic.SUFFIXES[layout]}"
        path.write_text(content, encoding="utf-8")
        paths.append(path)
    return paths


def _pdf(folder: Path) -> dict[str, float]:
    """A PDF of six pages, read alone in this process, best of three."""
    each = synthetic.report("G2021", 7)
    path = folder / "six.pdf"
    path.write_bytes(synthetic.pdf(each, lines=150))
    times = []
    for _ in range(3):
        began, cpu = time.perf_counter(), time.process_time()
        outcome = audit.audit(path)
        times.append((time.perf_counter() - began, time.process_time() - cpu))
        assert not outcome.error, outcome.message
    return {
        "pdf_seconds": round(min(wall for wall, _ in times), 3),
        "pdf_cpu_seconds": round(min(cpu for _, cpu in times), 3),
        "pdf_pages": path.read_bytes().count(b"/Type /Page /Parent"),
        "own_peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    }


if __name__ == "__main__":
    sys.exit(main())
