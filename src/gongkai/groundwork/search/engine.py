"""Opens the engine of this installation; callers know the protocols of `contract` only."""

import pathlib
from collections.abc import Sequence

from gongkai.groundwork.search import contract, indexer, reader


def open_reader(folder: pathlib.Path, facets: Sequence[str]) -> contract.Reader:
    """Touches nothing until the first query; keep one per process."""
    return reader.TantivyReader(folder, facets)


def open_indexer(folder: pathlib.Path, facets: Sequence[str]) -> contract.Indexer:
    """Raises IndexerBusy while another indexer holds the folder."""
    return indexer.TantivyIndexer(folder, facets)
