import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.operations.sites import Site, new_database


@pytest.fixture(scope="session")
def _initialised(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with new_database("template") as url:
        made = Site(tmp_path_factory.mktemp("template") / "home", url)
        made.ok("init")
        yield made


@pytest.fixture
def bare_site(tmp_path: Path) -> Iterator[Site]:
    """A site on which nothing was ever run."""
    with new_database("operations") as url:
        yield Site(tmp_path / "home", url)


@pytest.fixture
def site(_initialised: Site, tmp_path: Path) -> Iterator[Site]:
    """A site after ``gongkai init``, as a copy of one that was made so."""
    with new_database("operations", like=_initialised.database_url) as url:
        yield Site(shutil.copytree(_initialised.home, tmp_path / "home"), url)
