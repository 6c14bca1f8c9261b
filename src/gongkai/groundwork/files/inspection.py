"""Looks into a file without opening it in this process."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

from gongkai.groundwork.files import names
from gongkai.groundwork.files.inspecting import limits
from gongkai.groundwork.files.kinds import ATTACHMENTS, Kind
from gongkai.groundwork.files.outlining.outline import Outline
from gongkai.groundwork.files.refusals import Code, RefusedFile

_GRACE_SECONDS = 5
_LONGEST_ANSWER = 16 << 20
_AT_ONCE = threading.BoundedSemaphore(2)


@dataclass(frozen=True)
class Inspected:
    """What a file is and says. ``text_status``: extracted, none (no text layer: not assessable), unsupported."""

    kind: Kind
    text: str
    text_status: str


def inspect(file: BinaryIO, file_name: str, *, allowed: frozenset[Kind] = ATTACHMENTS) -> Inspected:
    """Has the child process look into ``file`` (a real file, read from its beginning).

    Raises:
        RefusedFile: the file may not come in, or could not be inspected within its limits.
    """
    request = {"task": "inspect", "file_name": names.clean(file_name), "allowed": ",".join(sorted(allowed))}
    found = _ask(request, file.fileno())
    return Inspected(Kind(found["kind"]), str(found["text"]), str(found["text_status"]))


def outline(file: BinaryIO) -> Outline:
    """Has the child process read what a document says in order. ``file`` is a real file that was taken in.

    Raises:
        RefusedFile: it is no document that can be read so, or reading it took more than its limits.
    """
    return Outline.from_data(_ask({"task": "outline"}, file.fileno()))


def _ask(request: dict[str, str], file: int) -> dict[str, Any]:
    with _AT_ONCE, asked(request, file) as channel:
        answer = _receive(channel)
    if not answer:
        raise RefusedFile(Code.TIMED_OUT, "检查该文件用时或用量过多，未保存。请拆分或重新生成后上传。")
    found: dict[str, Any] = json.loads(answer)
    if "refused" in found:
        raise RefusedFile(Code(found["refused"]), str(found["message"]))
    return found


@contextmanager
def asked(request: dict[str, str], file: int) -> Iterator[socket.socket]:
    """The channel on which the child answers; it ends early where the child was stopped by one of its limits."""
    # A descriptor of its own: reading in the child must not move the position in this process.
    own = os.open(f"/dev/fd/{file}", os.O_RDONLY)
    here, there = socket.socketpair()
    try:
        with here:
            with there:
                _server.send(json.dumps(request).encode("ascii"), [own, there.fileno()])
            here.settimeout(limits.WALL_SECONDS + _GRACE_SECONDS)
            yield here
    finally:
        os.close(own)


def _receive(channel: socket.socket) -> bytes:
    pieces: list[bytes] = []
    size = 0
    try:
        while piece := channel.recv(1 << 16):
            pieces.append(piece)
            size += len(piece)
            if size > _LONGEST_ANSWER:
                return b""
    except TimeoutError:
        return b""
    return b"".join(pieces)


class _Server:
    """The inspecting process of this process, started when first needed and again after a fork or its death."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owner = 0
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def send(self, request: bytes, descriptors: list[int]) -> None:
        with self._lock:
            for attempt in (1, 2):
                control = self._running()
                try:
                    socket.send_fds(control, [request], descriptors)
                except (BrokenPipeError, ConnectionResetError):
                    self._owner = 0
                    if attempt == 2:
                        raise
                else:
                    return

    def _running(self) -> socket.socket:
        alive = self._process is not None and self._owner == os.getpid() and self._process.poll() is None
        if self._control is not None and alive:
            return self._control
        if self._control is not None:
            self._control.close()
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "gongkai.groundwork.files.inspecting.server", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
        self._owner = os.getpid()
        return self._control

    def stop(self) -> None:
        """Ends the inspecting process; the next inspection starts a new one."""
        with self._lock:
            if self._control is not None:
                self._control.close()
            if self._process is not None and self._owner == os.getpid():
                self._process.send_signal(signal.SIGTERM)
                self._process.wait(timeout=10)
            self._control = self._process = None


_server = _Server()
stop = _server.stop
