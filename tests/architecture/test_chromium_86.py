"""Offices run Chromium 86: what came later stays out of our own and of vendored scripts and styles."""

import re
from pathlib import Path

import pytest

from tests.architecture import source

pytestmark = pytest.mark.pure

NEWER_STYLES = {
    ":has()": r":has\(",
    ":is()": r":is\(",
    ":where()": r":where\(",
    "inset": r"[;{\s]inset\s*:",
    "aspect-ratio": r"[;{]\s*aspect-ratio\s*:",
    "cascade layers": r"@layer\b",
    "container queries": r"@container\b",
    "color-mix()": r"color-mix\(",
    "dynamic viewport units": r"\d(?:dvh|svh|lvh|dvw|svw|lvw)\b",
    "accent-color": r"[;{]\s*accent-color\s*:",
    "nesting": r"[;{]\s*&[\s.:>]",
    "oklch()": r"okl(?:ch|ab)\(",
    "scrollbar-gutter": r"scrollbar-gutter\s*:",
    "text-wrap": r"text-wrap\s*:",
    "logical margins": r"margin-(?:inline|block)\s*:",
    "range media queries": r"@media[^{]*\([^)]*[<>]=?[^)]*\)",
    "individual transforms": r"[;{]\s*(?:rotate|scale|translate)\s*:",
}
NEWER_SCRIPTS = {
    "Array.at": r"\.at\(-",
    "structuredClone": r"\bstructuredClone\(",
    "Object.hasOwn": r"Object\.hasOwn\(",
    "findLast": r"\.findLast(?:Index)?\(",
    "toSorted": r"\.to(?:Sorted|Reversed|Spliced)\(",
    "static blocks": r"\bstatic\s*\{",
    "private in": r"#\w+ in ",
    "top-level await": r"^await ",
    "crypto.randomUUID": r"randomUUID\(",
    "Promise.withResolvers": r"withResolvers",
    "replaceChildren is 86": r"\.requestClose\(",
    "popover": r"showPopover\(",
    "Error cause": r"new Error\([^)]*,\s*\{\s*cause",
    "array grouping": r"Object\.groupBy|Map\.groupBy",
    "class fields with #": r"^\s*static #",
    "URL.canParse": r"URL\.canParse",
    "AbortSignal.timeout": r"AbortSignal\.(?:timeout|any)\(",
    "regex v flag": r"/[gimsuy]*v[gimsuy]*[,;)]\s*//v",
}
# Uses in vendored files that no page of ours reaches, or that the file guards itself.
GUARDED = {
    ("jodit.min.css", "inset"): "parts that editor.js switches off, and the full page, completed in records.css",
    ("bootstrap.min.css", "inset"): "only the label over a floating textarea, a component that we do not use",
}


def _files(suffix: str) -> list[Path]:
    return sorted(path for path in source.PACKAGE.rglob(f"static/**/*{suffix}") if not path.name.endswith(".map"))


def _found(text: str, patterns: dict[str, str]) -> list[str]:
    bare = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return [name for name, pattern in patterns.items() if re.search(pattern, bare, flags=re.MULTILINE)]


def test_the_search_finds_what_it_looks_for() -> None:
    assert _found("a:has(b){inset:0}", NEWER_STYLES) == [":has()", "inset"]
    assert _found("x.at(-1)", NEWER_SCRIPTS) == ["Array.at"]


def test_there_are_styles_to_look_at() -> None:
    assert _files(".css")


@pytest.mark.parametrize("path", _files(".css"), ids=lambda path: path.name)
def test_a_style_sheet_uses_nothing_newer(path: Path) -> None:
    found = _found(path.read_text("utf-8"), NEWER_STYLES)
    assert [name for name in found if (path.name, name) not in GUARDED] == []


@pytest.mark.parametrize("path", _files(".js") or [Path(__file__)], ids=lambda path: path.name)
def test_a_script_uses_nothing_newer(path: Path) -> None:
    text = path.read_text("utf-8") if path.suffix == ".js" else ""
    assert [name for name in _found(text, NEWER_SCRIPTS) if (path.name, name) not in GUARDED] == []
