"""A backup brings back every row and every file, and nothing that is not sound is restored."""

import io
import json
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gongkai.config.backups import reading
from gongkai.config.backups.manifest import UnusableBackup
from gongkai.groundwork import purges
from gongkai.groundwork.digests import sm3
from tests.integration.operations import acts
from tests.integration.operations.conftest import BackedUp
from tests.integration.operations.sites import Site


class TestRestore:
    def test_rows_files_and_trail_come_back_as_they_were(self, backed_up: BackedUp, target: Site) -> None:
        said = _restored(backed_up, target)
        assert (said["audit_intact"], said["differing_tables"], said["upgrade_needed"]) == (True, [], False)
        assert target.python(acts.PRINT_ROWS) == backed_up.site.python(acts.PRINT_ROWS)
        contents = sorted(path.read_bytes() for path in (target.home / "files").rglob("*") if path.is_file())
        assert contents == [b"first file", b"second file"]

    def test_the_restored_site_goes_on_sealing_and_indexing(self, backed_up: BackedUp, target: Site) -> None:
        _restored(backed_up, target)
        before = target.json("audit", "verify")["links"]
        settled = target.python(
            acts.WRITE + "print(feed.behind('entries', feed.Cursor()),"
            "len(feed.read_after('entries', feed.Cursor(), limit=99).subject_ids))"
        )
        assert settled == "6 3", "all changes, old and new, of subjects 1 to 3"
        after = target.json("audit", "verify")
        assert (after["intact"], after["unsealed"], after["links"]) == (True, 0, before + 5)

    def test_events_not_yet_sealed_at_the_backup_are_sealed_after_it(
        self, site: Site, target: Site, tmp_path: Path
    ) -> None:
        site.ok("audit", "seal")
        backup, keys = tmp_path / "backup.tar", tmp_path / "keys.tar"
        site.python(acts.WRITE + acts.BACK_UP_WITHOUT_SEALING.format(backup=str(backup), keys=str(keys)))
        _restored(BackedUp(site, backup, keys, ""), target)
        said = target.json("audit", "verify")
        assert (said["intact"], said["unsealed"]) == (True, 0)

    def test_a_backup_taken_under_writers_is_consistent(self, site: Site, target: Site, tmp_path: Path) -> None:
        backup, keys = tmp_path / "backup.tar.gz", tmp_path / "keys.tar"
        site.python(acts.WRITE + acts.BACK_UP_UNDER_WRITERS.format(backup=str(backup), keys=str(keys)))
        said = _restored(BackedUp(site, backup, keys, ""), target)
        assert (said["audit_intact"], said["differing_tables"]) == (True, [])

    @pytest.mark.pure
    def test_what_was_purged_since_the_backup_goes_again(
        self, backed_up: BackedUp, target: Site, tmp_path: Path
    ) -> None:
        purged = tmp_path / "purges.jsonl"
        purges.note(purged, purges.PurgeAgain(sm3(b"first file"), datetime(2020, 1, 1, tzinfo=UTC), "个人信息"))
        purges.note(purged, purges.PurgeAgain(sm3(b"second file"), datetime.now(UTC), "个人信息"))
        assert _restored(backed_up, target, "--purges", purged)["purged_again"] == 1
        contents = [path.read_bytes() for path in (target.home / "files").rglob("*") if path.is_file()]
        assert contents == [b"first file"], "the first was purged before the backup, and came back on purpose"

    @pytest.mark.pure
    def test_without_the_key_it_says_that_nothing_was_verified(self, backed_up: BackedUp, target: Site) -> None:
        done = target.run("restore", backed_up.backup, *_into(target))
        assert done.returncode == 1
        assert "NOT verified" in done.stderr

    @pytest.mark.pure
    def test_a_folder_that_is_not_empty_is_refused_and_stays(self, backed_up: BackedUp, target: Site) -> None:
        target.home.mkdir()
        (target.home / "precious.txt").write_text("mine")
        done = target.run("restore", backed_up.backup, *_into(target))
        assert (done.returncode, "not empty" in done.stderr) == (1, True)
        assert [path.name for path in target.home.iterdir()] == ["precious.txt"]

    def test_a_database_that_is_not_empty_is_refused(self, backed_up: BackedUp, target: Site) -> None:
        url = backed_up.site.database_url or f"sqlite://{backed_up.site.home}/gongkai.sqlite3"
        done = target.run("restore", backed_up.backup, "--into", target.home, "--database-url", url)
        assert done.returncode == 1
        assert "not empty" in done.stderr or "exists already" in done.stderr

    @pytest.mark.pure
    def test_an_archive_that_would_write_elsewhere_writes_nothing(
        self, backed_up: BackedUp, target: Site, tmp_path: Path
    ) -> None:
        members = _members(backed_up.backup)
        manifest = json.loads(members["manifest.json"])
        manifest["members"]["../outside.txt"] = {"digest": "0" * 64, "size": 4}
        evil = tmp_path / "evil.tar"
        _write(evil, members | {"manifest.json": json.dumps(manifest).encode(), "../outside.txt": b"evil"})
        done = target.run("restore", evil, *_into(target))
        assert done.returncode == 1
        assert not (tmp_path / "outside.txt").exists()
        assert not (target.home / "gongkai.sqlite3").exists()
        assert not (target.home / ".restoring").exists()


