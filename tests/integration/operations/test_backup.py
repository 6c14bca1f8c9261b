"""A backup brings back every row and every file, and nothing that is not sound is restored."""

import io
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.operations.sites import ON_POSTGRESQL, Site, new_database

FILL = """
import io
from datetime import timedelta
from django.db import transaction
from django.utils import timezone
from gongkai.accounts.viewer import SYSTEM
from gongkai.groundwork.audit import trail
from gongkai.groundwork.feed import reading as feed
from gongkai.groundwork.files import store
from gongkai.groundwork.files.models import StoredFile

with transaction.atomic():
    for number in range(5):
        trail.write(trail.Entry(action="act", subject_type="test", subject_id=number), actor=SYSTEM, at=timezone.now())
    feed.append("entries", [1, 2, 3], at=timezone.now())
for text in (b"first file", b"second file"):
    with store.receive(io.BytesIO(text)) as draft:
        draft.keep()
        known = {"size": draft.size, "media_type": "text/plain", "stored_at": timezone.now()}
        StoredFile.objects.get_or_create(digest=draft.digest, defaults=known)
print(draft.digest)
"""
ROWS = """
from django.apps import apps
from django.db import connection
for model in sorted(apps.get_models(include_auto_created=True), key=lambda model: model._meta.db_table):
    names = sorted(f.column for f in model._meta.local_fields if f.column != "transaction_id")
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s FROM %s" % (", ".join('"%s"' % name for name in names), model._meta.db_table))
        print(model._meta.db_table, sorted(map(repr, cursor.fetchall())))
"""


@pytest.fixture
def filled(site: Site) -> Site:
    site.python(FILL)
    return site


@pytest.fixture
def other_database() -> Iterator[str]:
    with new_database("restored") as url:
        yield url


def test_rows_files_and_trail_come_back_as_they_were(filled: Site, tmp_path: Path, other_database: str) -> None:
    backup, keys, home = tmp_path / "backup.tar.gz", tmp_path / "keys.tar", tmp_path / "restored"
    said = filled.json("backup", backup, "--keys", keys)
    assert (said["files"], said["missing_files"]) == (2, 0)
    before = filled.python(ROWS)

    restored = Site(home, other_database)
    report = restored.json("restore", backup, *_into(home, other_database), "--keys", keys)
    assert (report["audit_intact"], report["differing_tables"], report["upgrade_needed"]) == (True, [], False)
    assert restored.python(ROWS) == before
    contents = sorted(path.read_bytes() for path in (home / "files").rglob("*") if path.is_file())
    assert contents == [b"first file", b"second file"]


def test_the_restored_site_goes_on_sealing_and_indexing(filled: Site, tmp_path: Path, other_database: str) -> None:
    backup, keys, home = tmp_path / "backup.tar", tmp_path / "keys.tar", tmp_path / "restored"
    _burn_transactions(filled)
    filled.python(FILL)
    filled.json("backup", backup, "--keys", keys)
    restored = Site(home, other_database)
    restored.ok("restore", backup, *_into(home, other_database), "--keys", keys)
    restored.python(FILL.replace('b"first file", b"second file"', 'b"third file",'))
    report = restored.json("audit", "verify")
    assert (report["intact"], report["unsealed"]) == (True, 0)
    found = restored.python(
        "from gongkai.groundwork.feed.reading import *\n"
        "print(len(read_after('entries', Cursor(), limit=99).subject_ids))"
    )
    assert found == "3", "subjects 1 to 3, every change settled"


def test_events_that_were_not_sealed_at_the_backup_are_sealed_after_it(
    filled: Site, tmp_path: Path, other_database: str
) -> None:
    backup, keys, home = tmp_path / "backup.tar", tmp_path / "keys.tar", tmp_path / "restored"
    filled.ok("audit", "seal")
    filled.python(FILL.split("for text")[0])
    filled.python(
        "from pathlib import Path\nfrom django.utils import timezone\nfrom gongkai.config.backups import writing\n"
        f"writing.write(Path({str(backup)!r}), at=timezone.now())\nwriting.write_keys(Path({str(keys)!r}))"
    )
    restored = Site(home, other_database)
    restored.ok("restore", backup, *_into(home, other_database), "--keys", keys)
    report = restored.json("audit", "verify")
    assert (report["intact"], report["unsealed"]) == (True, 0)


