"""A whole site of its own for one test: data folder, database and the real command line as child processes."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings

# The database of the test run itself; each site gets one beside it.
CLUSTER = os.environ.get("GONGKAI_DATABASE_URL", "")
ON_POSTGRESQL = CLUSTER.startswith("postgres")


@dataclass(frozen=True)
class Site:
    """One installation. ``variables`` are set for its processes."""

    home: Path
    database_url: str
    variables: Mapping[str, str] = field(default_factory=dict)

    def having(self, **variables: str) -> "Site":
        return replace(self, variables={**self.variables, **variables})

    def run(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        """Runs a subcommand to its end."""
        command = [sys.executable, "-m", "gongkai.config", *map(str, words)]
        return subprocess.run(
            command, env=self._environment(), capture_output=True, text=True, timeout=120, check=False
        )

    def ok(self, *words: str | Path) -> str:
        """The same; it must succeed. Returns what it printed."""
        done = self.run(*words)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def json(self, *words: str | Path) -> dict[str, Any]:
        """The same for a command that prints one JSON object."""
        found = json.loads(self.ok(*words, "--json"))
        assert isinstance(found, dict)
        return found

    def python(self, code: str) -> str:
        """Runs code in a process of this site, with Django ready."""
        prelude = "from gongkai.config.cli import load_django; load_django()\n"
        done = subprocess.run(
            [sys.executable, "-c", prelude + code],
            env=self._environment(),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    @contextmanager
    def running(self, *words: str) -> Iterator[subprocess.Popen[str]]:
        """A subcommand that goes on; it is killed afterwards where the test did not end it."""
        process = subprocess.Popen(
            [sys.executable, "-m", "gongkai.config", *words],
            env=self._environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()

    def _environment(self) -> dict[str, str]:
        chosen = {
            "GONGKAI_HOME": str(self.home),
            "GONGKAI_DATABASE_URL": self.database_url,
            "GONGKAI_LOG_LEVEL": "INFO",
            "GONGKAI_HASHED_STATIC": "false",
            "GONGKAI_ALLOWED_HOSTS": "127.0.0.1",
            "GONGKAI_SECURE_COOKIES": "true",
        }
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")}
        return kept | chosen | dict(self.variables)


@contextmanager
def new_database(name: str, *, like: str = "") -> Iterator[str]:
    """The URL of a database that lives as long as the block, empty or a copy; on SQLite the file of the data folder."""
    if not ON_POSTGRESQL:
        yield ""
        return
    name = f"{settings.DATABASES['default']['NAME']}_{name}"
    with psycopg.connect(CLUSTER, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())
        template = f' TEMPLATE "{urlsplit(like).path[1:]}"' if like else ""
        connection.execute(f'CREATE DATABASE "{name}"{template}'.encode())
        try:
            yield urlunsplit(urlsplit(CLUSTER)._replace(path=f"/{name}"))
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answer(url: str, *, within: float = 30.0) -> tuple[int, str]:
    """Status and body as soon as somebody answers at all."""
    deadline = time.monotonic() + within
    while True:
        try:
            with urllib.request.urlopen(url, timeout=10) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except (urllib.error.URLError, ConnectionError):
            assert time.monotonic() < deadline, f"nobody answers at {url}"
            time.sleep(0.05)
