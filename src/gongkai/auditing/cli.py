"""`gongkai check`: exit code 0 clean, 1 errors found, 2 something could not be read."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence, Set
from pathlib import Path

from gongkai.auditing import audit, errors, guarded, library, linking
from gongkai.auditing.outputs import jsons, plain
from gongkai.auditing.reading import sources

MANY = 8


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `check`."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="年度报告文件或文件夹")
    parser.add_argument("--previous", type=Path, metavar="PATH", help="上一年度报告,核对结转和存量")
    parser.add_argument("--children", type=Path, metavar="FOLDER", help="下级单位报告所在文件夹,核对汇总数")
    parser.add_argument(
        "--library", type=Path, metavar="FILE", help="政策文件目录(公开接口导出的CSV或JSON),核对规范性文件现行有效件数"
    )
    parser.add_argument("--json", action="store_true", help="以JSON输出结果")
    parser.add_argument("--html", type=Path, metavar="OUT", help="把标出问题的报告写入此HTML文件")
    parser.add_argument("--xlsx", type=Path, metavar="OUT", help="把结果写入此Excel文件")
    parser.add_argument("--workers", type=int, default=0, help="并行进程数(默认为处理器核数)")


def run(args: argparse.Namespace) -> int:
    """Reads, checks, prints. Returns the exit code."""
    ours = {path.resolve() for path in (args.html, args.xlsx) if path is not None}
    outcomes = _read(args.paths, args, ours, keep_document=args.html is not None)
    previous, children = (
        _read([path], args, ours) if path is not None else [] for path in (args.previous, args.children)
    )
    unread = [outcome for outcome in (*previous, *children) if outcome.error]
    shelf = _library(args.library, unread) if args.library is not None else None
    last_years = [entry.report for outcome in previous for entry in outcome.audited]
    beside = linking.Beside(last_years, children, library=shelf)
    outcomes = linking.link(outcomes, beside)
    if args.json:
        json.dump(jsons.result([*outcomes, *unread]), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        for line in plain.lines([*outcomes, *unread]):
            sys.stdout.write(line + "\n")
    written = _write(args, [*outcomes, *unread])
    return 2 if unread or not written else exit_code(outcomes)


def _library(path: Path, unread: list[audit.Outcome]) -> library.Library | None:
    try:
        return library.read(path)
    except errors.CannotRead as problem:
        unread.append(audit.Outcome(str(path), error=problem.name, message=problem.message))
        return None


def _write(args: argparse.Namespace, outcomes: Sequence[audit.Outcome]) -> bool:
    """The files that were asked for; False, and a word about it, if one cannot be written."""
    try:
        if args.html is not None:
            from gongkai.auditing.outputs import pages

            args.html.write_text(pages.page(outcomes), encoding="utf-8")
        if args.xlsx is not None:
            from gongkai.auditing.outputs import workbooks

            workbooks.write(args.xlsx, outcomes)
    except OSError as problem:
        sys.stderr.write(f"{problem.filename}\n  结果写不进去:{problem.strerror}\n")
        return False
    return True


def exit_code(outcomes: Sequence[audit.Outcome]) -> int:
    """2 if any file was unreadable, else 1 if any finding is an error, else 0."""
    if any(outcome.error for outcome in outcomes):
        return 2
    return int(any(finding.is_error for o in outcomes for entry in o.audited for finding in entry.findings))


def _read(
    paths: Sequence[Path], args: argparse.Namespace, ours: Set[Path], *, keep_document: bool = False
) -> list[audit.Outcome]:
    """What became of the files and of those in the folders, each file once, but for `ours`, which this run writes."""
    found: dict[Path, Path] = {}
    empty: list[audit.Outcome] = []
    for path in paths:
        files = list(_files(path))
        if not files:
            reason = errors.Empty("文件夹里没有可以检查的报告")
            empty.append(audit.Outcome(str(path), error=reason.name, message=reason.message))
        for file in files:
            if file.resolve() not in ours:
                found.setdefault(file.resolve(), file)
    return [*_outcomes(list(found.values()), workers=args.workers, keep_document=keep_document), *empty]


def _files(path: Path) -> Iterator[Path]:
    """The file, or the documents in the folder; what programs hide or leave behind there is none."""
    if not path.is_dir():
        yield path
        return
    for file in sorted(path.rglob("*")):
        hidden = any(part.startswith((".", "~$", "__MACOSX")) for part in file.relative_to(path).parts)
        if file.is_file() and not hidden and file.suffix.lower() in sources.SUFFIXES | sources.REFUSED:
            yield file


def _outcomes(paths: Sequence[Path], *, workers: int, keep_document: bool) -> list[audit.Outcome]:
    """In the order of the paths; a progress bar if there are many and someone is watching."""
    done = guarded.audit_all(paths, workers=workers, keep_document=keep_document)
    if len(paths) >= MANY and sys.stderr.isatty():
        import tqdm

        done = iter(tqdm.tqdm(done, total=len(paths), unit="份", desc="检查年度报告"))
    by_path = {outcome.path: outcome for outcome in done}
    return [by_path[str(path)] for path in paths]


def main(arguments: Sequence[str] | None = None) -> int:
    """The command by itself."""
    parser = argparse.ArgumentParser(prog="gongkai check", description="读取并核对政府信息公开工作年度报告")
    add_arguments(parser)
    return run(parser.parse_args(arguments))
