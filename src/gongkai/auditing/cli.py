"""`gongkai check`: exit code 0 clean, 1 errors found, 2 something could not be read."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from gongkai.auditing import audit, guarded, linking
from gongkai.auditing.model import FilledReport
from gongkai.auditing.outputs import jsons, plain
from gongkai.auditing.reading import sources

MANY = 8


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `check`."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="年度报告文件或文件夹")
    parser.add_argument("--previous", type=Path, metavar="PATH", help="上一年度报告,核对结转和存量")
    parser.add_argument("--children", type=Path, metavar="FOLDER", help="下级单位报告所在文件夹,核对汇总数")
    parser.add_argument("--json", action="store_true", help="以JSON输出结果")
    parser.add_argument("--html", type=Path, metavar="OUT", help="把标出问题的报告写入此HTML文件")
    parser.add_argument("--xlsx", type=Path, metavar="OUT", help="把结果写入此Excel文件")
    parser.add_argument("--workers", type=int, default=0, help="并行进程数(默认为处理器核数)")


def run(args: argparse.Namespace) -> int:
    """Reads, checks, prints. Returns the exit code."""
    paths = list(_files(args.paths))
    outcomes = _outcomes(paths, workers=args.workers, keep_document=args.html is not None)
    previous = _others(args.previous, workers=args.workers)
    children = _others(args.children, workers=args.workers)
    outcomes = linking.link(outcomes, _reports(previous), _reports(children))
    if args.json:
        json.dump(jsons.result(outcomes), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        for line in plain.lines(outcomes):
            sys.stdout.write(line + "\n")
    for outcome in (*previous, *children):
        if outcome.error:
            sys.stderr.write(f"{outcome.path}\n  无法读取({outcome.error}):{outcome.message}\n")
    if args.html is not None:
        from gongkai.auditing.outputs import pages

        args.html.write_text(pages.page(outcomes), encoding="utf-8")
    if args.xlsx is not None:
        from gongkai.auditing.outputs import workbooks

        workbooks.write(args.xlsx, outcomes)
    return 2 if any(outcome.error for outcome in (*previous, *children)) else exit_code(outcomes)


def exit_code(outcomes: Sequence[audit.Outcome]) -> int:
    """2 if any file was unreadable, else 1 if any finding is an error, else 0."""
    if any(outcome.error for outcome in outcomes):
        return 2
    return int(any(finding.is_error for o in outcomes for entry in o.audited for finding in entry.findings))


def _others(path: Path | None, *, workers: int) -> list[audit.Outcome]:
    """The outcomes of the reports to compare with."""
    return _outcomes(list(_files([path])), workers=workers, keep_document=False) if path is not None else []


def _reports(outcomes: Sequence[audit.Outcome]) -> list[FilledReport]:
    return [entry.report for outcome in outcomes for entry in outcome.audited]


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(
                file for file in path.rglob("*") if file.is_file() and file.suffix.lower() in sources.SUFFIXES
            )
        else:
            yield path


def _outcomes(paths: Sequence[Path], *, workers: int, keep_document: bool) -> list[audit.Outcome]:
    """In the order of the paths; a progress bar if there are many and someone is watching."""
    done = guarded.audit_all(paths, workers=workers, keep_document=keep_document)
    if len(paths) >= MANY and sys.stderr.isatty():
        import tqdm

        done = iter(tqdm.tqdm(done, total=len(paths), unit="份", desc="检查年度报告"))
    by_path = {outcome.path: outcome for outcome in done}
    return [by_path[str(path)] for path in dict.fromkeys(paths)]


def main(arguments: Sequence[str] | None = None) -> int:
    """The command by itself."""
    parser = argparse.ArgumentParser(prog="gongkai check", description="读取并核对政府信息公开工作年度报告")
    add_arguments(parser)
    return run(parser.parse_args(arguments))
