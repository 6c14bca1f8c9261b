"""``gongkai upgrade``: back up, migrate, build the index anew if its format changed, and say what was done."""

import argparse
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone

from gongkai.config import checks, duties, static_files
from gongkai.config.backups import snapshots, writing
from gongkai.config.cli import backup
from gongkai.groundwork.search import contract
from gongkai.groundwork.work import heartbeats
from gongkai.published import indexing


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--backup-to", type=Path, help="file or folder; default: backups/ in the data folder")
    parser.add_argument("--while-running", action="store_true", help="do not insist that the workers are stopped")


def run(arguments: argparse.Namespace) -> int:
    try:
        pending = checks.unapplied_migrations()
        refusal = _refusal(arguments)
    except DatabaseError:
        pending, refusal = [], "the database does not answer; nothing was changed"
    if refusal:
        print(f"gongkai upgrade: {refusal}", file=sys.stderr)
        return 1
    if pending and not _backed_up(arguments.backup_to or _own_folder()):
        return 1
    if pending and not _migrated(pending):
        return 1
    print(f"database: {len(pending)} migrations applied" if pending else "database: up to date, no backup was needed")
    print(f"static files: {'collected' if static_files.collect() else 'unchanged'}")
    print(f"index: {_index()}")
    return 0


def _refusal(arguments: argparse.Namespace) -> str:
    if checks.is_empty_database():
        return "there is no database yet: run `gongkai init`"
    alive = heartbeats.alive(at=timezone.now())
    if alive and not arguments.while_running:
        return f"a worker is running ({', '.join(sorted(alive))}); stop it, and the web processes, first"
    return ""


def _backed_up(target: Path) -> bool:
    try:
        path, _ = backup.back_up(target)
    except (writing.CannotWrite, snapshots.CannotSnapshot) as error:
        print(f"gongkai upgrade: no backup, nothing was changed: {error}", file=sys.stderr)
        return False
    print(f"backup: {path}")
    return True


def _migrated(pending: list[str]) -> bool:
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except DatabaseError as error:
        left = checks.unapplied_migrations()
        print(f"gongkai upgrade: stopped at {left[0] if left else pending[-1]}: {error}", file=sys.stderr)
        print(
            "Each migration is applied as a whole or not at all. Restore the backup above to go back.", file=sys.stderr
        )
        return False
    return True


def _index() -> str:
    try:
        indexer = indexing.open_indexer()
    except contract.IndexerBusy:
        return "kept by a running worker, which builds it anew where that is needed"
    try:
        return f"built anew, {duties.rebuild(indexer)} entries" if indexer.needs_rebuild() else "format unchanged"
    finally:
        indexer.close()


def _own_folder() -> Path:
    folder = Path(settings.HOME) / "backups"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
