"""The real server: it refuses what is unsafe, answers, and ends without breaking off a request.

What does not depend on the kind of database is marked pure, so that it runs once.
"""

import json
import os
import signal
import subprocess

import pytest

from tests.integration.operations.sites import Site, answer, free_port


@pytest.fixture
def port() -> int:
    return free_port()


def test_it_serves_both_sides_prints_their_addresses_and_ends_on_ctrl_c(site: Site, port: int) -> None:
    with site.running("serve", "--port", str(port), "--workers", "2") as server:
        assert answer(f"http://127.0.0.1:{port}/healthz") == (200, '{"status": "ok"}')
        _interrupt(server)
        out, err = server.communicate(timeout=30)
    assert server.returncode == 0
    assert f"http://127.0.0.1:{port}/\n" in out
    assert f"http://127.0.0.1:{port}/desk/\n" in out
    assert "Traceback" not in err


@pytest.mark.pure
def test_each_request_has_a_log_line_without_its_query(site: Site, port: int) -> None:
    with site.running("serve", "--port", str(port), "--workers", "1") as server:
        answer(f"http://127.0.0.1:{port}/api/public/v1/openapi.json?name=%E7%8E%8B%E4%BC%9F")
        _interrupt(server)
        _, err = server.communicate(timeout=30)
    lines = [json.loads(line) for line in err.splitlines() if line.startswith("{")]
    (line,) = [line for line in lines if line.get("path") == "/api/public/v1/openapi.json"]
    assert line["method"] == "GET"
    assert isinstance(line["status"], int)
    assert line["milliseconds"] >= 0
    assert "%E7%8E%8B" not in err
    assert "王伟" not in err


@pytest.mark.pure
def test_one_side_alone_does_not_know_the_other(site: Site, port: int) -> None:
    with site.running("serve", "--port", str(port), "--workers", "1", "--only", "desk") as server:
        assert answer(f"http://127.0.0.1:{port}/healthz")[0] == 200
        assert answer(f"http://127.0.0.1:{port}/api/public/v1/openapi.json")[0] == 404
        _interrupt(server)
        out, _ = server.communicate(timeout=30)
    assert "portal" not in out


@pytest.mark.pure
def test_the_portal_alone_has_no_desk_and_says_so_in_its_own_look(site: Site, port: int) -> None:
    with site.running("serve", "--port", str(port), "--workers", "1", "--only", "portal") as server:
        status, page = answer(f"http://127.0.0.1:{port}/desk/")
        assert (status, "search" in page) == (404, True)
        assert answer(f"http://127.0.0.1:{port}/")[0] == 200
        _interrupt(server)
        out, _ = server.communicate(timeout=30)
    assert "desk" not in out


@pytest.mark.pure
def test_below_a_path_of_another_site_both_cut_and_whole_paths_arrive(site: Site, port: int) -> None:
    with site.running("serve", "--port", str(port), "--workers", "1", "--mount-path", "zwgk") as server:
        assert answer(f"http://127.0.0.1:{port}/zwgk/healthz")[0] == 200
        assert answer(f"http://127.0.0.1:{port}/healthz")[0] == 200
        _interrupt(server)
        out, _ = server.communicate(timeout=30)
    assert f"http://127.0.0.1:{port}/zwgk/desk/" in out


@pytest.mark.pure
@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"GONGKAI_DEBUG": "true"}, "gongkai.E001"),
        ({"GONGKAI_SECURE_COOKIES": "false", "GONGKAI_ALLOWED_HOSTS": "www.example.gov.cn"}, "gongkai.E002"),
        ({"GONGKAI_ALLOWED_HOSTS": "*"}, "gongkai.E003"),
    ],
)
def test_unsafe_settings_are_refused_and_named(site: Site, variables: dict[str, str], named: str) -> None:
    done = site.having(**variables).run("serve", "--port", "1")
    assert done.returncode == 1
    assert named in done.stderr


@pytest.mark.pure
def test_demo_accounts_are_refused_outside_the_demo(site: Site) -> None:
    site.python(
        "from gongkai.accounts.models import User\nUser.objects.filter(username='audit-admin').update(is_demo=True)"
    )
    done = site.run("serve", "--port", "1")
    assert (done.returncode, "gongkai.E009" in done.stderr) == (1, True)


@pytest.mark.pure
def test_an_open_key_is_refused(site: Site) -> None:
    (site.home / "keys" / "audit").chmod(0o644)
    done = site.run("serve", "--port", "1")
    assert (done.returncode, "gongkai.E008" in done.stderr) == (1, True)


@pytest.mark.pure
def test_a_database_without_tables_is_refused(bare_site: Site) -> None:
    done = bare_site.run("serve", "--port", "1")
    assert (done.returncode, "gongkai.E005" in done.stderr) == (1, True)


@pytest.mark.pure
def test_a_setting_that_cannot_be_read_stops_the_start_with_its_name(site: Site) -> None:
    done = site.having(GONGKAI_SESSION_HOURS="ten").run("serve", "--port", "1")
    assert done.returncode != 0
    assert "GONGKAI_SESSION_HOURS must be a whole number" in done.stderr


def _interrupt(server: subprocess.Popen[str]) -> None:
    # As a terminal does: the whole group gets the signal.
    os.killpg(server.pid, signal.SIGINT)
