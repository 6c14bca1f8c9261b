import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.integration.operations import acts
from tests.integration.operations.sites import ON_POSTGRESQL, Site, new_database


@dataclass(frozen=True)
class BackedUp:
    """A site with some acts and files, and its backup with its keys."""

    site: Site
    backup: Path
    keys: Path
    audit_key: str


@pytest.fixture(scope="session")
def initialised(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Made once by ``gongkai init`` and never changed."""
    with new_database("template") as url:
        made = Site(tmp_path_factory.mktemp("template") / "home", url)
        made.ok("init")
        yield made


@pytest.fixture(scope="session")
def backed_up(initialised: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BackedUp]:
    """Made once; tests read it only."""
    folder = tmp_path_factory.mktemp("backed-up")
    with new_database("backedup", like=initialised.database_url) as url:
        site = Site(shutil.copytree(initialised.home, folder / "home"), url)
        (site.home / "gongkai.toml").write_text('mail_password = "geheim-4711"\n')
        site.python(acts.BURN_TRANSACTIONS + acts.FILL)
        site.ok("backup", folder / "backup.tar", "--keys", folder / "keys.tar")
        yield BackedUp(site, folder / "backup.tar", folder / "keys.tar", (site.home / "keys" / "audit").read_text())


@pytest.fixture
def bare_site(tmp_path: Path) -> Iterator[Site]:
    """A site on which nothing was ever run."""
    with new_database("operations") as url:
        yield Site(tmp_path / "home", url)


@pytest.fixture
def site(initialised: Site, tmp_path: Path) -> Iterator[Site]:
    """A site after ``gongkai init``, as a copy of one that was made so."""
    with new_database("operations", like=initialised.database_url) as url:
        yield Site(shutil.copytree(initialised.home, tmp_path / "home"), url)


@pytest.fixture
def target(tmp_path: Path) -> Iterator[Site]:
    """Where a backup is to be restored: an empty database and a folder that does not exist yet."""
    with new_database("restored") as url:
        yield Site(tmp_path / "restored", url)


# What only PostgreSQL can do is collected only there: SQLite knows no roles.
collect_ignore = [] if ON_POSTGRESQL else ["test_roles.py", "test_lost_connections.py"]
