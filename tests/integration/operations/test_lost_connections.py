"""A database server that restarts under the running processes costs nothing but a moment."""

import signal
import time

import psycopg

from tests.integration.operations.sites import Site, answer, free_port

_END_ALL = (
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
    "WHERE pid <> pg_backend_pid() AND datname = current_database()"
)
_ACT = (
    "INSERT INTO groundwork_auditevent (at, actor_name, post, agency_code, action, subject_type, subject_id, detail) "
    "VALUES (now(), 'x', '', '', 'act', 'test', '1', '{}')"
)
_UNSEALED = (
    "SELECT count(*) FROM groundwork_auditevent e "
    "WHERE NOT EXISTS (SELECT FROM groundwork_auditseal s WHERE s.event_id = e.id)"
)


def test_the_worker_goes_on_sealing_and_still_ends_cleanly(site: Site) -> None:
    with site.running("worker") as worker, psycopg.connect(site.database_url, autocommit=True) as connection:
        _until_sealed(connection)
        ended = connection.execute(_END_ALL).fetchone()
        assert ended is not None
        assert ended[0] > 0
        connection.execute(_ACT)
        _until_sealed(connection)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(40) == 0


def test_the_site_goes_on_answering(site: Site) -> None:
    port = free_port()
    with site.running("serve", "--port", str(port), "--workers", "1", "--threads", "1"):
        for _ in range(3):
            assert answer(f"http://127.0.0.1:{port}/agencies/")[0] == 200
            with psycopg.connect(site.database_url, autocommit=True) as connection:
                connection.execute(_END_ALL)


def _until_sealed(connection: "psycopg.Connection[tuple[int]]") -> None:
    deadline = time.monotonic() + 60
    while connection.execute(_UNSEALED).fetchone() != (0,):
        assert time.monotonic() < deadline, "took too long"
        time.sleep(0.1)