class TestBackup:
    @pytest.mark.pure
    def test_keys_and_settings_are_never_in_it(self, backed_up: BackedUp) -> None:
        content = backed_up.backup.read_bytes()
        home = backed_up.site.home
        for path in [*(home / "keys").iterdir(), home / "gongkai.toml"]:
            assert path.read_bytes().strip() not in content, path.name
        with tarfile.open(backed_up.keys) as archive:
            assert {"keys/audit", "keys/session", "gongkai.toml"} <= set(archive.getnames())
        assert backed_up.keys.stat().st_mode & 0o077 == 0
        assert backed_up.backup.stat().st_mode & 0o077 == 0

    @pytest.mark.pure
    def test_files_that_are_lost_or_damaged_are_named_and_an_existing_backup_stays(
        self, site: Site, tmp_path: Path
    ) -> None:
        site.python(acts.FILL)
        lost, damaged = [path for path in (site.home / "files").rglob("*") if path.is_file()]
        lost.unlink()
        damaged.write_bytes(b"rotten")
        backup = tmp_path / "backup.tar"
        done = site.run("backup", backup, "--json")
        said = json.loads(done.stdout)
        assert (said["files"], said["missing_files"], said["damaged_files"]) == (1, 1, 1)
        assert lost.name in done.stderr
        assert damaged.name in done.stderr
        before = backup.read_bytes()
        assert site.run("backup", backup).returncode == 1
        assert backup.read_bytes() == before


@pytest.mark.pure
class TestVerify:
    """Every kind of damage is found without restoring anything, whatever the database; so this runs once."""

    def test_a_whole_backup_is_sound(self, backed_up: BackedUp) -> None:
        said = backed_up.site.json("backup", backed_up.backup, "--verify")
        assert (said["files"], said["missing_files"]) == (2, 0)

    @pytest.mark.parametrize(
        "what", ["a changed file", "a missing file", "a file too much", "a changed manifest", "[]"]
    )
    def test_damage_is_found(self, backed_up: BackedUp, tmp_path: Path, what: str) -> None:
        whole = _members(backed_up.backup)
        a_file = next(name for name in whole if name.startswith("files/"))
        damaged = {
            "a changed file": whole | {a_file: b"x" * len(whole[a_file])},
            "a missing file": {name: content for name, content in whole.items() if name != a_file},
            "a file too much": whole | {"files/aa/aa/" + "a" * 64: b"more"},
            "a changed manifest": whole | {"manifest.json": whole["manifest.json"] + b" "},
            "[]": whole | {"manifest.json": b"[]"},
        }
        path = _write(tmp_path / "damaged.tar", damaged[what])
        with pytest.raises(UnusableBackup):
            reading.verify(path, key=backed_up.audit_key)

    def test_an_archive_written_anew_with_the_same_members_is_sound(self, backed_up: BackedUp, tmp_path: Path) -> None:
        path = _write(tmp_path / "whole.tar", _members(backed_up.backup))
        assert reading.verify(path, key=backed_up.audit_key).counts["accounts_user"] == 3

    def test_another_sites_backup_is_told_by_its_seal(self, backed_up: BackedUp) -> None:
        with pytest.raises(UnusableBackup, match="not sealed"):
            reading.verify(backed_up.backup, key="another key")

    @pytest.mark.parametrize("part", ["half", "rubbish", "nothing", "absent"])
    def test_a_cut_off_archive_and_rubbish_are_refused(self, backed_up: BackedUp, tmp_path: Path, part: str) -> None:
        path = tmp_path / "backup.tar"
        content = backed_up.backup.read_bytes()
        if part != "absent":
            path.write_bytes({"half": content[: len(content) // 2], "rubbish": b"rubbish" * 999, "nothing": b""}[part])
        with pytest.raises(UnusableBackup):
            reading.verify(path, key=None)


def _restored(backed_up: BackedUp, target: Site, *words: str | Path) -> dict[str, object]:
    return target.json("restore", backed_up.backup, *_into(target), "--keys", backed_up.keys, *words)


def _into(target: Site) -> list[str]:
    return ["--into", str(target.home), *(["--database-url", target.database_url] if target.database_url else [])]


def _members(path: Path) -> dict[str, bytes]:
    found = {}
    with tarfile.open(path) as archive:
        for entry in archive:
            stream = archive.extractfile(entry)
            assert stream is not None
            found[entry.name] = stream.read()
    return found


def _write(path: Path, members: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w") as archive:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return path