def test_keys_are_never_in_the_backup(filled: Site, tmp_path: Path) -> None:
    (filled.home / "gongkai.toml").write_text('mail_password = "geheim-4711"\n')
    backup = tmp_path / "backup.tar"
    filled.ok("backup", backup, "--keys", tmp_path / "keys.tar")
    content = backup.read_bytes()
    for path in [*(filled.home / "keys").iterdir(), filled.home / "gongkai.toml"]:
        assert path.read_bytes() not in content
    with tarfile.open(tmp_path / "keys.tar") as archive:
        assert {"keys/audit", "keys/session", "gongkai.toml"} <= set(archive.getnames())
    assert (tmp_path / "keys.tar").stat().st_mode & 0o077 == 0


def test_a_target_that_is_not_empty_is_refused_and_stays(filled: Site, tmp_path: Path, other_database: str) -> None:
    backup, home = tmp_path / "backup.tar", tmp_path / "restored"
    filled.ok("backup", backup)
    home.mkdir()
    (home / "precious.txt").write_text("mine")
    done = Site(home, other_database).run("restore", backup, *_into(home, other_database))
    assert done.returncode == 1
    assert "not empty" in done.stderr
    assert [path.name for path in home.iterdir()] == ["precious.txt"]


def test_a_database_that_is_not_empty_is_refused(filled: Site, tmp_path: Path) -> None:
    backup, home = tmp_path / "backup.tar", tmp_path / "restored"
    filled.ok("backup", backup)
    url = filled.database_url or f"sqlite://{filled.home}/gongkai.sqlite3"
    done = filled.run("restore", backup, "--into", home, "--database-url", url)
    assert done.returncode == 1
    assert "not empty" in done.stderr or "exists already" in done.stderr


def test_without_the_key_the_restore_says_that_nothing_was_verified(
    filled: Site, tmp_path: Path, other_database: str
) -> None:
    backup, home = tmp_path / "backup.tar", tmp_path / "restored"
    filled.ok("backup", backup)
    done = Site(home, other_database).run("restore", backup, *_into(home, other_database))
    assert done.returncode == 1
    assert "NOT verified" in done.stderr


def test_what_was_purged_since_the_backup_goes_again(filled: Site, tmp_path: Path, other_database: str) -> None:
    backup, keys, home = tmp_path / "backup.tar", tmp_path / "keys.tar", tmp_path / "restored"
    filled.ok("backup", backup, "--keys", keys)
    second = filled.python("from gongkai.groundwork.digests import sm3\nprint(sm3(b'second file'))")
    purges = filled.home / "purges.jsonl"
    filled.python(
        "from pathlib import Path\nfrom django.utils import timezone\nfrom gongkai.groundwork import purges\n"
        f"purges.note(Path({str(purges)!r}), purges.PurgeAgain({second!r}, timezone.now(), '个人信息'))"
    )
    restored = Site(home, other_database)
    report = restored.json("restore", backup, *_into(home, other_database), "--keys", keys, "--purges", purges)
    assert report["purged_again"] == 1
    contents = [path.read_bytes() for path in (home / "files").rglob("*") if path.is_file()]
    assert contents == [b"first file"]


def test_a_file_that_the_store_has_lost_is_named(filled: Site, tmp_path: Path) -> None:
    lost = next(path for path in (filled.home / "files").rglob("*") if path.is_file())
    lost.unlink()
    assert filled.json("backup", tmp_path / "backup.tar")["missing_files"] == 1


def test_an_existing_backup_is_never_overwritten(filled: Site, tmp_path: Path) -> None:
    backup = tmp_path / "backup.tar"
    backup.write_text("older")
    assert filled.run("backup", backup).returncode == 1
    assert backup.read_text() == "older"


