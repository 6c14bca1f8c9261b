"""An upgrade backs up before it changes anything, says what it did, and stops cleanly."""

import json
import tarfile

import pytest

from tests.integration.operations.sites import Site

TAKE_BACK_ONE_MIGRATION = """
from django.core.management import call_command
call_command("migrate", "groundwork", "0001", verbosity=0)
"""
DAMAGE_THE_INDEX_FORMAT = """
import json
from pathlib import Path
from django.conf import settings
current = Path(settings.INDEX_ROOT) / "CURRENT"
note = json.loads(current.read_text())
current.write_text(json.dumps(note | {"format": -1}))
"""
LET_A_WORKER_LIVE = """
from django.utils import timezone
from gongkai.groundwork.work import heartbeats
heartbeats.beat("another-machine:1:x", at=timezone.now())
"""


@pytest.mark.pure
def test_what_is_up_to_date_is_left_alone(site: Site) -> None:
    said = site.ok("upgrade")
    assert "up to date, no backup was needed" in said
    assert not (site.home / "backups").exists()


def test_migrations_are_applied_after_a_backup(site: Site) -> None:
    site.python(TAKE_BACK_ONE_MIGRATION)
    assert site.run("serve", "--port", "1").returncode == 1
    said = site.ok("upgrade")
    assert "migrations applied" in said
    (backup,) = (site.home / "backups").iterdir()
    with tarfile.open(backup) as archive:
        stream = archive.extractfile("manifest.json")
        assert stream is not None
        assert "groundwork.0002_append_only" not in json.load(stream)["migrations"], "the state before the upgrade"
    assert "gongkai.E005" not in site.having(GONGKAI_DEBUG="true").run("serve", "--port", "1").stderr


@pytest.mark.pure
def test_without_a_backup_nothing_is_changed(site: Site) -> None:
    site.python(TAKE_BACK_ONE_MIGRATION)
    done = site.run("upgrade", "--backup-to", "/proc/cannot/be/written.tar")
    assert done.returncode == 1
    assert "nothing was changed" in done.stderr
    assert "gongkai.E005" in site.run("serve", "--port", "1").stderr


@pytest.mark.pure
def test_an_index_of_another_format_is_built_anew(site: Site) -> None:
    assert "built anew" in site.ok("upgrade")
    assert "format unchanged" in site.ok("upgrade")
    site.python(DAMAGE_THE_INDEX_FORMAT)
    assert "built anew" in site.ok("upgrade")


@pytest.mark.pure
def test_a_living_worker_stops_the_upgrade_unless_told_otherwise(site: Site) -> None:
    site.python(LET_A_WORKER_LIVE)
    done = site.run("upgrade")
    assert (done.returncode, "a worker is running" in done.stderr) == (1, True)
    site.ok("upgrade", "--while-running")


@pytest.mark.pure
def test_a_site_that_was_never_set_up_is_sent_to_init(bare_site: Site) -> None:
    done = bare_site.run("upgrade")
    assert (done.returncode, "gongkai init" in done.stderr) == (1, True)
