"""Hands the public copy of a file out of the child process, in the frames of `unpacking`.

N the traces as JSON and whether there is a copy or the file itself is it; B a piece of the copy; E ends it.
"""

import json
import os
import socket

from gongkai.groundwork.files.inspecting import cleaning
from gongkai.groundwork.files.inspecting.unpacking import frame

_PIECE = 1 << 18


def send(file: int, channel: socket.socket) -> None:
    """The copy. Where it cannot be made within the limits, the file stays as it is and says so."""
    with os.fdopen(file, "rb") as stream:
        try:
            found = cleaning.clean(stream)
        except (MemoryError, RecursionError):
            found = cleaning.Cleaned(None, ("uncleaned",))
    frame(channel, b"N", json.dumps([found.traces, found.content is not None]).encode())
    content = found.content or b""
    for place in range(0, len(content), _PIECE):
        frame(channel, b"B", content[place : place + _PIECE])
    frame(channel, b"E", b"")
