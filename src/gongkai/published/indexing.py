"""Between the change feed and the search engine: what changed goes into the index, in the feed's order."""

import functools
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from gongkai.groundwork.feed import reading as feed
from gongkai.groundwork.search import contract, engine
from gongkai.published.selectors import changes, search_documents
from gongkai.published.services import releasing

FACETS = search_documents.FACETS
BATCH = 1_000


def open_indexer() -> contract.Indexer:
    """The one writer of the index of this data folder.

    Raises:
        IndexerBusy: another process writes it.
    """
    return engine.open_indexer(Path(settings.INDEX_ROOT), FACETS)


def reader() -> contract.Reader:
    """What the web processes ask; opened with the first query."""
    return _reader(Path(settings.INDEX_ROOT))


@functools.cache
def _reader(folder: Path) -> contract.Reader:
    return engine.open_reader(folder, FACETS)


def catch_up(indexer: contract.Indexer, *, limit: int = BATCH) -> int:
    """Brings at most ``limit`` changes into the index and returns how many entries they touched; 0: nothing is left.

    Raises:
        IndexUnavailable: the index is damaged or of another format: `rebuild` it.
    """
    before = feed.Cursor.parse(indexer.cursor() or str(feed.Cursor()))
    batch = feed.read_after(releasing.STREAM, before, limit=limit)
    if not batch.subject_ids:
        return 0
    documents = search_documents.documents_for(batch.subject_ids)
    gone = set(batch.subject_ids) - {document.key for document in documents}
    indexer.apply(documents, sorted(gone), str(batch.cursor))
    return len(batch.subject_ids)


def rebuild_mark() -> Path:
    """A file whose presence asks the worker to build the index anew."""
    return Path(settings.INDEX_ROOT) / "rebuild-wanted"


def ask_for_rebuild() -> None:
    """Has the worker build the index anew and drop the old one, with every trace of what was deleted from it."""
    rebuild_mark().parent.mkdir(parents=True, exist_ok=True)
    rebuild_mark().touch()


def behind(indexer: contract.Indexer) -> int:
    """How many changes the index has not seen."""
    return feed.behind(releasing.STREAM, feed.Cursor.parse(indexer.cursor() or str(feed.Cursor())))


def rebuild(indexer: contract.Indexer, *, progress: Callable[[int], object] = lambda count: None) -> int:
    """Builds the whole index beside the old one and returns how many entries it holds.

    What changes meanwhile stands behind the cursor, which is taken first, and comes in by `catch_up`.
    """
    cursor, last, total = changes.end(), 0, 0
    with indexer.rebuild() as builder:
        while ids := search_documents.listed_ids(after=last, limit=BATCH):
            builder.add(search_documents.documents_for(ids))
            last, total = ids[-1], total + len(ids)
            progress(total)
        builder.finish(str(cursor))
    return total
