"""Hands the files of a ZIP out of the child process, one after the other, without ever writing to disk.

Frames on the channel: one letter and four bytes of length, then the content. N a name, B a piece of the file, R why
the archive is refused (which ends it), E its good end.
"""

import json
import os
import socket
import struct

from gongkai.groundwork.files.inspecting.archives import Archive
from gongkai.groundwork.files.refusals import Code, RefusedFile

FRAME = struct.Struct(">cI")
LIMIT = 200
_CLUTTER = frozenset({"thumbs.db", ".ds_store", "desktop.ini"})


def send(file: int, channel: socket.socket) -> None:
    """Everything in the archive but folders and what systems leave behind."""
    try:
        with os.fdopen(file, "rb") as stream:
            archive = Archive(stream)
            wanted = [name for name in archive.names if not is_clutter(name)]
            if len(wanted) > LIMIT:
                raise RefusedFile(Code.BOMB, f"压缩包内的文件超过{LIMIT}个，未保存。请拆分后分别上传。")
            for name in wanted:
                frame(channel, b"N", readable(name).encode())
                for piece in archive.pieces(name):
                    frame(channel, b"B", piece)
    except RefusedFile as refusal:
        frame(channel, b"R", json.dumps([refusal.code.value, refusal.message]).encode())
    else:
        frame(channel, b"E", b"")


def readable(name: str) -> str:
    """The name as it was meant: Chinese Windows writes GBK where the format knows only an American code page."""
    if name.isascii():
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name  # marked as UTF-8, and read as that
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def is_clutter(name: str) -> bool:
    """Folders, and files that nobody put in on purpose."""
    last = name.rpartition("/")[2]
    return not last or name.startswith("__MACOSX/") or last.startswith(("~$", "._")) or last.lower() in _CLUTTER


def frame(channel: socket.socket, letter: bytes, content: bytes) -> None:
    channel.sendall(FRAME.pack(letter, len(content)) + content)
