"""A real HTTP receiver and a real mail server on this machine, which keep what they get."""

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any


@dataclass
class Receiver:
    """What arrived, and what is answered: status and body."""

    address: str = ""
    status: int = 200
    answer: bytes = b'{"errcode": 0}'
    location: str = ""
    posts: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)


@contextmanager
def http() -> Iterator[Receiver]:
    """A receiver of posted JSON."""
    received = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.posts.append((self.path, dict(self.headers), json.loads(body)))
            self.send_response(received.status)
            if received.location:
                self.send_header("Location", received.location)
            self.end_headers()
            self.wfile.write(received.answer)

        def log_message(self, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    received.address = f"http://127.0.0.1:{server.server_port}/robot/send?access_token=1"
    with _serving(server):
        yield received


@dataclass
class MailBox:
    """What the mail server took, or the answer with which it refuses recipients."""

    port: int = 0
    refusal: bytes = b""
    mails: list[str] = field(default_factory=list)


@contextmanager
def smtp() -> Iterator[MailBox]:
    """A mail server that speaks as much SMTP as a sender needs."""
    box = MailBox()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 test\r\n")
            while line := self.rfile.readline():
                verb = line[:4].upper()
                if verb == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    lines = iter(self.rfile.readline, b".\r\n")
                    box.mails.append(b"".join(lines).decode())
                    self.wfile.write(b"250 taken\r\n")
                elif verb == b"RCPT" and box.refusal:
                    self.wfile.write(box.refusal)
                elif verb == b"QUIT":
                    self.wfile.write(b"221 bye\r\n")
                    return
                else:
                    self.wfile.write(b"250 ok\r\n")

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    box.port = server.server_address[1]
    with _serving(server):
        yield box


@contextmanager
def _serving(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
