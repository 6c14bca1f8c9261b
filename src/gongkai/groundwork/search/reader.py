"""Answers from the newest committed state of an index; never writes."""

import contextlib
import itertools
import pathlib
import threading
from collections.abc import Iterator, Sequence

import tantivy

from gongkai.groundwork.search import contract, folder, indexer, memory, plan, question

PANIC = "PanicException"
"""The engine's own word for a failure inside it, which no `except Exception` would catch."""

MOST_MAPPED = 128 * 1024 * 1024
LOOK_EVERY = 64
"""Queries between two looks at the memory."""


class TantivyReader:
    """Opens with the first query; threads may share one."""

    def __init__(self, path: pathlib.Path, facets: Sequence[str]) -> None:
        self._folder = folder.Folder(path)
        self._facets = tuple(facets)
        self._guard = threading.Lock()
        self._state: _State | None = None

    def search(self, query: contract.SearchQuery) -> contract.SearchResult:
        if unknown := {*query.facets, *query.filters} - set(self._facets):
            raise ValueError(f"facets that this index does not know: {', '.join(sorted(unknown))}")
        plans = plan.plans(query.text)
        strictest = next(plans)
        if strictest.reading is contract.Reading.NOTHING:
            return _result(strictest, 0, dict.fromkeys(query.facets, ()), ())
        with _engine_failures():
            state = self._current()
            for read in itertools.chain([strictest], plans):
                asked = question.Question(state.searcher, state.schema, query, read)
                total, facets = asked.count()
                if total:
                    return _result(read, total, facets, asked.keys())
            return _result(strictest, 0, facets, ())

    def status(self) -> contract.IndexStatus:
        with _engine_failures():
            state = self._current()
            cursor = indexer.read_cursor(state.searcher, state.schema)
            return contract.IndexStatus(
                documents=state.searcher.num_docs - (cursor is not None),
                segments=state.searcher.num_segments,
                cursor=cursor,
                generation=state.generation.name,
            )

    def _current(self) -> "_State":
        """The open index, looked at anew when the folder says that something was committed."""
        state = self._state
        if state is not None and next(state.turns) % LOOK_EVERY == 0 and memory.mapped_bytes() > MOST_MAPPED:
            # A fresh mapping starts empty; the system still keeps the files in its cache. It costs some 10 ms.
            state = self._state = None
        stamp = self._folder.stamp(state.generation if state else None)
        if state is not None and state.stamp == stamp:
            return state
        with self._guard:
            self._state = self._reopened(self._state)
            return self._state

    def _reopened(self, old: "_State | None") -> "_State":
        generation = self._folder.current()
        if generation is None:
            raise contract.IndexUnavailable("no index was built yet")
        if not generation.fits(self._facets):
            raise contract.IndexUnavailable("the index has another format or other facets")
        try:
            return self._opened(generation, old)
        except contract.IndexUnavailable:
            # A rebuilt index may have taken over just now and the one before may be gone.
            if self._folder.current() in (generation, None):
                raise
            return self._reopened(None)

    def _opened(self, generation: folder.Generation, old: "_State | None") -> "_State":
        # The stamp is taken first: a commit in between is then seen by the next query.
        stamp = self._folder.stamp(generation)
        if old is not None and old.generation == generation:
            old.index.reload()
            return _State(generation, stamp, old.index)
        return _State(generation, stamp, indexer.open_index(self._folder.place(generation)))


class _State:
    def __init__(self, generation: folder.Generation, stamp: tuple[int, ...], index: tantivy.Index) -> None:
        self.generation = generation
        self.stamp = stamp
        self.turns = itertools.count(1)
        self.index = index
        self.schema = index.schema
        self.searcher = index.searcher()


def _result(
    read: plan.Plan,
    total: int,
    facets: "dict[str, tuple[contract.FacetCount, ...]]",
    keys: tuple[int, ...],
) -> contract.SearchResult:
    return contract.SearchResult(keys=keys, total=total, facets=facets, words=read.marks, reading=read.reading)


@contextlib.contextmanager
def _engine_failures() -> Iterator[None]:
    """The engine fails with ValueError, OSError or a panic: all mean that the index cannot answer."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise contract.IndexUnavailable(f"the index cannot answer: {error}") from error
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        raise contract.IndexUnavailable(f"the index is damaged: {error}") from error