class TestVerify:
    """``backup --verify`` finds every kind of damage without restoring anything."""

    @pytest.fixture
    def backup(self, filled: Site, tmp_path: Path) -> Path:
        path = tmp_path / "backup.tar"
        filled.ok("backup", path)
        return path

    def test_a_whole_backup_is_sound(self, filled: Site, backup: Path) -> None:
        assert filled.json("backup", backup, "--verify")["files"] == 2

    def test_damage_is_found(self, filled: Site, backup: Path) -> None:
        whole = _members(backup)
        a_file = next(name for name in whole if name.startswith("files/"))
        changed_manifest = whole["manifest.json"].replace(b'"rows"', b'"r0ws"').replace(b'"format": 1', b'"format": 1 ')
        damaged = {
            "a changed file": whole | {a_file: b"x" * len(whole[a_file])},
            "a missing file": {name: content for name, content in whole.items() if name != a_file},
            "a file too much": whole | {"files/aa/aa/" + "a" * 64: b"more"},
            "a manifest changed by hand": whole | {"manifest.json": changed_manifest},
        }
        for what, members in damaged.items():
            _write(backup, members)
            assert filled.run("backup", backup, "--verify").returncode == 1, what
        _write(backup, whole)
        assert filled.run("backup", backup, "--verify").returncode == 0

    def test_a_cut_off_archive_and_rubbish_are_refused(self, filled: Site, backup: Path, tmp_path: Path) -> None:
        content = backup.read_bytes()
        for part in (content[: len(content) // 2], b"rubbish" * 1000, b""):
            backup.write_bytes(part)
            done = filled.run("backup", backup, "--verify")
            assert done.returncode == 1
            assert "Traceback" not in done.stderr
        assert filled.run("backup", tmp_path / "absent.tar", "--verify").returncode == 1


def test_an_archive_that_would_write_elsewhere_writes_nothing(
    filled: Site, tmp_path: Path, other_database: str
) -> None:
    backup, home = tmp_path / "backup.tar", tmp_path / "restored"
    filled.ok("backup", backup)
    members = _members(backup)
    manifest = json.loads(members["manifest.json"])
    manifest["members"]["../outside.txt"] = {"digest": "0" * 64, "size": 4}
    members["manifest.json"] = json.dumps(manifest).encode()
    _write(backup, members | {"../outside.txt": b"evil"})
    done = Site(home, other_database).run("restore", backup, *_into(home, other_database))
    assert done.returncode == 1
    assert not (tmp_path / "outside.txt").exists()
    assert not (home / "gongkai.sqlite3").exists()
    assert not (home / ".restoring").exists()


def test_a_backup_taken_under_writers_is_consistent(filled: Site, tmp_path: Path, other_database: str) -> None:
    backup, keys, home = tmp_path / "backup.tar", tmp_path / "keys.tar", tmp_path / "restored"
    writing = FILL.split("for text")[0].replace("range(5)", "range(1)")
    filled.python(
        "import threading, time\nfrom pathlib import Path\nfrom django.db import connections\n"
        "from gongkai.config.cli import backup as cli\nfrom gongkai.config.backups import writing\n"
        "ending = threading.Event()\n"
        "def work():\n"
        "    while not ending.is_set():\n"
        + "".join(f"        {line}\n" for line in writing.splitlines())
        + "    connections.close_all()\n"
        "threads = [threading.Thread(target=work) for _ in range(2)]\n"
        "[thread.start() for thread in threads]\ntime.sleep(0.3)\n"
        f"cli.back_up(Path({str(backup)!r})); writing.write_keys(Path({str(keys)!r}))\n"
        "ending.set()\n[thread.join() for thread in threads]"
    )
    report = Site(home, other_database).json("restore", backup, *_into(home, other_database), "--keys", keys)
    assert (report["audit_intact"], report["differing_tables"]) == (True, [])


def _into(home: Path, database_url: str) -> list[str]:
    return ["--into", str(home), *(["--database-url", database_url] if database_url else [])]


def _burn_transactions(site: Site) -> None:
    """Takes the cluster's transaction counter far beyond that of a fresh one, as years of work would."""
    if ON_POSTGRESQL:
        site.python(
            "from django.db import connection\nwith connection.cursor() as cursor:\n"
            "    [cursor.execute('SELECT pg_current_xact_id()') for _ in range(2000)]"
        )


def _members(path: Path) -> dict[str, bytes]:
    with tarfile.open(path) as archive:
        found = {}
        for entry in archive:
            stream = archive.extractfile(entry)
            assert stream is not None
            found[entry.name] = stream.read()
        return found


def _write(path: Path, members: dict[str, bytes]) -> None:
    with tarfile.open(path, "w") as archive:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
