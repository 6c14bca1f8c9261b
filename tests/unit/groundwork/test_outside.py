"""Links to other sites: asked over a real line, and never a machine inside."""

import http.server
import threading
from collections.abc import Iterator

import pytest

from gongkai.groundwork import outside
from gongkai.groundwork.outside import Answer

pytestmark = pytest.mark.pure


class _Site(http.server.BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        place = self.path.partition("?")[0]
        status = {"/ok": 200, "/away": 302, "/round": 302, "/inward": 302, "/busy": 503, "/get-only": 405}.get(
            place, 404
        )
        self.send_response(200 if self.command == "GET" and place == "/get-only" else status)
        if status == 302:
            targets = {"/away": "/ok", "/round": "/round", "/inward": "http://169.254.169.254/"}
            self.send_header("Location", targets[place])
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, *args: object) -> None:
        return None


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def _here(address: str) -> bool:
    return address == "127.0.0.1"


@pytest.mark.parametrize(
    ("place", "is_alive"),
    [
        ("/ok", True),
        ("/ok?词=甲", True),
        ("/away", True),
        ("/get-only", True),
        ("/gone", False),
        ("/round", False),
        ("/busy", None),
        ("/inward", None),
    ],
)
def test_an_address_is_alive_dead_or_nobody_can_say(site: str, place: str, is_alive: bool | None) -> None:
    assert outside.look(f"{site}{place}", allows=_here).is_alive is is_alive


def test_a_machine_inside_is_never_asked(site: str) -> None:
    assert outside.look(f"{site}/ok") == Answer(None, "内部地址，没有访问")


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "::1", "fe80::1%eth0", "::ffff:10.0.0.1"]
)
def test_only_the_open_internet_is_outside(address: str) -> None:
    assert not outside.is_public(address)


def test_nothing_listening_is_dead() -> None:
    assert outside.look("http://127.0.0.1:9/", allows=_here).is_alive is False
