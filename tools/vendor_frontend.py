"""Fetches the desk's front-end packages from npm and puts them, unmodified, beside their licence and version.

``python -m tools.vendor_frontend`` needs npm; the product and its tests do not. The versions below run in
Chromium 86 and are pinned by npm's own integrity hash.
"""

import base64
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "src/gongkai/groundwork/static/groundwork/vendor"


@dataclass(frozen=True)
class Package:
    """One npm package: what we take from it, and the hash that its archive must have."""

    name: str
    version: str
    integrity: str
    licence: str
    files: tuple[str, ...]
    target: Path = TARGET
    licence_file: str = "LICENSE"


# Bootstrap's scripts stay away: our components need none. The source map comes along because hashed static files
# refuse a reference to a file that is not there.
PACKAGES = (
    Package(
        name="bootstrap",
        version="5.3.9",
        integrity="sha512-20cU0rcfw8WdxtVbmfU+xT2EjvVTw9Ror/h1Qvd7DXCujRg8OO9mdBCsmTHdJFf3BuadmBNJtgIuUXsBqSkk/w==",
        licence="MIT",
        files=("dist/css/bootstrap.min.css", "dist/css/bootstrap.min.css.map"),
    ),
    Package(
        name="htmx.org",
        version="2.0.11",
        integrity="sha512-Thx/WtpeOQqSrqBCw/A1cwGJGg4UrVa3+sW0GmrM3p4gJgO89ecH4qtbnyzDDWFvBTqjnIMCgELTNt636dtamA==",
        licence="0BSD",
        files=("dist/htmx.min.js",),
    ),
    Package(
        name="jodit",
        version="4.15.13",
        integrity="sha512-7/0Q85OgtHIIn8qF/tw5CBT2qFdrbbcqxbjS5Z3+jJls+sxGwWLPLFv0heXDqoDsNF0lNUHQity9vC0ErOgKDg==",
        licence="MIT",
        files=("es2018/jodit.min.js", "es2018/jodit.min.css"),
        target=ROOT / "src/gongkai/records/static/records/vendor",
        licence_file="LICENSE.txt",
    ),
)


class WrongArchive(Exception):
    """npm delivered something else than what is pinned here."""


def fetch(package: Package, folder: Path) -> Path:
    """The package's archive, checked against its hash."""
    packed = subprocess.run(
        ["npm", "pack", f"{package.name}@{package.version}", "--json"],
        cwd=folder,
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    archive = folder / json.loads(packed.stdout)[0]["filename"]
    found = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != package.integrity:
        raise WrongArchive(f"{package.name} {package.version}: {found}")
    return archive


def unpack(package: Package, archive: Path) -> None:
    """Writes the chosen files, the licence and the version."""
    folder = package.target / package.name
    folder.mkdir(parents=True, exist_ok=True)
    with tarfile.open(archive) as contents:
        for name in (*package.files, package.licence_file):
            member = contents.extractfile(f"package/{name}")
            if member is None:
                raise WrongArchive(f"{package.name} {package.version} has no {name}")
            kept_as = "LICENSE" if name == package.licence_file else Path(name).name
            (folder / kept_as).write_bytes(member.read())
    (folder / "VERSION").write_text(f"{package.name} {package.version} ({package.licence})\n", "utf-8")


def main() -> int:
    """Fetches everything; returns the exit status."""
    for package in PACKAGES:
        with tempfile.TemporaryDirectory() as folder:
            unpack(package, fetch(package, Path(folder)))
        print(f"{package.name} {package.version}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
