import pathlib
from collections.abc import Iterator

import pytest

from gongkai.groundwork.search import contract, engine
from tests.unit.search import sheets


@pytest.fixture
def indexer(tmp_path: pathlib.Path) -> Iterator[contract.Indexer]:
    opened = engine.open_indexer(tmp_path, sheets.FACETS)
    yield opened
    opened.close()


@pytest.fixture
def reader(tmp_path: pathlib.Path) -> contract.Reader:
    return engine.open_reader(tmp_path, sheets.FACETS)
