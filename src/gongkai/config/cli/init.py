"""``gongkai init``: data folder, keys, tables, the site's government and the three administrators."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from gongkai.accounts.models import User
from gongkai.accounts.services import passwords
from gongkai.accounts.viewer import SYSTEM
from gongkai.agencies.services.keeping import CannotKeepAgency
from gongkai.config import installing, keys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--agency-code", default="government", help="code of the government at the root of the tree")
    parser.add_argument("--agency-name", default="市人民政府", help="its name")
    parser.add_argument("--reset-password", metavar="USERNAME", help="only give this person a new one-time password")
    parser.add_argument("--json", action="store_true", help="one JSON object on one line")


def run(arguments: argparse.Namespace) -> int:
    if arguments.reset_password:
        return _reset(arguments.reset_password)
    prepare_home()
    call_command("migrate", interactive=False, verbosity=0)
    try:
        done = installing.install(
            agency_code=arguments.agency_code, agency_name=arguments.agency_name, at=timezone.now()
        )
    except CannotKeepAgency as error:
        print(f"gongkai init: {error}", file=sys.stderr)
        return 1
    print(
        json.dumps({"home": str(settings.HOME), **asdict(done)}, ensure_ascii=False) if arguments.json else _words(done)
    )
    return 0


def prepare_home() -> None:
    """Folders and keys, for the owner's eyes only."""
    home = Path(settings.HOME)
    for folder in (home, home / "keys", Path(settings.FILES_ROOT), Path(settings.INDEX_ROOT)):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in ("session", settings.AUDIT_KEY_NAME, "totp"):
        keys.secret(settings.HOME, name)


def _reset(username: str) -> int:
    user = User.objects.filter(username=username).first()
    if user is None:
        print(f"gongkai init: nobody signs in as {username}", file=sys.stderr)
        return 1
    password = passwords.reset(person_id=user.pk, actor=SYSTEM, at=timezone.now())
    print(f"{username}: {password} (must be changed at the next sign-in)")
    return 0


def _words(done: installing.Installed) -> str:
    lines = [f"data folder: {settings.HOME}", f"root of the tree: {done.agency_name} ({done.agency_code})"]
    for one in done.administrators:
        secret = f"one-time password {one.password}" if one.password else "exists already"
        lines.append(f"{one.post}: {one.username}, {secret}")
    if any(one.password for one in done.administrators):
        lines.append("The passwords are shown this once; each must be changed at the first sign-in.")
    return "\n".join(lines)
