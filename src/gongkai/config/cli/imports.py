"""``gongkai import records FILE``: history from a table, under a stated clearance.

Run it again after any interruption: it goes on where it stopped.
"""

import argparse
import getpass
import json
import os
import sys
import time
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone
from tqdm import tqdm

from gongkai.accounts.viewer import Actor
from gongkai.agencies.models import Agency
from gongkai.config import duties
from gongkai.config.indexing_beside import IndexingBeside
from gongkai.imports.domain.mapping import UnreadableMapping, parse
from gongkai.imports.reading.tables import UnreadableTable
from gongkai.imports.services import importing, mapping_files
from gongkai.imports.services.importing import Order, Tally
from gongkai.imports.services.rejecting import FindingsFile, RejectsFile
from gongkai.records.services.history import CannotPublishHistory, Outcome, Statement

UNREADABLE = 2
INTERRUPTED = 130
_PAUSE_SECONDS = 0.05
_WORTH_A_PROCESS = 2_000
_LABELS = {"read": "读取", "created": "新增", "updated": "更新", "unchanged": "未变", "rejected": "退回"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["records"])
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV, TSV or XLSX")
    parser.add_argument("--mapping", default=mapping_files.DEFAULT, help="a built-in one, or your own YAML file")
    parser.add_argument("--agency", metavar="CODE", help="import for this agency only; rows that name another stay out")
    parser.add_argument("--cleared-by", default="", metavar="NAME", help="who reviewed the file for secrets")
    parser.add_argument("--confirmed-by", default="", metavar="NAME", help="who confirmed that: another person")
    parser.add_argument("--rejects", type=Path, metavar="PATH", help="where rejected rows go (default: beside FILE)")
    parser.add_argument("--findings", type=Path, metavar="PATH", help="write every finding of every row to this CSV")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen; change nothing")
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout, everything else on stderr")
    parser.add_argument("--no-index", action="store_true", help="leave the search index to the worker")


def run(arguments: argparse.Namespace) -> int:
    """0 even with rejected rows; 2 where nothing can be read."""
    try:
        tally = _import(arguments)
    except (UnreadableTable, UnreadableMapping, CannotPublishHistory) as error:
        return _fail(str(error))
    except OSError as error:
        return _fail(f"无法读写文件：{error.filename or arguments.file}（{error.strerror}）。")
    except KeyboardInterrupt:
        _say("已中断。已导入的行都已保存，再次运行同一命令即可继续。")
        return INTERRUPTED
    if arguments.json:
        print(json.dumps(tally.as_counts()), flush=True)
    return 0


def _import(arguments: argparse.Namespace) -> Tally:
    text = mapping_files.text_of(arguments.mapping)
    path = arguments.rejects or _beside(arguments.file)
    is_rehearsal = arguments.dry_run
    is_wanted = arguments.rejects is not None or not is_rehearsal
    with (
        arguments.file.open("rb") as file,
        RejectsFile(path, is_wanted=is_wanted) as rejects,
        FindingsFile(arguments.findings) as findings,
    ):
        order = Order(
            file=file,
            file_name=arguments.file.name,
            mapping_text=text,
            statement=_statement(arguments, parse(text).name, importing.digest_of(file)),
            own=_agency(arguments.agency),
            is_rehearsal=is_rehearsal,
            told=findings.add,
        )
        tally = _run(order, rejects, is_indexed=not is_rehearsal and not arguments.no_index)
    _report(tally, rejects, is_rehearsal=is_rehearsal)
    if not is_rehearsal and not arguments.no_index:
        _bring_index_up_to_date()
    return tally


def _beside(file: Path) -> Path:
    """The place for rejected rows: beside the file, or in the data folder where nothing may be written there."""
    name = f"{file.stem}.rejects.csv"
    if os.access(file.parent, os.W_OK):
        return file.with_name(name)
    folder = Path(settings.HOME) / "rejects"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / name


def _statement(arguments: argparse.Namespace, mapping: str, digest: str) -> Statement:
    cleared_by, confirmed_by = arguments.cleared_by.strip(), arguments.confirmed_by.strip()
    if settings.DEMO and not cleared_by and not confirmed_by:
        cleared_by, confirmed_by = "演示审查人", "演示复核人"
    if not arguments.dry_run and (not cleared_by or not confirmed_by):
        raise CannotPublishHistory("请用 --cleared-by 和 --confirmed-by 写明保密审查人和复核人（两名不同的人员）。")
    return Statement(
        file_digest=digest,
        file_name=arguments.file.name[:200],
        mapping=mapping,
        cleared_by=cleared_by[:60],
        confirmed_by=confirmed_by[:60],
        stated_by=getpass.getuser()[:60],
    )


def _agency(code: str | None) -> Agency | None:
    if not code:
        return None
    agency = Agency.objects.filter(code=code).first()
    if agency is None:
        raise UnreadableMapping(f"没有代码为“{code}”的机构。")
    return agency


def _run(order: Order, rejects: RejectsFile, *, is_indexed: bool) -> Tally:
    actor = Actor(user_id=None, name=order.statement.stated_by, agency_id=None, agency_code="", post="operator")
    # On SQLite other writers wait at BEGIN, but not for ever: they get their turn between two chunks.
    pauses = connection.vendor == "sqlite" and not order.is_rehearsal
    with IndexingBeside() as beside, tqdm(unit="行", file=sys.stderr, dynamic_ncols=True, desc="导入") as bar:

        def after_chunk(tally: Tally) -> None:
            if bar.total is None and tally.expected:
                bar.total = tally.expected
            bar.update(tally.read - bar.n)
            if is_indexed and tally.outcomes[Outcome.CREATED] >= _WORTH_A_PROCESS:
                beside.start()
            if pauses:
                time.sleep(_PAUSE_SECONDS)

        return importing.run(order, rejects=rejects, actor=actor, at=timezone.now(), after_chunk=after_chunk)


def _bring_index_up_to_date() -> None:
    """Whoever keeps the index does it; where nobody does, it is done here, so that a search finds all at once."""
    keeper = duties.IndexKeeper()
    try:
        while keeper.keep():
            pass
    finally:
        keeper.close()


def _report(tally: Tally, rejects: RejectsFile, *, is_rehearsal: bool) -> None:
    figures = "，".join(f"{_LABELS[name]}{count}行" for name, count in tally.as_counts().items())
    _say(f"{'试运行，未保存' if is_rehearsal else '完成'}：{figures}")
    for (code, severity), count in sorted(tally.findings.items(), key=lambda item: -item[1]):
        _say(f"  {count:>7} {severity:<8} {code}  {tally.messages[code]}")
    if rejects.is_kept:
        _say(f"退回的行及原因：{rejects.path}")


def _fail(message: str) -> int:
    _say(f"未能导入：{message}")
    return UNREADABLE


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)
