"""What the worker does every second, put together from all rooms."""

import contextlib
import logging
from collections.abc import Callable

from django.conf import settings
from django.utils import timezone

from gongkai.config import keys
from gongkai.groundwork.audit.sealing import Sealer
from gongkai.groundwork.feed.reading import ForeignCursor
from gongkai.groundwork.search import contract
from gongkai.groundwork.work.worker import Duty
from gongkai.published import indexing

logger = logging.getLogger("gongkai.work")


def of_the_worker() -> tuple[Duty, ...]:
    """Sealing the trail and keeping the index up to date, once a second each."""
    sealing = sealer()
    return (
        Duty("seal", 1.0, lambda: sealing.seal(at=timezone.now())),
        Duty("index", 1.0, IndexKeeper().keep),
    )


def sealer() -> Sealer:
    """The one who seals the audit trail of this site."""
    return Sealer(key=keys.secret(settings.HOME, settings.AUDIT_KEY_NAME), head_file=settings.AUDIT_HEAD_FILE)


class IndexKeeper:
    """Holds the one indexer of the data folder, builds the index where it must be built, and follows the feed."""

    def __init__(self) -> None:
        self._indexer: contract.Indexer | None = None
        self._was_busy = False

    def keep(self) -> int:
        """One step; returns how many entries it touched, 0 when there is nothing left to do."""
        indexer = self._indexer or self._open()
        if indexer is None:
            return 0
        with contextlib.ExitStack() as after_a_failure:
            # A writer that failed once, for want of space or memory, never works again: the next step opens a new one.
            after_a_failure.callback(self.close)
            touched = self._step(indexer)
            after_a_failure.pop_all()
        return touched

    def close(self) -> None:
        """Lets another process write the index."""
        if self._indexer:
            self._indexer.close()
            self._indexer = None

    def _step(self, indexer: contract.Indexer) -> int:
        if indexing.rebuild_mark().exists() or indexer.needs_rebuild():
            return rebuild(indexer)
        try:
            return indexing.catch_up(indexer)
        except ForeignCursor:
            logger.warning("the index follows another feed, as after a restore")
            return rebuild(indexer)

    def _open(self) -> contract.Indexer | None:
        try:
            self._indexer = indexing.open_indexer()
        except contract.IndexerBusy as error:
            if not self._was_busy:
                logger.info("the index is kept by someone else: %s", error)
            self._was_busy = True
        return self._indexer


def rebuild(indexer: contract.Indexer, *, progress: Callable[[int], object] = lambda count: None) -> int:
    """Builds the whole index anew; the old one answers until then. Returns the number of entries."""
    logger.info("the index is built anew")
    # Taken off first: who asks from now on wants a build that begins after what they just deleted.
    indexing.rebuild_mark().unlink(missing_ok=True)
    with contextlib.ExitStack() as after_a_failure:
        after_a_failure.callback(indexing.ask_for_rebuild)
        total = indexing.rebuild(indexer, progress=progress)
        after_a_failure.pop_all()
    logger.info("the index is built: %d entries", total)
    return total
