"""``gongkai``: the command line. Each subcommand is a module; only those that need the database load Django."""

import argparse
import importlib
import os
import sys
from dataclasses import dataclass
from typing import Protocol


class Command(Protocol):
    """A module with these two functions is a subcommand."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...
    def run(self, arguments: argparse.Namespace) -> int: ...


@dataclass(frozen=True)
class Entry:
    """Where a subcommand lives, what it is for, and whether it needs the database."""

    module: str
    summary: str
    needs_django: bool = True
    needs_tables: bool = False


COMMANDS = {
    "serve": Entry("gongkai.config.cli.serve", "serve portal and desk over HTTP", needs_django=False),
    "worker": Entry(
        "gongkai.config.cli.worker", "run background work: index, audit seal, timetable, tasks", needs_tables=True
    ),
    "init": Entry("gongkai.config.cli.init", "prepare the data folder and create the three administrators"),
    "upgrade": Entry("gongkai.config.cli.upgrade", "back up, migrate, rebuild the index if its format changed"),
    "import": Entry("gongkai.config.cli.imports", "import records from CSV, TSV or XLSX"),
    "index": Entry("gongkai.config.cli.index", "rebuild or inspect the search index", needs_tables=True),
    "audit": Entry("gongkai.config.cli.audit", "seal and verify the audit trail", needs_tables=True),
    "purge": Entry("gongkai.config.cli.purge", "finish what confirmed purges wait for", needs_tables=True),
    "views": Entry("gongkai.config.cli.views", "count readings in the logs of a front server", needs_tables=True),
    "backup": Entry("gongkai.config.cli.backup", "write a consistent backup of database and files", needs_tables=True),
    "restore": Entry("gongkai.config.cli.restore", "restore a backup and verify it", needs_django=False),
    "check": Entry("gongkai.auditing.cli", "check published annual reports", needs_django=False),
}


def main(argv: list[str] | None = None) -> int:
    """Runs one subcommand and returns its exit status; 2 when there is no database to work on."""
    words = sys.argv[1:] if argv is None else argv
    # What this process writes is for its own user and group; keys are stricter still.
    os.umask(os.umask(0o077) | 0o027)
    parser = argparse.ArgumentParser(prog="gongkai", description="政府信息公开平台 Gongkai")
    parser.add_argument("command", choices=[*COMMANDS, "manage"], help="; ".join(_summaries()))
    chosen = parser.parse_args(words[:1]).command
    if chosen == "manage":
        return _manage(words[1:])
    entry = COMMANDS[chosen]
    if entry.needs_django:
        load_django()
    if entry.needs_tables and not _has_tables():
        return 2
    module: Command = importlib.import_module(entry.module)
    subparser = argparse.ArgumentParser(prog=f"gongkai {chosen}", description=entry.summary)
    module.add_arguments(subparser)
    return module.run(subparser.parse_args(words[1:]))


def _summaries() -> list[str]:
    return [f"{name}: {entry.summary}" for name, entry in COMMANDS.items()]


def load_django() -> None:
    """Makes settings, models and apps ready in this process."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    django.setup()


def _has_tables() -> bool:
    from django.db import DatabaseError

    from gongkai.config import checks

    try:
        missing = checks.is_empty_database()
    except DatabaseError:
        print("gongkai: the database does not answer; check GONGKAI_DATABASE_URL and the server", file=sys.stderr)
        return False
    if missing:
        print("gongkai: there is no database yet; run `gongkai init`", file=sys.stderr)
    return not missing


def _manage(words: list[str]) -> int:
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    execute_from_command_line(["gongkai manage", *words])
    return 0
