"""The one writer of a data folder, on the embedded engine."""

import contextlib
import pathlib
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

import tantivy

from gongkai.groundwork.search import contract, folder, layout

HEAP = 64_000_000
BULK_HEAP = 400_000_000
BULK_THREADS = 2


class TantivyIndexer:
    """Holds the folder's lock from the first to the last moment; raises IndexerBusy if someone else does."""

    def __init__(self, path: pathlib.Path, facets: Sequence[str]) -> None:
        self._facets = frozenset(facets)
        self._names = tuple(facets)
        self._folder = folder.Folder(path)
        self._lock: IO[str] | None = self._folder.lock()
        self._schema = layout.schema(self._names)
        self._open: tuple[tantivy.Index, tantivy.IndexWriter] | None = None

    def apply(self, upserts: Iterable[contract.SearchDocument], deletions: Iterable[int], cursor: str) -> None:
        index, writer = self._index_and_writer()
        try:
            fresh = _FreshKeys(empty=index.searcher().num_docs == 0)
            for key in deletions:
                writer.delete_documents_by_term("key", key)
            for document in upserts:
                if not fresh.first(document.key):
                    writer.delete_documents_by_term("key", document.key)
                writer.add_document(_entry(document, self._schema, self._facets))
            writer.delete_documents_by_term("mark", layout.FEED)
            writer.add_document(layout.feed_mark(cursor, self._schema))
            writer.commit()
        except BaseException:
            self._forget(writer)
            raise
        index.reload()

    def _forget(self, writer: tantivy.IndexWriter) -> None:
        """Back to the last commit. A writer that cannot even do that is given up; the next batch opens another."""
        try:
            writer.rollback()
        except (ValueError, OSError):
            self._open = None

    def cursor(self) -> str | None:
        if self._open is None and (self._folder.current() is None):
            return None
        index, _ = self._index_and_writer()
        return read_cursor(index.searcher(), self._schema)

    def needs_rebuild(self) -> bool:
        try:
            current = self._folder.current()
            if current is None or not current.fits(self._names):
                return True
            self._index_and_writer()
        except contract.IndexUnavailable:
            return True
        return False

    @contextlib.contextmanager
    def rebuild(self) -> Iterator[contract.Builder]:
        builder = _Builder(self._folder, self._names, self._schema)
        try:
            yield builder
        finally:
            builder.close()
            if builder.finished:
                self._open = None
                self._folder.sweep(keep=self._folder.current())
            else:
                self._folder.drop(builder.generation)

    def close(self) -> None:
        self._open = None
        if self._lock:
            self._lock.close()
            self._lock = None

    def _index_and_writer(self) -> tuple[tantivy.Index, tantivy.IndexWriter]:
        if self._open is None:
            current = self._folder.current() or self._begin()
            if not current.fits(self._names):
                raise contract.IndexUnavailable("the index has another format or other facets: rebuild it")
            index = open_index(self._folder.place(current))
            self._open = index, index.writer(HEAP, 1)
        return self._open

    def _begin(self) -> folder.Generation:
        self._folder.sweep(keep=None)
        generation = self._folder.new_generation(self._names)
        create_index(self._folder.place(generation), self._schema)
        self._folder.switch(generation)
        return generation


class _FreshKeys:
    """Knows which documents cannot be in the index yet, because it was empty and they came once."""

    def __init__(self, *, empty: bool) -> None:
        self._seen: set[int] | None = set() if empty else None

    def first(self, key: int) -> bool:
        if self._seen is None or key in self._seen:
            return False
        self._seen.add(key)
        return True


class _Builder:
    def __init__(self, place: folder.Folder, facets: Sequence[str], schema: tantivy.Schema) -> None:
        self._folder = place
        self._facets = frozenset(facets)
        self._schema = schema
        self.generation = place.new_generation(facets)
        self.finished = False
        index = create_index(place.place(self.generation), schema)
        self._writer: tantivy.IndexWriter | None = index.writer(BULK_HEAP, BULK_THREADS)

    def add(self, documents: Iterable[contract.SearchDocument]) -> None:
        writer = self._writing()
        for document in documents:
            writer.add_document(_entry(document, self._schema, self._facets))

    def finish(self, cursor: str) -> None:
        writer = self._writing()
        writer.add_document(layout.feed_mark(cursor, self._schema))
        writer.commit()
        writer.wait_merging_threads()
        self._folder.switch(self.generation)
        self.finished = True

    def close(self) -> None:
        """Ends the writer's threads, so that nothing is written any more into a folder that is dropped."""
        self._writer = None

    def _writing(self) -> tantivy.IndexWriter:
        if self._writer is None or self.finished:
            raise contract.SearchError("this build is over")
        return self._writer


def _entry(document: contract.SearchDocument, schema: tantivy.Schema, facets: frozenset[str]) -> tantivy.Document:
    if unknown := document.facets.keys() - facets:
        raise ValueError(f"facets that this index does not know: {', '.join(sorted(unknown))}")
    return layout.entry(document, schema)


def create_index(place: pathlib.Path, schema: tantivy.Schema) -> tantivy.Index:
    return _prepared(tantivy.Index(schema, str(place)))


def open_index(place: pathlib.Path) -> tantivy.Index:
    try:
        return _prepared(tantivy.Index.open(str(place)))
    except (ValueError, OSError) as error:
        raise contract.IndexUnavailable(f"the index cannot be opened: {error}") from error


def _prepared(index: tantivy.Index) -> tantivy.Index:
    index.register_tokenizer(layout.TERMS, layout.analyser())
    index.config_reader("manual")
    return index


def read_cursor(searcher: tantivy.Searcher, schema: tantivy.Schema) -> str | None:
    found = searcher.search(tantivy.Query.term_query(schema, "mark", layout.FEED), 1, count=False).hits
    return str(searcher.doc(found[0][1]).get_first("cursor")) if found else None
