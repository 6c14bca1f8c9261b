"""``gongkai restore``: a backup into an empty data folder and an empty database, verified."""

import argparse
import json
import os
import sys
from pathlib import Path

from gongkai.config.backups import reading
from gongkai.config.backups.manifest import UnusableBackup

_KEYS_ARE_PRIVATE = 0o600


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", type=Path, help="the backup")
    parser.add_argument("--into", type=Path, required=True, help="an empty folder, the new GONGKAI_HOME")
    parser.add_argument("--database-url", help="an empty database; default: SQLite inside the folder")
    parser.add_argument("--keys", type=Path, help="the archive of keys that `gongkai backup --keys` wrote")
    parser.add_argument("--purges", type=Path, help="the newest purges.jsonl: what was purged since goes again")
    parser.add_argument("--json", action="store_true", help="one JSON object on one line")


def run(arguments: argparse.Namespace) -> int:
    home = arguments.into.resolve()
    # Settings are read once and make what is missing, so the folder is looked at and chosen before Django loads.
    try:
        _check_empty(home)
        _put_keys(arguments.keys, home)
    except (UnusableBackup, FileExistsError) as error:
        print(f"gongkai restore: {error}", file=sys.stderr)
        return 1
    has_key = (home / "keys" / "audit").exists()
    os.environ["GONGKAI_HOME"] = str(home)
    os.environ["GONGKAI_DATABASE_URL"] = arguments.database_url or ""
    from gongkai.config.cli import load_django

    load_django()
    return _restore(arguments, has_key=has_key)


def _restore(arguments: argparse.Namespace, *, has_key: bool) -> int:
    from django.conf import settings

    from gongkai.config import keys
    from gongkai.config.backups import restoring, snapshots
    from gongkai.groundwork.purges import UnreadablePurgeList

    key = keys.secret(settings.HOME, settings.AUDIT_KEY_NAME) if has_key else None
    try:
        restored = restoring.restore(arguments.source, key=key, purge_list=arguments.purges)
    except (restoring.CannotRestore, snapshots.CannotSnapshot, UnusableBackup, UnreadablePurgeList) as error:
        print(f"gongkai restore: {error}", file=sys.stderr)
        return 1
    said = {
        "created_at": restored.manifest.created_at,
        "rows": sum(restored.manifest.counts.values()),
        "differing_tables": list(restored.differing),
        "missing_files": len(restored.manifest.missing),
        "damaged_files": len(restored.manifest.damaged),
        "audit_intact": None if restored.audit is None else restored.audit.intact,
        "audit_flaws": [flaw.message for flaw in restored.audit.flaws] if restored.audit else [],
        "purged_again": restored.purged_again,
        "upgrade_needed": restored.upgrade_needed,
        "index": "is built by the worker when it starts",
    }
    print(json.dumps(said, ensure_ascii=False) if arguments.json else _in_words(said))
    return 0 if restored.sound else 1


def _check_empty(home: Path) -> None:
    found = sorted(path.name for path in home.iterdir()) if home.exists() else []
    if set(found) - {"keys", "gongkai.toml"}:
        raise FileExistsError(f"{home} is not empty: {', '.join(found[:5])}")


def _put_keys(archive: Path | None, home: Path) -> None:
    if archive is None:
        return
    for name, content in reading.read_keys(archive).items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _KEYS_ARE_PRIVATE)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)


def _in_words(said: dict[str, object]) -> str:
    if said["audit_intact"] is None:
        print("The audit trail was NOT verified: without --keys there is no audit key.", file=sys.stderr)
    return "\n".join(f"{name}: {value}" for name, value in said.items())
