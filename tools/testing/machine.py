"""What the tests need beyond Python: a PostgreSQL server, a Chromium, a Chinese font."""

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tools.testing import postgres

POSTGRESQL = "tests on PostgreSQL"
BROWSER = "journeys in a browser"


@dataclass(frozen=True)
class Need:
    """Something the tests use, the part of the run that needs it, and Debian's package for it."""

    serves: str
    package: str
    is_there: Callable[[], bool]


def chromium() -> str | None:
    """The path of an installed Chromium, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def _has_chinese_font() -> bool:
    return any(Path("/usr/share/fonts").rglob("*CJK*"))


NEEDS = (
    Need(POSTGRESQL, "postgresql", lambda: postgres.binaries() is not None),
    Need(BROWSER, "chromium", lambda: chromium() is not None),
    Need(BROWSER, "fonts-noto-cjk", _has_chinese_font),
)


def prepare() -> list[str]:
    """Installs what is missing where it may; returns the parts of the run that cannot take place."""
    lacking = [need for need in NEEDS if not need.is_there()]
    if lacking and os.geteuid() == 0 and shutil.which("apt-get"):
        _install([need.package for need in lacking])
        lacking = [need for need in NEEDS if not need.is_there()]
    return sorted({need.serves for need in lacking})


def _install(packages: list[str]) -> None:
    print(f"Installing with apt: {' '.join(packages)}", flush=True)
    quiet = {"stdout": subprocess.DEVNULL, "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run(["apt-get", "update", "-qq"], check=True, **quiet)  # type: ignore[call-overload]
    subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], check=True, **quiet)  # type: ignore[call-overload]
