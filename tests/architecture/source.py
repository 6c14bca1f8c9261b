"""The source tree as the architecture tests see it: paths, syntax trees, functions."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "gongkai"


@dataclass(frozen=True)
class Function:
    """A function or method: where it stands and its syntax tree."""

    path: Path
    name: str
    node: ast.FunctionDef | ast.AsyncFunctionDef

    @property
    def lines(self) -> int:
        """Lines of the body without its docstring: what one must read to know what it does."""
        body = self.node.body
        if ast.get_docstring(self.node):
            body = body[1:]
        return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0

    @property
    def parameters(self) -> int:
        arguments = self.node.args
        every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        return len([argument for argument in every if argument.arg not in {"self", "cls"}])

    @property
    def place(self) -> str:
        return f"{relative(self.path)}:{self.name}"


def relative(path: Path) -> str:
    """The path as the exception list writes it."""
    return path.relative_to(PACKAGE).as_posix()


@cache
def modules() -> tuple[Path, ...]:
    """Every Python module of the package but migrations."""
    return tuple(sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts))


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(path.read_text("utf-8"), str(path))


def functions() -> Iterator[Function]:
    """Every function of the package, methods as ``Class.method``."""
    for path in modules():
        yield from _functions(path, tree(path), "")


def _functions(path: Path, node: ast.AST, prefix: str) -> Iterator[Function]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield Function(path, prefix + child.name, child)
            yield from _functions(path, child, f"{prefix}{child.name}.")
        elif isinstance(child, ast.ClassDef):
            yield from _functions(path, child, f"{prefix}{child.name}.")
