"""The inspecting process: waits for files on a socket and forks one strictly limited child for each.

Started by `gongkai.groundwork.files.inspection`; ends when its caller does. It has one thread, so forking is safe, and
has loaded all readers, so that a child begins work within milliseconds. File and answer channel arrive as descriptors.
"""

import json
import os
import resource
import signal
import socket
import sys

from gongkai.groundwork.files.inspecting import copying, limits, unpacking
from gongkai.groundwork.files.inspecting.examination import examine
from gongkai.groundwork.files.kinds import Kind
from gongkai.groundwork.files.outlining import reading
from gongkai.groundwork.files.refusals import Code, RefusedFile

LONGEST_REQUEST = 8192


def serve(control: socket.socket) -> None:
    """Answers requests until the other side closes."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel reaps the children
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the caller, who then closes the socket
    while True:
        request, descriptors, _, _ = socket.recv_fds(control, LONGEST_REQUEST, 2)
        if not request:
            return
        if len(descriptors) == 2 and os.fork() == 0:
            control.close()
            _work(json.loads(request), *descriptors)
        for descriptor in descriptors:
            os.close(descriptor)


def _work(request: dict[str, object], file: int, answer: int) -> None:
    """The life of the child: it never returns."""
    status = 1
    try:
        restrict()
        with socket.socket(fileno=answer) as channel:
            if request["task"] == "unpack":
                unpacking.send(file, channel)
            elif request["task"] == "clean":
                copying.send(file, channel)
            else:
                channel.sendall(json.dumps(_answer(request, file)).encode("ascii"))
        status = 0
    finally:
        os._exit(status)


def restrict() -> None:
    """Limits that the kernel keeps, whatever a parser does."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.MEMORY_BYTES, limits.MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.CPU_SECONDS, limits.CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.setitimer(signal.ITIMER_REAL, limits.WALL_SECONDS)
    os.nice(5)


def _answer(request: dict[str, object], file: int) -> dict[str, object]:
    try:
        with os.fdopen(file, "rb") as stream:
            if request["task"] == "outline":
                return reading.read(stream).as_data()
            allowed = frozenset(Kind(name) for name in str(request["allowed"]).split(","))
            found = examine(stream, str(request["file_name"]), allowed)
    except RefusedFile as refusal:
        return {"refused": refusal.code.value, "message": refusal.message}
    except (MemoryError, RecursionError):
        return {"refused": Code.BOMB.value, "message": "检查该文件所需的内存过多，未保存。请拆分后重新上传。"}
    return {"kind": found.kind.value, "text": found.text, "text_status": found.text_status}


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
