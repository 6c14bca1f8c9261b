"""The rejects file: every row that stayed out, with its line and reason, ready to be mended and imported again."""

import csv
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Self

from gongkai.imports.domain.rows import CheckedRow

# Spreadsheets run cells that begin like this as formulas.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


class RejectsFile:
    """A CSV that appears under its name only when it is complete; without rejected rows there is none."""

    def __init__(self, path: Path, *, is_wanted: bool = True) -> None:
        self.path = path
        self._is_wanted = is_wanted
        self.count = 0
        # Always the same name: what a killed run left behind is written over by the next.
        self._draft = path.with_name(f".{path.name}.part")
        self._stream: IO[str] | None = None
        self._header: Sequence[str] = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if self._stream is None:
            if kind is None and self._is_wanted:
                self.path.unlink(missing_ok=True)  # what an earlier run left has been mended
            return
        self._stream.close()
        if kind is None:
            self._draft.replace(self.path)
        else:
            self._draft.unlink(missing_ok=True)

    @property
    def is_kept(self) -> bool:
        """Whether there is a file with at least one row."""
        return self._stream is not None

    def begin(self, header: Sequence[str]) -> None:
        """Says which columns the rejected rows have."""
        self._header = header

    def add(self, line: int, reasons: Iterable[str], cells: Sequence[str]) -> None:
        """One rejected row; ``cells`` are empty where nobody may see them."""
        self.count += 1
        if not self._is_wanted:
            return
        if self._stream is None:
            descriptor = os.open(self._draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            self._stream = os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="")
            self._write("行号", "原因", *self._header)
        self._write(str(line), "".join(dict.fromkeys(reasons)), *cells)

    def _write(self, *cells: str) -> None:
        assert self._stream is not None
        csv.writer(self._stream).writerow(_harmless(cell) for cell in cells)


class FindingsFile:
    """A CSV with every finding of every row: line, level, code, place, sentence. Never the content of a row."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._stream: IO[str] | None = None

    def __enter__(self) -> Self:
        if self._path is not None:
            self._stream = self._path.open("w", encoding="utf-8-sig", newline="")
            csv.writer(self._stream).writerow(("行号", "级别", "代码", "位置", "说明"))
        return self

    def __exit__(self, *rest: object) -> None:
        if self._stream is not None:
            self._stream.close()

    def add(self, row: CheckedRow) -> None:
        """All findings of one row; nothing where no file is wanted."""
        if self._stream is None:
            return
        for finding in row.findings:
            place = "、".join(finding.where)
            cells = (str(row.line), finding.severity.label, finding.code, place, finding.message)
            csv.writer(self._stream).writerow(_harmless(cell) for cell in cells)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_SIGNS) else cell
