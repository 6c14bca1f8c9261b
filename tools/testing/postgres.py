"""A private PostgreSQL cluster in a temporary folder, for tests and benchmarks.

``python -m tools.testing.postgres COMMAND …`` runs the command with ``GONGKAI_DATABASE_URL`` set to it and ends
the cluster afterwards. As root the server runs as the user ``postgres``, because it refuses to run as root.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_SETTINGS = (
    "max_connections=300",
    "fsync=off",
    "full_page_writes=off",
    "shared_buffers=256MB",
    "listen_addresses=127.0.0.1",
    "log_min_messages=fatal",
    "timezone=UTC",
)


def binaries() -> Path | None:
    """The folder of the newest installed PostgreSQL server of version 15 or later, or None."""
    candidates = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if candidates and int(candidates[-1].parts[-3]) >= 15:
        return candidates[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def cluster(settings: Sequence[str] = ()) -> Iterator[str]:
    """A running cluster; yields the URL of an empty database in it. ``settings`` win over the test defaults.

    Raises:
        FileNotFoundError: PostgreSQL is not installed.
        subprocess.CalledProcessError: the server does not start.
    """
    programs = binaries()
    if programs is None:
        raise FileNotFoundError("PostgreSQL 15 or later is not installed.")
    folder = Path(tempfile.mkdtemp(prefix="gongkai-pg-"))
    as_user = _server_user(folder)
    data = folder / "data"
    port = _free_port()
    _run(
        as_user,
        [programs / "initdb", "-D", data, "-U", "gongkai", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"],
    )
    options = " ".join(f"-c {setting}" for setting in (*_SETTINGS, *settings))
    control = [programs / "pg_ctl", "-D", data, "-w", "-t", "60"]
    _run(as_user, [*control, "-l", folder / "log", "-o", f"-p {port} -k {folder} {options}", "start"])
    try:
        _run(as_user, [programs / "createdb", "-h", folder, "-p", str(port), "-U", "gongkai", "gongkai"])
        yield f"postgresql://gongkai@127.0.0.1:{port}/gongkai"
    finally:
        _run(as_user, [*control, "-m", "immediate", "stop"])
        shutil.rmtree(folder, ignore_errors=True)


def _server_user(folder: Path) -> int | None:
    if os.geteuid() != 0:
        return None
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return user.pw_uid


def _run(as_user: int | None, command: Sequence[object]) -> None:
    subprocess.run(
        [str(part) for part in command],
        check=True,
        user=as_user,
        stdout=subprocess.DEVNULL,
        cwd="/",
        stdin=subprocess.DEVNULL,
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main(command: Sequence[str]) -> int:
    """Runs the command beside a private cluster and returns its exit status."""
    with cluster() as url:
        return subprocess.run(command, env=os.environ | {"GONGKAI_DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
