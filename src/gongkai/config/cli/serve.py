"""``gongkai serve``: portal and desk over HTTP, after making sure that the site is safe to serve."""

import argparse
import gc
import os
import sys

SIDES = ("portal", "desk")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")), help="default $PORT or 8000")
    parser.add_argument("--workers", type=int, default=2, help="processes (default 2)")
    parser.add_argument("--threads", type=int, default=4, help="threads in each process (default 4)")
    parser.add_argument("--only", choices=SIDES, help="serve one side alone")
    parser.add_argument("--mount-path", help="serve below a path of an existing site, for example /zwgk")


def run(arguments: argparse.Namespace) -> int:
    _choose(arguments)
    from gongkai.config.cli import load_django

    load_django()
    if not _safe_to_serve():
        return 1
    from django.db import connections
    from django.urls import get_resolver

    from gongkai.config import serving, static_files

    # The application lists the static files when it is made, so they must lie there before.
    static_files.collect()
    from gongkai.config.wsgi import application

    # Loaded before the fork, the pages' code is shared by all processes and the first request need not wait for it.
    get_resolver().url_patterns  # noqa: B018
    gc.collect()
    gc.freeze()
    # Nothing that is open may cross the fork.
    connections.close_all()
    _announce(arguments)
    listening = serving.Listening(
        address=f"{arguments.host}:{arguments.port}", workers=arguments.workers, threads=arguments.threads
    )
    serving.Server(serving.mounted(application, _mount_path()), listening).run()
    return 0


def _choose(arguments: argparse.Namespace) -> None:
    # Settings are read once, so the choices of the command line must be there before Django is.
    if arguments.only:
        os.environ["GONGKAI_SIDES"] = arguments.only
    if arguments.mount_path is not None:
        os.environ["GONGKAI_MOUNT_PATH"] = "/" + arguments.mount_path.strip("/")


def _safe_to_serve() -> bool:
    from gongkai.config import checks

    found = checks.before_serving()
    for message in found:
        print(f"{message.id}: {message.msg} {message.hint or ''}", file=sys.stderr)
    if any(message.is_serious() for message in found):
        print("gongkai serve: refused, see above.", file=sys.stderr)
        return False
    return True


def _mount_path() -> str:
    from django.conf import settings

    return settings.FORCE_SCRIPT_NAME or ""


def _announce(arguments: argparse.Namespace) -> None:
    from django.conf import settings

    host = f"[{arguments.host}]" if ":" in arguments.host else arguments.host
    base = f"http://{host}:{arguments.port}{_mount_path()}"
    for side, name, path in (("portal", "门户 portal", "/"), ("desk", "工作台 desk", "/desk/")):
        if side in settings.SIDES:
            print(f"{name}: {base}{path}", flush=True)
