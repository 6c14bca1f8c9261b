"""``gongkai backup``: one archive of database and files while the site runs; keys into another."""

import argparse
import json
import sys
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from gongkai.config import duties, keys
from gongkai.config.backups import reading, snapshots, writing
from gongkai.config.backups.manifest import Manifest, UnusableBackup


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("target", type=Path, help="a file to write (.tar.gz or .tar), or a folder to write into")
    parser.add_argument("--keys", type=Path, help="write keys and settings into this archive; keep it elsewhere")
    parser.add_argument("--verify", action="store_true", help="write nothing: check the backup that TARGET is")
    parser.add_argument("--json", action="store_true", help="one JSON object on one line")


def run(arguments: argparse.Namespace) -> int:
    try:
        if arguments.verify:
            path, manifest = arguments.target, reading.verify(arguments.target, key=_key())
        else:
            path, manifest = back_up(arguments.target)
        saved = writing.write_keys(arguments.keys) if arguments.keys and not arguments.verify else []
    except (writing.CannotWrite, snapshots.CannotSnapshot, UnusableBackup) as error:
        print(f"gongkai backup: {error}", file=sys.stderr)
        return 1
    said = in_short(path, manifest) | {"keys": saved}
    print(json.dumps(said, ensure_ascii=False) if arguments.json else _in_words(said))
    for digest in (*manifest.missing, *manifest.damaged):
        print(f"The file store has lost or damaged {digest}.", file=sys.stderr)
    if not saved and not arguments.verify:
        print("Keys are not in it. Without them the audit trail cannot be verified: see --keys.", file=sys.stderr)
    return 0


def back_up(target: Path) -> tuple[Path, Manifest]:
    """Seals the trail, then writes the backup; a folder as target gets a file named by the time.

    Raises:
        CannotWrite, CannotSnapshot: as `writing.write`.
    """
    now = timezone.localtime()
    path = target / f"gongkai-{now:%Y%m%d-%H%M%S}.tar.gz" if target.is_dir() else target
    duties.sealer().seal(at=now)
    return path, writing.write(path, at=now)


def in_short(path: Path, manifest: Manifest) -> dict[str, object]:
    """What is worth knowing about a backup."""
    return {
        "path": str(path),
        "created_at": manifest.created_at,
        "database": manifest.vendor,
        "rows": sum(manifest.counts.values()),
        "files": sum(name.startswith("files/") for name in manifest.members),
        "missing_files": len(manifest.missing),
        "damaged_files": len(manifest.damaged),
        "bytes": sum(member.size for member in manifest.members.values()),
    }


def _key() -> str | None:
    path = Path(settings.HOME) / "keys" / settings.AUDIT_KEY_NAME
    return keys.secret(settings.HOME, settings.AUDIT_KEY_NAME) if path.exists() else None


def _in_words(said: dict[str, object]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in said.items())
