"""Reads ``GONGKAI_DATABASE_URL`` into Django's database setting."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from gongkai.config.environment import InvalidSetting

_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
    "PRAGMA cache_size=-16000; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
)


def from_url(url: str, *, home: Path) -> dict[str, Any]:
    """The setting for ``url``; an empty one means the embedded SQLite file in the data folder.

    Raises:
        InvalidSetting: the scheme is neither ``sqlite`` nor ``postgresql``.
    """
    if not url:
        return _sqlite(home / "gongkai.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"client_encoding": "UTF8", **dict(parse_qsl(parts.query))},
        }
    raise InvalidSetting("GONGKAI_DATABASE_URL must begin with sqlite:// or postgresql://")


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 30,
            # Writers queue at BEGIN instead of failing half-way when they would upgrade a read lock.
            "transaction_mode": "IMMEDIATE",
            "init_command": _SQLITE_PRAGMAS,
        },
        "TEST": {"NAME": str(path.with_suffix(".test.sqlite3"))},
    }
