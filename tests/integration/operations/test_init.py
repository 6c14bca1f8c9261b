"""A site comes into being with one command, and a second run changes nothing."""

import stat
from pathlib import Path

import pytest

from tests.integration.operations.sites import Site

# Every other test on PostgreSQL begins with an `init` there, so these run once.
pytestmark = pytest.mark.pure


def test_init_creates_folder_keys_tables_government_and_three_administrators(bare_site: Site) -> None:
    said = bare_site.json("init", "--agency-code", "linjiang", "--agency-name", "临江市人民政府")
    assert (said["agency_code"], said["agency_name"], said["agency_created"]) == ("linjiang", "临江市人民政府", True)
    three = {one["post"]: one for one in said["administrators"]}
    assert set(three) == {"system_admin", "security_admin", "audit_admin"}
    assert len({one["password"] for one in three.values()}) == 3
    assert all(len(one["password"]) >= 10 for one in three.values())
    assert (bare_site.home / "keys" / "audit").exists()
    first = three["system_admin"]
    found = bare_site.python(
        "from gongkai.accounts.models import User\n"
        f"user = User.objects.get(username={first['username']!r})\n"
        f"print(user.check_password({first['password']!r}), user.must_change_password, user.is_demo)"
    )
    assert found == "True True False", "the one-time password signs in and must be changed"


def test_a_second_run_creates_nothing_and_shows_no_password(site: Site) -> None:
    again = site.json("init", "--agency-name", "另一个市人民政府")
    assert again["agency_created"] is False
    assert again["agency_name"] == "市人民政府"
    assert [one["password"] for one in again["administrators"]] == [None, None, None]
    count = "from gongkai.accounts.models import User, PostHolding as P\nprint(User.objects.count(), P.objects.count())"
    assert site.python(count) == "3 3"


def test_keys_and_folders_are_closed_to_others(site: Site) -> None:
    for path in [*(site.home / "keys").iterdir(), site.home / "keys"]:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    assert stat.S_IMODE(site.home.stat().st_mode) & 0o007 == 0
    database = site.home / "gongkai.sqlite3"
    assert not database.exists() or stat.S_IMODE(database.stat().st_mode) & 0o007 == 0


def test_what_init_did_stands_in_the_audit_trail(site: Site) -> None:
    said = site.json("audit", "verify")
    assert said["intact"] is True
    assert said["links"] >= 7, "one body, three people, three posts"


def test_a_password_of_an_administrator_is_reset_on_the_server_only_by_name(site: Site) -> None:
    said = site.ok("init", "--reset-password", "audit-admin")
    password = said.split()[1]
    check = (
        "from gongkai.accounts.models import User\nprint(User.objects.get(username='audit-admin').check_password(%r))"
    )
    assert site.python(check % password) == "True"
    assert site.run("init", "--reset-password", "nobody").returncode == 1


def test_a_malformed_code_is_refused_with_a_reason(bare_site: Site) -> None:
    done = bare_site.run("init", "--agency-code", "../x")
    assert done.returncode == 1
    assert done.stderr.startswith("gongkai init: ")
    assert not list(Path(bare_site.home).glob("*.log"))
