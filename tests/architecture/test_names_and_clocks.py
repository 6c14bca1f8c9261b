"""Names that say where a thing lives, and no clock below the interface."""

import ast
import re

import pytest

from tests.architecture import source

pytestmark = pytest.mark.pure

BANNED_MODULES = {"utils", "helpers", "common", "misc", "core", "handlers"}
# The interface: here the present moment enters and is handed down as a value.
CLOCK_MAY_BE_READ_IN = re.compile(
    r"(^config/|/desk/|(^|/)views\.py$|(^|/)middleware\.py$|/tasks\.py$|(^|/)cli\.py$|^portal/|^api/"
    r"|^workbench/(desk/|context\.py)|^imports/desk|^groundwork/work/|^auditing/cli\.py$)"
)
CLOCKS = {("timezone", "now"), ("timezone", "localdate"), ("timezone", "localtime"), ("datetime", "now"),
          ("date", "today"), ("datetime", "today"), ("datetime", "utcnow")}  # fmt: skip


# Where anything at all is caught without being raised again, and why.
CATCHES_ALL = {
    "groundwork/search/reader.py": "the engine's panics are no Exception; they become `index unavailable`",
    "groundwork/work/worker.py": "one failing duty must not end the others; it is logged and tried again",
    "auditing/guarded.py": "a fault in one file must not lose the whole run; it is named in the result",
}


def test_no_module_is_a_drawer() -> None:
    drawers = [source.relative(path) for path in source.modules() if path.stem in BANNED_MODULES]
    assert drawers == []


def test_the_clock_is_read_at_the_interface_only() -> None:
    readers = [
        f"{source.relative(path)}:{node.lineno}"
        for path in source.modules()
        if not CLOCK_MAY_BE_READ_IN.search(source.relative(path))
        for node in ast.walk(source.tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name | ast.Attribute)
        and (getattr(node.func.value, "id", getattr(node.func.value, "attr", "")), node.func.attr) in CLOCKS
        and not (node.args and node.func.attr.startswith("local"))  # with a value they convert, and read no clock
    ]
    assert readers == []


def test_no_right_comes_from_being_a_superuser() -> None:
    readers = [
        source.relative(path)
        for path in source.modules()
        if any(isinstance(node, ast.Attribute) and node.attr in {"is_superuser", "is_staff"}
               for node in ast.walk(source.tree(path)))
    ]  # fmt: skip
    assert readers == []


def test_only_scoping_knows_the_library_behind_it() -> None:
    users = {
        source.relative(path)
        for path in source.modules()
        for node in ast.walk(source.tree(path))
        if (isinstance(node, ast.Import) and any(name.name.startswith("django_scopes") for name in node.names))
        or (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django_scopes"))
    }
    assert users == {"groundwork/scoping.py"}


def _is_broad(handler: ast.ExceptHandler) -> bool:
    if isinstance(handler.body[-1], ast.Raise) and handler.body[-1].exc is None:
        return False
    return handler.type is None or (
        isinstance(handler.type, ast.Name) and handler.type.id in {"Exception", "BaseException"}
    )


def test_nothing_is_caught_that_was_not_anticipated() -> None:
    broad = {
        source.relative(path)
        for path in source.modules()
        for node in ast.walk(source.tree(path))
        if isinstance(node, ast.ExceptHandler) and _is_broad(node)
    }
    assert broad == CATCHES_ALL.keys()


@pytest.mark.parametrize("pattern", [r"https?://cdn\b", r"googleapis", r"unpkg", r"jsdelivr"])
def test_no_file_of_the_house_names_a_content_network(pattern: str) -> None:
    texts = [
        path
        for folder in ("src", "docs", "tools", "deploy", "benchmarks")
        for path in (source.ROOT / folder).rglob("*")
        if path.suffix in {".py", ".md", ".html", ".sh", ".yaml", ".conf", ".service", ".txt"}
        and "vendor" not in path.parts and "__pycache__" not in path.parts
    ]  # fmt: skip
    found = [source.ROOT / path for path in texts if re.search(pattern, path.read_text("utf-8"))]
    assert found == []
