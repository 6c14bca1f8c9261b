"""Nothing under GPL or AGPL is needed at run time."""

import importlib.metadata
import re

import pytest

pytestmark = pytest.mark.pure

_FORBIDDEN = re.compile(r"(?<![LA])\bA?GPL|GNU (Affero )?General Public", re.IGNORECASE)
_MARKER = re.compile(r"extra\s*==\s*['\"](\w+)['\"]")


def _needed(name: str, seen: set[str], *, extras: frozenset[str] = frozenset()) -> None:
    key = re.sub(r"[-_.]+", "-", name).lower()
    if key in seen:
        return
    try:
        distribution = importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return  # for another platform or Python: not installed here, so not on this one's lock
    seen.add(key)
    for requirement in distribution.requires or ():
        marker = _MARKER.search(requirement)
        if marker and marker.group(1) not in extras:
            continue
        inner = re.search(r"\[([^\]]+)\]", requirement.split(";")[0])
        match = re.match(r"[\w.-]+", requirement)
        assert match
        _needed(match.group(), seen, extras=frozenset(inner.group(1).split(",")) if inner else frozenset())


def _licence(name: str) -> str:
    metadata = importlib.metadata.distribution(name).metadata
    classifiers = [entry for entry in metadata.get_all("Classifier") or () if entry.startswith("License")]
    return " ".join([metadata.get("License-Expression") or "", *classifiers]) or (metadata.get("License") or "")


def test_every_package_used_at_run_time_has_a_permissive_licence() -> None:
    needed: set[str] = set()
    _needed("gongkai", needed)
    assert {"django", "tantivy", "psycopg", "nh3"} <= needed
    licences = {name: _licence(name) for name in sorted(needed)}
    assert {name: text for name, text in licences.items() if not text.strip()} == {}
    assert {name: text for name, text in licences.items() if _FORBIDDEN.search(text.replace("LGPL", ""))} == {}
