"""What makes a site unsafe to serve. Errors stop ``gongkai serve``; warnings are printed."""

import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from gongkai.accounts.models import User

TAG = "gongkai"
_THIS_MACHINE = {"127.0.0.1", "localhost", "[::1]", "testserver"}


@checks.register(TAG, deploy=True)
def configuration(app_configs: Sequence[AppConfig] | None, **options: Any) -> list[checks.CheckMessage]:
    """What the settings alone can tell."""
    return [*_debug(), *_cookies(), *_addresses(), *_keys(), *_unknown()]


def before_serving() -> list[checks.CheckMessage]:
    """Everything: the settings, then the database. Not registered as a whole, or ``migrate`` would refuse itself."""
    return [*checks.run_checks(tags=[TAG], include_deployment_checks=True), *database()]


def database() -> list[checks.CheckMessage]:
    """What the database must say: reachable, migrated, no demo accounts."""
    try:
        if unapplied_migrations():
            return [_error("E005", "The database is not up to date.", "Run `gongkai upgrade`, or `init` first.")]
    except DatabaseError:
        return [_error("E006", "The database does not answer.", "Check GONGKAI_DATABASE_URL and the server.")]
    return list(_demo_accounts())


def unapplied_migrations() -> list[str]:
    """The migrations that this version needs and the database has not seen."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def is_empty_database() -> bool:
    """Whether no table of ours was ever made."""
    with connection.cursor() as cursor:
        return User._meta.db_table not in connection.introspection.table_names(cursor)


def _debug() -> Iterator[checks.CheckMessage]:
    if settings.DEBUG:
        yield _error("E001", "DEBUG is on: error pages would show the inside of the site.", "Unset GONGKAI_DEBUG.")


def _cookies() -> Iterator[checks.CheckMessage]:
    if settings.DEMO or settings.SECURE_COOKIES:
        return
    kind = checks.Warning if _only_this_machine() else checks.Error
    yield kind(
        "The desk's cookies may travel over plain HTTP.",
        hint="Serve the desk over HTTPS and leave GONGKAI_SECURE_COOKIES at its default.",
        id="gongkai.E002",
    )


def _addresses() -> Iterator[checks.CheckMessage]:
    if "*" in settings.ALLOWED_HOSTS and not settings.DEMO:
        yield _error("E003", "Any host name is allowed.", "Name the site's hosts in GONGKAI_ALLOWED_HOSTS.")
    if not settings.PUBLIC_BASE_URL and not settings.DEMO:
        yield checks.Warning(
            "The site does not know its public address: feeds, sitemap and API name the address of the request.",
            hint="Set GONGKAI_PUBLIC_BASE_URL, for example https://www.example.gov.cn/zwgk",
            id="gongkai.W004",
        )


def _keys() -> Iterator[checks.CheckMessage]:
    folder = Path(settings.HOME) / "keys"
    names = ["session"] if settings.SIDES == ["portal"] else ["session", "totp", "notices", settings.AUDIT_KEY_NAME]
    for path in (folder / name for name in names):
        if not path.exists():
            continue
        try:
            path.read_bytes()
        except OSError:
            yield _error(
                "E007", f"The key file {path.name} cannot be read.", "Give it to the user who serves the site."
            )
            continue
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield _error("E008", f"The key file {path.name} is open to other users.", f"chmod 600 keys/{path.name}")


def _unknown() -> Iterator[checks.CheckMessage]:
    for name in settings.UNKNOWN_SETTINGS:
        yield checks.Warning(
            f"There is no setting {name}.", hint="See docs/operations/settings.md for the names.", id="gongkai.W010"
        )


def _demo_accounts() -> Iterator[checks.CheckMessage]:
    # A process that serves the portal alone has no sign-in, and its database role may not read accounts.
    if settings.DEMO or "desk" not in settings.SIDES:
        return
    if User.objects.filter(is_demo=True, is_active=True).exists():
        yield _error(
            "E009",
            "There are demo accounts, whose passwords everyone knows.",
            "Deactivate them, or start with an empty data folder.",
        )


def _only_this_machine() -> bool:
    return set(settings.ALLOWED_HOSTS) <= _THIS_MACHINE


def _error(number: str, message: str, hint: str) -> checks.CheckMessage:
    return checks.Error(message, hint=hint, id=f"gongkai.{number}")
