"""The folder of an index on disk: generations side by side, one of them current, one writer at a time.

`CURRENT` names the generation that readers use and says how it was written. It is replaced atomically, so
that a rebuilt index takes over between two queries; what it replaced is removed by the writer afterwards.
"""

import contextlib
import dataclasses
import fcntl
import json
import os
import pathlib
import shutil
from collections.abc import Sequence
from typing import IO

from gongkai.groundwork.search import contract, layout

CURRENT = "CURRENT"
LOCK = "indexer.lock"


@dataclasses.dataclass(frozen=True, slots=True)
class Generation:
    name: str
    format: int
    facets: tuple[str, ...]

    def fits(self, facets: Sequence[str]) -> bool:
        return self.format == layout.FORMAT and self.facets == tuple(facets)


class Folder:
    def __init__(self, path: pathlib.Path) -> None:
        self.path = path

    def current(self) -> Generation | None:
        """None where no index was ever finished; raises IndexUnavailable where the note cannot be read."""
        try:
            note = json.loads((self.path / CURRENT).read_text(encoding="utf-8"))
            return Generation(str(note["generation"]), int(note["format"]), tuple(note["facets"]))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise contract.IndexUnavailable(f"{CURRENT} cannot be read: {error}") from error

    def place(self, generation: Generation) -> pathlib.Path:
        return self.path / generation.name

    def stamp(self, generation: Generation | None) -> tuple[int, ...]:
        """Changes with every switch and every commit; costs two looks at the file system."""
        marks = [self.path / CURRENT]
        if generation:
            marks.append(self.place(generation) / "meta.json")
        return tuple(number for mark in marks for number in _trace(mark))

    def new_generation(self, facets: Sequence[str]) -> Generation:
        taken = [int(each.name[1:]) for each in self.path.glob("g[0-9]*") if each.name[1:].isdecimal()]
        generation = Generation(f"g{max(taken, default=0) + 1:06}", layout.FORMAT, tuple(facets))
        self.place(generation).mkdir(parents=True)
        return generation

    def switch(self, generation: Generation) -> None:
        note = {"generation": generation.name, "format": generation.format, "facets": generation.facets}
        fresh = self.path / f"{CURRENT}.new"
        with fresh.open("w", encoding="utf-8") as file:
            json.dump(note, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path / CURRENT)

    def drop(self, generation: Generation) -> None:
        shutil.rmtree(self.place(generation), ignore_errors=True)

    def sweep(self, keep: Generation | None) -> None:
        """Remove what no reader will open again: older generations and builds that were broken off."""
        for each in self.path.glob("g[0-9]*"):
            if keep is None or each.name != keep.name:
                shutil.rmtree(each, ignore_errors=True)

    def lock(self) -> IO[str]:
        """Hold the right to write; the system takes it back when the process ends, however it ends."""
        self.path.mkdir(parents=True, exist_ok=True)
        file = (self.path / LOCK).open("a+", encoding="utf-8")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = (self.path / LOCK).read_text(encoding="utf-8").strip()
            file.close()
            raise contract.IndexerBusy(f"another indexer (process {holder}) writes {self.path}") from error
        with contextlib.suppress(OSError):
            file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        return file


def _trace(file: pathlib.Path) -> tuple[int, int, int]:
    try:
        state = file.stat()
    except FileNotFoundError:
        return (0, 0, 0)
    return (state.st_mtime_ns, state.st_ino, state.st_size)
